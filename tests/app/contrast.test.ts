/** Reads the colours of the pages and measures the contrast of everything that is drawn on something. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(
  new URL('../../web/app/src/design/tokens.css', import.meta.url),
  'utf8',
).replaceAll(/\/\*[\s\S]*?\*\//g, '');

type Colours = Map<string, string>;

/** The colours of the first block whose selector contains `selector`. */
function coloursOf(selector: string): Colours {
  const start = css.indexOf('{', css.indexOf(selector));
  const block = css.slice(start, css.indexOf('}', start));
  const found = [...block.matchAll(/--([\w-]+):\s*(#[\da-f]{6});/g)];
  return new Map(found.map(([, name, colour]) => [name ?? '', colour ?? '']));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['hall', 'glow', 'surface', 'raised'];
const TEXTS = ['text', 'soft', 'brass', 'good', 'warn', 'bad'];
const EDGES = ['edge', 'brass-fill'];

const themes: Record<string, Colours> = {
  dark: coloursOf(":root[data-theme='dark']"),
  light: coloursOf(":root[data-theme='light']"),
};

for (const [theme, colours] of Object.entries(themes)) {
  const colour = (name: string): string => {
    const value = colours.get(name);
    assert.ok(value, `${theme} has no --${name}`);
    return value;
  };
  const atLeast = (least: number, over: string, under: string): void => {
    const ratio = contrast(colour(over), colour(under));
    assert.ok(ratio >= least, `${theme}: --${over} on --${under} is only ${ratio.toFixed(2)}`);
  };

  test(`${theme}: texts have 4.5:1 on every ground`, () => {
    for (const under of GROUNDS) for (const over of TEXTS) atLeast(4.5, over, under);
    atLeast(4.5, 'on-button', 'button');
    atLeast(4.5, 'on-bad-fill', 'bad-fill');
  });

  test(`${theme}: edges of controls have 3:1 on every ground`, () => {
    for (const under of GROUNDS) for (const over of EDGES) atLeast(3, over, under);
  });
}

test('the light theme is the same by preference and by choice', () => {
  const preferred = coloursOf(":root:not([data-theme='dark'])");
  assert.ok(preferred.size > 10);
  assert.deepEqual(preferred, themes['light']);
});
