import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linked } from '../../web/app/src/logic/links.js';

const links = (text: string) => linked(text).filter(({ href }) => href !== null);
const hrefs = (text: string) => links(text).map(({ href }) => href);

test('addresses of pages are links, and the text stays as it was', () => {
  const text = 'Here (https://example.org/a?b=c#d), and http://example.org:8080/x_(1). Good?';
  assert.deepEqual(hrefs(text), ['https://example.org/a?b=c#d', 'http://example.org:8080/x_(1)']);
  assert.equal(
    linked(text)
      .map(({ text: part }) => part)
      .join(''),
    text,
  );
  assert.deepEqual(linked('no link at all'), [{ text: 'no link at all', href: null }]);
  assert.deepEqual(linked('HTTPS://EXAMPLE.ORG/Score'), [
    { text: 'HTTPS://EXAMPLE.ORG/Score', href: 'https://example.org/Score' },
  ]);
});

test('what ends a sentence or stands around a link is not part of it', () => {
  const address = 'https://example.org/score.pdf';
  for (const text of [
    `${address}.`,
    `${address}!`,
    `${address}?,`,
    `(${address})`,
    `[${address}]`,
    `"${address}"`,
    `\u201c${address}\u201d`,
    `\u00ab${address}\u00bb`,
    `<${address}>`,
    `*${address}*`,
    `${address}\nand more`,
  ]) {
    assert.deepEqual(
      links(text).map(({ text: part }) => part),
      [address],
      text,
    );
  }
});

test('nothing else becomes one', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.org',
    'mailto:anna@example.org',
    'www.example.org',
    'xhttps://example.org',
    'https://',
    'https://[',
    'https://user@example.org',
    'https://www.example.org:secret@elsewhere.example',
  ]) {
    assert.deepEqual(links(text), [], text);
  }
});

test('what looks like HTML is text, within a link too', () => {
  const parts = linked('<a href="https://example.org/" onclick="x()">https://example.org/<b></a>');
  assert.deepEqual(
    parts.filter(({ href }) => href !== null),
    [
      { text: 'https://example.org/', href: 'https://example.org/' },
      { text: 'https://example.org/', href: 'https://example.org/' },
    ],
  );
});

test('the longest text is read at once, whatever it is made of', () => {
  for (const unit of ['https://', ')', '(https://a.b/(', 'https://a.b).', '.,;:']) {
    const text = unit.repeat(2000 / unit.length);
    assert.equal(
      linked(text)
        .map(({ text: part }) => part)
        .join(''),
      text,
    );
  }
});
