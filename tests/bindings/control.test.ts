/** The control channel's parser: a peer may say anything. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseControl, type Heard } from '../../bindings/src/network/control.js';
import { Random } from '../../bindings/src/bench/random.js';

test('what peers say is understood', () => {
  const cases: Heard[] = [
    { type: 'state', muted: true },
    { type: 'state', muted: false },
    { type: 'state', muted: false, microphoneMs: 0, packetMs: 2.667 },
    { type: 'state', muted: true, microphoneMs: 1000, packetMs: 100 },
    { type: 'loopback', what: 'ask' },
    { type: 'loopback', what: 'end' },
    { type: 'loopback', what: 'on' },
    { type: 'loopback', what: 'off' },
    { type: 'ping', t0: 0 },
    { type: 'ping', t0: 1_763_800_000_123_456 },
    { type: 'pong', t0: 1, t1: 2.5, t2: 3 },
  ];
  for (const message of cases) assert.deepEqual(parseControl(JSON.stringify(message)), message);
});

test('what a newer peer adds is left out', () => {
  const said = '{"t9":7,"type":"ping","t0":5,"muted":true,"t1":6,"constructor":{"a":1}}';
  assert.deepEqual(parseControl(said), { type: 'ping', t0: 5 });
  const more = '{"type":"state","muted":true,"__proto__":{"type":"ping","t0":1},"solo":1}';
  assert.deepEqual(parseControl(more), { type: 'state', muted: true });
});

test('what may be missing is left out when it cannot be', () => {
  const wrong = ['-1', '1e999', 'null', '"10"', '[10]', '{}', 'true', '1000.1'];
  for (const ms of wrong) {
    const said = `{"type":"state","muted":true,"microphoneMs":${ms},"packetMs":${ms}}`;
    assert.deepEqual(parseControl(said), { type: 'state', muted: true }, ms);
  }
  const one = '{"type":"state","muted":false,"microphoneMs":12.5,"packetMs":100.5}';
  assert.deepEqual(parseControl(one), { type: 'state', muted: false, microphoneMs: 12.5 });
});

const HOSTILE: Record<string, unknown> = {
  nothing: undefined,
  null: null,
  'a number': 5,
  'a boolean': true,
  'bytes, not text': new TextEncoder().encode('{"type":"ping","t0":1}').buffer,
  'a view of bytes': new TextEncoder().encode('{"type":"ping","t0":1}'),
  'an object, not text': { type: 'ping', t0: 1 },
  'a String object': Object('{"type":"ping","t0":1}') as unknown,
  'an array of text': ['{"type":"ping","t0":1}'],
  'no text': '',
  'a space': ' ',
  'not JSON': 'hello',
  'cut JSON': '{"type":"ping","t0":1',
  'two messages': '{"type":"ping","t0":1}{"type":"ping","t0":1}',
  'JSON with a comment': '{"type":"ping","t0":1}//',
  'JSON null': 'null',
  'JSON number': '1',
  'JSON string': '"ping"',
  'JSON true': 'true',
  'JSON array': '[{"type":"ping","t0":1}]',
  'an empty array': '[]',
  'an empty object': '{}',
  'an unknown type': '{"type":"shutdown","t0":1}',
  'a type of another case': '{"type":"Ping","t0":1}',
  'a type that is a list': '{"type":["ping"],"t0":1}',
  'a type that is an object': '{"type":{},"t0":1}',
  'a type that all objects have': '{"type":"constructor","t0":1}',
  'a type in the prototype only': '{"__proto__":{"type":"ping","t0":1}}',
  'state without anything': '{"type":"state"}',
  'muted 1': '{"type":"state","muted":1}',
  'muted as text': '{"type":"state","muted":"true"}',
  'muted null': '{"type":"state","muted":null}',
  'muted list': '{"type":"state","muted":[true]}',
  'loopback without a word': '{"type":"loopback"}',
  'loopback with another word': '{"type":"loopback","what":"forever"}',
  'loopback with a list': '{"type":"loopback","what":["ask"]}',
  'loopback with true': '{"type":"loopback","what":true}',
  'ping without a time': '{"type":"ping"}',
  'ping with a text': '{"type":"ping","t0":"1"}',
  'ping with null, which NaN becomes': JSON.stringify({ type: 'ping', t0: NaN }),
  'ping at infinity': '{"type":"ping","t0":1e999}',
  'ping before all time': '{"type":"ping","t0":-1}',
  'ping with a list': '{"type":"ping","t0":[1]}',
  'ping with an object': '{"type":"ping","t0":{"valueOf":1}}',
  'pong without t0': '{"type":"pong","t1":1,"t2":1}',
  'pong without t1': '{"type":"pong","t0":1,"t2":1}',
  'pong without t2': '{"type":"pong","t0":1,"t1":1}',
  'pong with a negative time': '{"type":"pong","t0":1,"t1":-1e-300,"t2":1}',
  'pong at infinity': '{"type":"pong","t0":1,"t1":1,"t2":-1e999}',
  'a good message, too long': '{"type":"ping","t0":1}'.padEnd(4097),
  'a deep list': '['.repeat(4096),
  'a deep object': '{"a":'.repeat(800),
};

for (const [what, data] of Object.entries(HOSTILE)) {
  test(`ignored: ${what}`, () => {
    assert.equal(parseControl(data), null);
  });
}

test('a message may have 4,096 characters', () => {
  assert.deepEqual(parseControl('{"type":"ping","t0":1}'.padEnd(4096)), { type: 'ping', t0: 1 });
});

/** What the rest of the code counts on. */
function assertSound(heard: Heard | null): void {
  if (heard === null) return;
  const isTime = (time: number): boolean =>
    typeof time === 'number' && Number.isFinite(time) && time >= 0;
  assert.equal(Object.getPrototypeOf(heard), Object.prototype);
  switch (heard.type) {
    case 'state':
      assert.equal(typeof heard.muted, 'boolean');
      for (const key of Object.keys(heard)) {
        assert.ok(['type', 'muted', 'microphoneMs', 'packetMs'].includes(key), key);
      }
      if ('microphoneMs' in heard) assert.ok(isTime(heard.microphoneMs));
      if ('packetMs' in heard) assert.ok(isTime(heard.packetMs));
      break;
    case 'loopback':
      assert.deepEqual(Object.keys(heard), ['type', 'what']);
      assert.ok(['ask', 'end', 'on', 'off'].includes(heard.what));
      break;
    case 'ping':
      assert.deepEqual(Object.keys(heard), ['type', 't0']);
      assert.equal(isTime(heard.t0), true);
      break;
    case 'pong':
      assert.deepEqual(Object.keys(heard), ['type', 't0', 't1', 't2']);
      assert.equal(isTime(heard.t0) && isTime(heard.t1) && isTime(heard.t2), true);
      break;
    default:
      assert.fail(JSON.stringify(heard));
  }
}

test('whatever is said, what comes out is sound', () => {
  const random = new Random(4);
  const keys = [
    'type',
    'muted',
    'microphoneMs',
    'packetMs',
    't0',
    't1',
    't2',
    '__proto__',
    'toString',
    '',
  ];
  const values = ['"ping"', '"pong"', '"state"', 'true', 'false', '0', '1.5e15', '-1', '1e999'];
  values.push('null', '[]', '{}', '"x"', '[1]', '{"type":"ping"}', '');
  let understood = 0;
  for (let round = 0; round < 50_000; round++) {
    const fields = Array.from({ length: 1 + random.below(5) }, (_, i) =>
      i === 0 && random.next() < 0.8
        ? `"type":${random.of(values.slice(0, 3))}`
        : `"${random.of(keys)}":${random.of(values)}`,
    );
    let text = `{${fields.join(',')}}`;
    if (random.next() < 0.2) {
      const at = random.below(text.length);
      text = text.slice(0, at) + String.fromCharCode(random.below(300)) + text.slice(at + 1);
    }
    const heard = parseControl(text);
    assertSound(heard);
    if (heard !== null) understood++;
  }
  assert.ok(understood > 300, String(understood));
  assert.equal(({} as { type?: string }).type, undefined);
});
