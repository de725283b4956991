/** What travels until somebody is in a room for the first time. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { enter, launchChromium, person, type ChromiumBrowser } from './support/chromium.js';
import { eventually } from './support/eventually.js';
import { House } from './support/house.js';
import { stats } from './support/musician.js';

const KIB = 1024;
/** As it travels, compressed. */
const MOST = 400 * KIB;
const MOST_OF_THE_ENGINE = 250 * KIB;

let house: House;
let chromium: ChromiumBrowser;

before(async () => {
  house = await House.open();
  chromium = await launchChromium();
});
after(async () => {
  await chromium.close();
  await house.close();
});

function worklet(): Buffer {
  const folder = new URL('../../web/app/dist/assets/', import.meta.url);
  const name = readdirSync(folder).find((file) => /^tutti-worklet-.*\.js$/.test(file));
  assert.ok(name !== undefined, 'no worklet among the assets');
  return readFileSync(new URL(name, folder));
}

test('the first load of a room is small', async (t) => {
  const context = await person(chromium.browser);
  t.after(() => context.close());
  const loaded = new Map<string, number>();
  context.on('requestfinished', (request) => {
    void request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
      loaded.set(new URL(request.url()).pathname, responseBodySize + responseHeadersSize);
    });
  });
  const page = await enter(context, await house.room(), 'Anna');
  await eventually('she is in the room', async () => (await stats(page)) !== null);
  const sizeOf = (name: RegExp): number => {
    const found = [...loaded].filter(([path]) => name.test(path));
    assert.ok(found.length > 0, `nothing loaded is called ${name.source}`);
    return found.reduce((sum, [, size]) => sum + size, 0);
  };
  // A worklet's module is not among a page's requests.
  loaded.set('worklet', gzipSync(worklet()).length);
  await eventually('all of it is counted', () =>
    [/\.wasm$/, /worker.*\.js$/, /^\/r\//].every((name) =>
      [...loaded.keys()].some((path) => name.test(path)),
    ),
  );
  const engine = sizeOf(/\.wasm$/);
  const all = sizeOf(/./);
  t.diagnostic(
    `${Math.round(all / KIB)} KiB in all, of which the engine ${Math.round(engine / KIB)}`,
  );
  assert.ok(engine < MOST_OF_THE_ENGINE, `the engine is ${engine} bytes`);
  assert.ok(all < MOST, [...loaded].map(([path, size]) => `${path} ${size}`).join('\n'));
});
