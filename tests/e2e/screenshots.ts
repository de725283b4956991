/** Takes the pictures of docs/pages.md, and writes it: see scripts/screenshots. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { launchChromium } from './support/chromium.js';
import { House } from './support/house.js';
import { STATES, type State } from './support/states.js';
import { look, LOOKS, Visit, type Look } from './support/visit.js';

const DOCS = new URL('../../docs/', import.meta.url);
const PICTURES = new URL('pictures/', DOCS);
const KIB = 1024;
/** All pictures together. */
const MOST = 1500 * KIB;
const QUALITY = 70;
/** Pictures of wide pages are made smaller, to so many pixels. */
const WIDEST = 960;

const pictureOf = (state: string, lookName: string): string => `${state}-${lookName}.webp`;

async function take(page: Page, { width, height }: Look): Promise<Buffer> {
  const debug = await page.context().newCDPSession(page);
  const { data } = await debug.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: { x: 0, y: 0, width, height, scale: Math.min(1, WIDEST / width) },
  });
  await debug.detach();
  return Buffer.from(data, 'base64');
}

function section({ name, shows }: State): string {
  const images = Object.entries(LOOKS).map(([lookName, { theme, width }]) => {
    const alt = `${theme}, ${width} pixels wide`;
    return `<img src="pictures/${pictureOf(name, lookName)}" width="${width > 640 ? 420 : 118}" alt="${alt}">`;
  });
  return `## ${shows}\n\n<p>\n${images.join('\n')}\n</p>\n`;
}

const INTRODUCTION = `# The pages

Every page and main state, 1280 and 360 pixels wide, dark and light, as \`scripts/screenshots\` took
them: it goes through the states of [tests/e2e/support/states.ts](../tests/e2e/support/states.ts)
and writes this file. tests/e2e/pages.test.ts goes through the same list with axe, with the keyboard,
at 200 % and on a small phone, in English and Italian.
`;

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STATES.some((state) => state.name === name));
if (unknown.length > 0) {
  console.error(`No such state: ${unknown.join(', ')}`);
  process.exit(2);
}
if (wanted.length === 0) rmSync(PICTURES, { recursive: true, force: true });
mkdirSync(PICTURES, { recursive: true });

const house = await House.open();
const chromium = await launchChromium();
const visit = await Visit.begin(chromium.browser, house);
try {
  for (const { name, reach } of STATES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await reach(visit);
    for (const [lookName, one] of Object.entries(LOOKS)) {
      await look(page, one);
      const picture = await take(page, one);
      writeFileSync(new URL(pictureOf(name, lookName), PICTURES), picture);
      console.log(`${pictureOf(name, lookName)}: ${Math.round(picture.length / KIB)} KiB`);
    }
    await visit.leave();
  }
} finally {
  await visit.close();
  await chromium.close();
  await house.close();
}

const taken = STATES.filter(({ name }) =>
  existsSync(new URL(pictureOf(name, 'dark-wide'), PICTURES)),
);
writeFileSync(new URL('pages.md', DOCS), [INTRODUCTION, ...taken.map(section)].join('\n'));
const all = readdirSync(PICTURES).reduce(
  (sum, file) => sum + statSync(new URL(file, PICTURES)).size,
  0,
);
console.log(`${Math.round(all / KIB)} KiB in all`);
if (all > MOST) {
  console.error(`That is more than ${MOST / KIB} KiB.`);
  process.exitCode = 1;
}
