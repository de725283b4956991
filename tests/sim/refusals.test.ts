/** What tutti-sim refuses: it says what is wrong, and writes nothing. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { formatWav } from '../bench/wav.ts';
import { Folder, silence } from './support/sim.ts';

const folder = new Folder();
after(() => folder.remove());

const wav = (rate = 48_000, channels = 1) =>
  formatWav({ rate, channels: Array.from({ length: channels }, () => silence(1)) });
folder.write('in.wav', wav());

async function assertRefused(args: readonly string[], code: number, why: RegExp): Promise<void> {
  const told = ['--output', 'out.wav', '--report', 'r.json', '--packets', 'p.csv'];
  const outcome = await folder.run([...told, ...args]);
  assert.match(outcome.stderr, why);
  assert.equal(outcome.code, code, outcome.stderr);
  assert.deepEqual(outcome.written, []);
}

describe('options', () => {
  for (const [args, why] of [
    [['--delay', 'fast'], /--delay wants auto or fixed:MS, not "fast"/],
    [['--delay', 'fixed:'], /--delay fixed:MS wants a number .* not ""/],
    [['--delay', 'fixed:-1'], /0\.0 to 250\.0, not "-1"/],
    [['--delay', 'fixed:20ms'], /not "20ms"/],
    [['--budget', '0'], /--budget .*not "0"/],
    [['--budget', '50'], /--budget .*not "50"/],
    [['--conceal', 'plc'], /--conceal wants ar, repeat or zero, not "plc"/],
    [['--codec', 'opus'], /--codec wants pcm16 or pcm24, not "opus".*no other codec/],
    [['--drift-ppm', 'much'], /--drift-ppm .*not "much"/],
    [['--drift-ppm', 'nan'], /--drift-ppm .*not "nan"/],
    [['--redundancy', '0'], /--redundancy .*not "0"/],
    [['--redundancy', '9'], /--redundancy .*not "9"/],
    [['--quantum', '8'], /--quantum .*not "8"/],
    [['--speed', '2'], /no option --speed/],
    [['delay', 'auto'], /"delay" is no option/],
    [['--delay'], /--delay wants a value/],
  ] as const) {
    test(args.join(' '), () => assertRefused(['--input', 'in.wav', ...args], 2, why));
  }
  test('no input', () => assertRefused([], 2, /--input IN\.wav is missing/));

  test('nothing at all: how it is used', async () => {
    const { code, stderr } = await folder.run([]);
    assert.equal(code, 2);
    assert.match(stderr, /--input IN\.wav.*--trace T\.csv/s);
  });
});

describe('sound', () => {
  for (const [name, content, why] of [
    ['no-wav', Buffer.from('RIFF'), /no-wav: is not a WAV file/],
    ['no-sound', wav().subarray(0, 36), /no-sound: holds no sound/],
    ['44100', wav(44_100), /48,000 Hz: this one is of 44100/],
    ['three', wav(48_000, 3), /one or two channels/],
    ['short', wav().subarray(0, 44 + 100), /shorter than one packet/],
  ] as const) {
    test(name, () => {
      folder.write(name, content);
      return assertRefused(['--input', name], 1, why);
    });
  }
  test('that is not there', () =>
    assertRefused(['--input', 'nowhere.wav'], 1, /nowhere\.wav: cannot be opened/));
});

const HEADER = 'seq,send_ms,arrival_ms\n';

describe('files', () => {
  for (const [option, name, content, code, why] of [
    ['trace', 'empty.csv', '', 1, /empty\.csv: needs at least two packets/],
    ['trace', 'header.csv', HEADER, 1, /header\.csv: needs at least two packets/],
    ['trace', 'lost.csv', `${HEADER}0,0,\n1,2,\n`, 1, /lost\.csv: needs .* one of which arrived/],
    ['trace', 'word.csv', `${HEADER}0,0,10\n1,x,12\n`, 1, /word\.csv:3: .*"1,x,12"/],
    ['loss', 'word.txt', '5\nx\n', 1, /word\.txt:2: expected the index of a packet.*"x"/],
    ['loss', 'negative.txt', '-5\n', 1, /negative\.txt:1:.*"-5"/],
    ['scenario', 'cut.json', '{', 2, /cut\.json: .*parse error/],
    ['scenario', 'option.json', '{"speed": 1}', 2, /no option --speed/],
    ['scenario', 'kind.json', '{"network": [{"kind": "fog"}]}', 2, /"fog" is no impairment/],
    ['scenario', 'no-kind.json', '{"network": [{"ms": 1}]}', 2, /network: .*'kind'/],
    ['scenario', 'field.json', '{"network": [{"kind": "route", "at_s": 1}]}', 2, /'by_ms'/],
    ['scenario', 'type.json', '{"network": [{"kind": "delay", "ms": "x"}]}', 2, /must be number/],
  ] as const) {
    test(`${option}: ${name}`, () => {
      folder.write(name, content);
      return assertRefused(['--input', 'in.wav', `--${option}`, name], code, why);
    });
  }
  for (const option of ['trace', 'loss', 'scenario']) {
    test(`${option} that is not there`, () =>
      assertRefused(['--input', 'in.wav', `--${option}`, 'gone'], 1, /gone: cannot be opened/));
  }
});

test("the command line has the last word over the scenario's file", async () => {
  folder.write('right.json', JSON.stringify({ input: 'gone.wav', delay: 'fixed:20' }));
  const args = ['--scenario', 'right.json', '--input', 'in.wav', '--report', 'right-report.json'];
  const { code, stderr, written } = await folder.run(args);
  assert.equal(code, 0, stderr);
  assert.deepEqual(written, ['right-report.json']);
});
