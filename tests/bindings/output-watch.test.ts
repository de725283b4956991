/** What is made of a context that stops, with a made-up one whose clock the test moves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputWatch } from '../../bindings/src/output-watch.js';

class MadeUpContext extends EventTarget {
  state = 'running';
  currentTime = 0;
  /** What the system lets it do. */
  mayRun = true;
  resumed = 0;

  be(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event('statechange'));
  }
  resume(): Promise<void> {
    this.resumed++;
    if (!this.mayRun) return Promise.reject(new Error('not now'));
    this.be('running');
    return Promise.resolve();
  }
  suspend(): Promise<void> {
    this.be('suspended');
    return Promise.resolve();
  }
}

function watched(ours = true) {
  const context = new MadeUpContext();
  let told = 0;
  const watch = new OutputWatch(context as unknown as AudioContext, ours, () => told++);
  return { context, watch, told: () => told };
}

/** So many seconds pass, in looks. */
async function pass(context: MadeUpContext, watch: OutputWatch, plays: boolean): Promise<void> {
  for (let i = 0; i < 4; i++) {
    if (plays && context.state === 'running') context.currentTime += 2;
    await watch.look(false);
  }
}

test('while the clock goes on, nothing is said', async () => {
  const { context, watch, told } = watched();
  await pass(context, watch, true);
  assert.equal(watch.gone, false);
  assert.equal(told(), 0);
});

test('a device that asks for nothing more is gone, is tried again, and is back', async () => {
  const { context, watch } = watched();
  await pass(context, watch, true);
  await pass(context, watch, false);
  assert.equal(watch.gone, true);
  assert.ok(context.resumed > 0, 'it is tried');
  await pass(context, watch, false);
  assert.equal(watch.gone, true, 'being allowed to run is not playing');
  await pass(context, watch, true);
  assert.equal(watch.gone, false);
  assert.equal(context.state, 'running');
});

test('a device that fails is gone until another plays', async () => {
  const { context, watch, told } = watched();
  context.mayRun = false;
  context.dispatchEvent(new Event('error'));
  context.be('suspended');
  assert.equal(watch.gone, true);
  assert.equal(told(), 2);
  await pass(context, watch, true);
  assert.equal(watch.gone, true);
  context.mayRun = true;
  await watch.look(true);
  await pass(context, watch, true);
  assert.equal(watch.gone, false);
});

test('what the page has stopped goes on when devices change, not by itself', async () => {
  const { context, watch } = watched();
  await context.suspend();
  await pass(context, watch, true);
  assert.equal(context.state, 'suspended');
  await watch.look(true);
  assert.equal(context.state, 'running');
});

test('when a call is over, the sound goes on', async () => {
  const { context } = watched();
  context.mayRun = false;
  context.be('interrupted');
  context.mayRun = true;
  context.be('suspended');
  await Promise.resolve();
  assert.equal(context.state, 'running');
});

test('a context that has never run waits for a click', async () => {
  const context = new MadeUpContext();
  context.state = 'suspended';
  const watch = new OutputWatch(context as unknown as AudioContext, true, () => undefined);
  await watch.look(true);
  assert.equal(context.resumed, 0);
});

test('a context that is somebody else’s is left alone', async () => {
  const { context, watch } = watched(false);
  await pass(context, watch, true);
  await pass(context, watch, false);
  assert.equal(watch.gone, true);
  assert.equal(context.state, 'running');
  await context.suspend();
  await watch.look(true);
  assert.equal(context.resumed, 0);
});
