/**
 * Pages, worklet and engine in WebKitGTK. Debian builds it without WebRTC: nobody can play by it,
 * and the page says so. For the rest of the page a WebRTC is made up that connects to nobody.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { toneShare } from './support/compare.js';
import { eventually } from './support/eventually.js';
import { House, LIBRARY_URL } from './support/house.js';
import { stats } from './support/musician.js';
import { WebKit } from './support/webkit.js';

declare global {
  interface Window {
    ear?: AnalyserNode;
  }
}

const TONE_HZ = 440;

let house: House;
let webkit: WebKit;

before(async () => {
  house = await House.open();
  webkit = await WebKit.launch();
});
after(async () => {
  await webkit.close();
  await house.close();
});

const click = async (role: string, name: string) => (await webkit.find(role, name)).click();

/** The page begins anew in a browser that has WebRTC. */
async function makeUpWebRtc(): Promise<void> {
  await webkit.evaluate(() => {
    const connection = class {
      createDataChannel() {
        return new MessageChannel().port1;
      }
      close() {
        return undefined;
      }
    };
    Object.assign(window, { RTCPeerConnection: connection });
    document.querySelector('tutti-room')!.replaceWith(document.createElement('tutti-room'));
  }, null);
}

/** Another engine plays a tone, and its packets come back to it as if from a musician. */
function hearOwnPackets(): Promise<void> {
  return webkit.evaluate(
    async ({ library, hz }) => {
      const { context } = window.tutti!.audio;
      const wasm = await (await fetch(`${library}tutti.wasm`)).arrayBuffer();
      const node = new AudioWorkletNode(context, 'tutti', {
        outputChannelCount: [2],
        channelCountMode: 'max',
        channelInterpretation: 'discrete',
        processorOptions: { wasm, maxPeers: 1, packetFrames: 128 },
      });
      // The header of a record: see bindings/src/pipe/port-pipe.ts.
      const { port1, port2 } = new MessageChannel();
      let taken = 0;
      port2.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (!(data instanceof ArrayBuffer)) return;
        const header = new DataView(data);
        header.setFloat64(0, 1000 * (performance.timeOrigin + performance.now()));
        header.setUint32(12, ++taken);
        port2.postMessage(data);
      };
      node.port.postMessage({ type: 'add-peer', peer: 0 });
      node.port.postMessage({ type: 'pipe', parts: { make: 'port', port: port1 } }, [port1]);
      const tone = new OscillatorNode(context, { frequency: hz });
      tone.connect(node);
      tone.start();
      window.ear = new AnalyserNode(context, { fftSize: 8192 });
      node.connect(window.ear);
    },
    { library: LIBRARY_URL, hz: TONE_HZ },
  );
}

/** The last of what that engine has rendered, and its rate in Hz. */
async function heard(): Promise<[Float32Array, number]> {
  const { samples, rate } = await webkit.evaluate(() => {
    const ear = window.ear!;
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    return { samples: [...samples], rate: ear.context.sampleRate };
  }, null);
  return [Float32Array.from(samples), rate];
}

test('a room opens, and its page says what the browser lacks, in both languages', async () => {
  await webkit.goto(house.url);
  assert.equal(await webkit.title(), 'Tutti');
  await click('button', 'Open a room');
  await webkit.find('heading', 'This browser lacks something that Tutti needs');
  await webkit.says(/What is missing: WebRTC\. Without it there is no sound here/);
  await click('button', 'Italiano');
  await webkit.find('heading', 'A questo browser manca qualcosa che serve a Tutti');
  await webkit.says(/Manca: WebRTC\./);
  await click('link', 'Torna all’inizio');
  await click('button', 'English');
  await webkit.find('button', 'Open a room');
});

test('the card, the room, and the engine that hears what is played there', async () => {
  await webkit.goto(await house.room());
  await makeUpWebRtc();
  await (await webkit.find('textbox', 'Your name')).fill('Wanda');
  await click('button', 'Test chord');
  await webkit.says(/Now on the left\./);
  await click('button', 'Stop the chord');
  await click('button', 'Try the microphone');
  await webkit.says(/There is no microphone.*The others could not hear you/);
  await click('button', 'Go in without a microphone');
  await webkit.find('button', 'Leave');
  assert.match((await stats(webkit))!.transport, /port$/, 'it has no shared memory');

  await webkit.evaluate((hz) => {
    const { context, node } = window.tutti!.audio;
    const tone = new OscillatorNode(context, { frequency: hz });
    tone.connect(new GainNode(context, { gain: 0.5 })).connect(node);
    tone.start();
  }, TONE_HZ);
  await eventually('the tone is as loud as it is played', async () => {
    const peak = await webkit.evaluate(() => window.tutti!.audio.inputLevel.peak, null);
    return Math.abs(peak - 0.5) < 0.005;
  });

  await hearOwnPackets();
  await eventually('what comes back is played as it was', async () => {
    const [samples, rate] = await heard();
    return toneShare(samples, TONE_HZ, rate) > 0.98;
  });
  await click('button', 'Leave');
  await webkit.find('heading', 'You have left the room');
});

test('the engine in a worker, measured by the page for it', async () => {
  await webkit.goto(`${house.url}/bench?run=quantum&peers=1&seconds=1`);
  const { quantum, failures } = await eventually('a result', () =>
    webkit.evaluate(() => window.tutti?.bench ?? null, null),
  );
  assert.deepEqual(failures, []);
  assert.ok(quantum!.length > 0 && quantum!.every(({ us }) => us !== null));
});
