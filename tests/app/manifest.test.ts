/** What the pages say of themselves when they are installed, and in their heads. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { en } from '../../web/app/src/words/en.js';
import { it } from '../../web/app/src/words/it.js';
import { LANGUAGES } from '../../web/app/src/words/language.js';

const APP = new URL('../../web/app/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, APP), 'utf8');

interface Manifest {
  lang: string;
  description: string;
  theme_color: string;
  background_color: string;
  icons: { src: string; purpose: string }[];
}

const manifestOf = (language: string): Manifest =>
  JSON.parse(read(`public/tutti.${language}.webmanifest`)) as Manifest;

/** The ground of the pages in the dark theme, then in the light one. */
const grounds = [...read('src/design/tokens.css').matchAll(/--hall: (#[\da-f]{6})/g)].map(
  ([, colour]) => colour,
);

test('every language has its manifest; only the words differ', () => {
  const words = { en, it };
  for (const language of LANGUAGES) {
    const description = words[language].lobby.tagline;
    assert.deepEqual(manifestOf(language), { ...manifestOf('en'), lang: language, description });
  }
});

test('the manifest has the colours of the pages, and icons that are there', () => {
  const { theme_color, background_color, icons } = manifestOf('en');
  assert.equal(theme_color, grounds[0]);
  assert.equal(background_color, grounds[0]);
  assert.deepEqual(
    icons.map(({ purpose }) => purpose),
    ['any', 'maskable', 'monochrome'],
  );
  for (const { src } of icons) assert.ok(existsSync(new URL(`public${src}`, APP)), src);
});

test('every page has the manifest, and the bars of the browser in its own colours', () => {
  const pages = readdirSync(APP).filter((name) => name.endsWith('.html'));
  assert.ok(pages.length >= 3);
  for (const page of pages) {
    const html = read(page);
    assert.match(html, /<link rel="manifest" href="\/tutti\.en\.webmanifest" \/>/, page);
    const bars = [...html.matchAll(/data-theme="(dark|light)"\s+content="(#[\da-f]{6})"/g)];
    assert.deepEqual(
      bars.map(([, theme, colour]) => [theme, colour]),
      [
        ['dark', grounds[0]],
        ['light', grounds[1]],
      ],
      page,
    );
  }
});
