/** A lesson: hands and a score are shown beside the music, and links written down for later. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { launchFirefox } from './support/firefox.js';
import { House } from './support/house.js';
import { heardPeer } from './support/musician.js';

let house: House;
let chromium: ChromiumBrowser;
let room: string;
let anna: Page;
let bruno: Page;

/** Keeps every connection of the page, to look at what happens to that of the sound. */
const KEEP_CONNECTIONS = `
  window.connections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration) {
      super(configuration);
      window.connections.push(this);
    }
    createDataChannel(label, options) {
      this.label = label;
      return super.createDataChannel(label, options);
    }
  };`;

async function comeIn(name: string): Promise<Page> {
  const context = await person(chromium.browser);
  await context.grantPermissions(['microphone', 'camera']);
  await context.addInitScript(KEEP_CONNECTIONS);
  const page = await enter(context, room, name);
  page.setDefaultTimeout(60_000);
  await page.getByRole('button', { name: 'Leave' }).waitFor();
  return page;
}

before(async () => {
  house = await House.open();
  chromium = await launchChromium({ screen: true });
  room = await house.room();
  anna = await comeIn('Anna');
  bruno = await comeIn('Bruno');
  await eventually('they hear each other', async () => {
    return (await heardPeer(anna)) !== null && (await heardPeer(bruno)) !== null;
  });
});
after(async () => {
  await chromium.close();
  await house.close();
});

const tile = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Pictures' }).getByRole('button', { name: `Enlarge: ${name}` });

async function show(page: Page, what: 'Turn my camera on' | 'Share a window'): Promise<void> {
  await page.getByRole('button', { name: 'Video', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: what }).click();
}

/** What stands in a picture at this moment, small, four numbers for a point; null before it comes. */
const frame = (page: Page, name: string) =>
  tile(page, name)
    .locator('video')
    .evaluate((element) => {
      const video = element as HTMLVideoElement;
      if (video.videoWidth === 0) return null;
      const context = new OffscreenCanvas(32, 18).getContext('2d')!;
      context.drawImage(video, 0, 0, 32, 18);
      return [...context.getImageData(0, 0, 32, 18).data];
    });

/** A picture is there, is not of one colour, and moves. */
async function isSeen(page: Page, name: string): Promise<void> {
  await tile(page, name).waitFor();
  const first = await eventually(`${name} has a picture`, async () => {
    const seen = await frame(page, name);
    return seen?.some((value, i) => Math.abs(value - seen[i % 4]!) > 60) ? seen : null;
  });
  await eventually(`${name} moves`, async () => {
    const seen = await frame(page, name);
    return seen?.some((value, i) => Math.abs(value - first[i]!) > 30) ?? false;
  });
}

/** The connections that carry sound, each with what was negotiated and how it is. */
const soundConnections = (page: Page) =>
  page.evaluate(() => {
    const { connections } = window as unknown as {
      connections: (RTCPeerConnection & { label?: string })[];
    };
    return connections
      .filter(({ label, connectionState }) => label !== 'probe' && label && connectionState)
      .map(({ connectionState, localDescription, remoteDescription }) => ({
        connectionState,
        local: localDescription?.sdp.replaceAll(/^a=(candidate|end-of).*\r\n/gm, ''),
        remote: remoteDescription?.sdp.replaceAll(/^a=(candidate|end-of).*\r\n/gm, ''),
      }));
  });

test('a camera is seen on the other side, and the sound does not notice', async () => {
  const before = await soundConnections(bruno);
  assert.equal(before.length, 1);
  const heard = (await heardPeer(bruno))!;
  await show(anna, 'Turn my camera on');
  await bruno.getByText('Anna has turned the camera on.').waitFor();
  await isSeen(bruno, 'Anna');
  await isSeen(anna, 'You');
  assert.equal(
    await bruno.locator('video').evaluate((video) => (video as HTMLVideoElement).muted),
    true,
  );

  await eventually('a second of sound', async () => {
    return ((await heardPeer(bruno))?.received ?? 0) > heard.received + 375;
  });
  assert.deepEqual(await soundConnections(bruno), before, 'nothing was negotiated anew');

  // Enlarged by a click, and back by Escape.
  await tile(bruno, 'Anna').click();
  await bruno.getByRole('dialog', { name: 'Anna' }).waitFor();
  await bruno.keyboard.press('Escape');
  await bruno.getByRole('dialog', { name: 'Anna' }).waitFor({ state: 'hidden' });

  await anna.getByRole('button', { name: 'Turn my camera off' }).first().click();
  await tile(bruno, 'Anna').waitFor({ state: 'detached' });
  await tile(anna, 'You').waitFor({ state: 'detached' });
});

test('a window is shared, beside a camera, and one who comes later sees both', async () => {
  await show(bruno, 'Share a window');
  await isSeen(anna, 'Bruno\u2019s window');
  await show(anna, 'Turn my camera on');
  await isSeen(bruno, 'Anna');
  const carla = await comeIn('Carla');
  await isSeen(carla, 'Bruno\u2019s window');
  await isSeen(carla, 'Anna');
  await carla.getByRole('button', { name: 'Leave' }).click();
  await carla.context().close();
  await bruno.getByRole('button', { name: 'Stop sharing my window' }).first().click();
  await tile(anna, 'Bruno\u2019s window').waitFor({ state: 'detached' });
  await anna.getByRole('button', { name: 'Turn my camera off' }).first().click();
  await tile(bruno, 'Anna').waitFor({ state: 'detached' });
  assert.equal((await soundConnections(anna))[0]?.connectionState, 'connected');
});

test('Firefox and Chromium see each other', async (t) => {
  const firefox = await launchFirefox({ 'media.navigator.streams.fake': true });
  t.after(() => firefox.close());
  const page = await firefox.newPage();
  await page.goto(`${room}?name=Franco&join`);
  await page.waitForFunction(() => window.tutti !== undefined);
  // Its driver finds nothing by role within shadow roots: through the page's own API.
  await page.evaluate(() => window.tutti!.session.openCamera());
  // One colour after another: its made-up camera has no more to show.
  await tile(anna, 'Franco').waitFor();
  const colour = await eventually('Franco has a picture', () => frame(anna, 'Franco'));
  await eventually('Franco moves', async () => {
    const seen = await frame(anna, 'Franco');
    return seen?.some((value, i) => Math.abs(value - colour[i]!) > 30) ?? false;
  });
  await show(anna, 'Turn my camera on');
  await eventually('Anna is seen in Firefox', () =>
    page.evaluate(async () => {
      const peer = window.tutti!.session.peers.find(({ name }) => name === 'Anna');
      if (!peer?.camera) return false;
      const video = document.createElement('video');
      video.muted = true;
      video.srcObject = peer.camera;
      await Promise.race([video.play(), new Promise((resolve) => setTimeout(resolve, 2000))]);
      return video.videoWidth > 0;
    }),
  );
  await anna.getByRole('button', { name: 'Turn my camera off' }).first().click();
  await page.close();
  await tile(anna, 'Franco').waitFor({ state: 'detached' });
});

const CAMERA_TROUBLES = [
  ['NotAllowedError', 'The question about the camera is still open'],
  ['NotFoundError', 'There is no camera'],
  ['NotReadableError', 'Another program has the camera'],
  ['TypeError', 'The camera did not start'],
] as const;

test('what keeps a camera or a window from being shown is told in words', async () => {
  for (const [name, words] of CAMERA_TROUBLES) {
    await anna.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', name));
    }, name);
    await show(anna, 'Turn my camera on');
    await anna.getByRole('alert').filter({ hasText: words }).waitFor();
    await anna.keyboard.press('Escape');
  }
  await anna.evaluate(() => {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    navigator.mediaDevices.getDisplayMedia = () =>
      Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await show(anna, 'Share a window');
  await anna.getByRole('alert').filter({ hasText: 'No window was chosen' }).waitFor();
  await anna.keyboard.press('Escape');
  await anna.evaluate(() => {
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia');
  });
});

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message to all' });
  await field.fill(text);
  await field.press('Enter');
}

test('the chat goes both ways, with links, and shows text as text', async () => {
  await anna.getByRole('button', { name: 'Chat', exact: true }).click();
  await say(anna, 'The score: https://example.org/score.pdf.');
  const link = log(anna).getByRole('link', { name: 'https://example.org/score.pdf' });
  assert.equal(await link.getAttribute('href'), 'https://example.org/score.pdf');
  assert.equal(await link.getAttribute('target'), '_blank');
  assert.match((await link.getAttribute('rel')) ?? '', /noopener/);

  await bruno.getByText('Anna has written in the chat.').waitFor();
  await bruno.getByRole('button', { name: 'Chat, 1 new message' }).click();
  await log(bruno).getByRole('article').filter({ hasText: 'Anna' }).getByRole('link').waitFor();
  await bruno.getByRole('button', { name: 'Chat', exact: true }).waitFor();

  const attack = '<img src=x onerror="window.caught = 1"> javascript:alert(1) <b>loud</b>';
  await say(bruno, attack);
  const shown = log(anna).getByText(attack, { exact: true });
  assert.equal(await shown.textContent(), attack, 'nothing is around it either');
  assert.equal(await log(anna).locator('img, b').count(), 0);
  assert.equal(await log(anna).getByRole('link').count(), 1);
  assert.equal(await anna.evaluate(() => 'caught' in window), false);
});

test('who comes later reads what was said, by whom, also by those who have left', async () => {
  await bruno.context().close();
  await anna.getByRole('list', { name: 'Musicians' }).waitFor({ state: 'detached' });
  const dora = await comeIn('Dora');
  await dora.getByRole('button', { name: 'Chat, 2 new messages' }).click();
  const said = log(dora).getByRole('article');
  await said.nth(1).waitFor();
  assert.match((await said.nth(0).textContent()) ?? '', /Anna.*The score/s);
  assert.match((await said.nth(1).textContent()) ?? '', /Bruno.*passed on by Anna.*loud/s);
  await log(dora).getByRole('link', { name: 'https://example.org/score.pdf' }).waitFor();
  await say(dora, 'Thank you');
  await log(anna).getByText('Thank you').waitFor();
});
