/**
 * A network trace, measured at whatever packet rate, as a stream of 128-frame packets.
 *
 * Packet k, sent at k * 8/3 ms, has the trace's delay at that time, interpolated linearly between
 * the packets that arrived; it is lost if the trace's packet nearest in sending time was lost.
 * tutti-sim does the same; so does the Python evaluator that these measurements were checked
 * against, to three digits (see playout-score.ts).
 */
import { readFileSync } from 'node:fs';
import { InputError } from './input-error.ts';
import { PACKET_MS, type Stream } from './stream.ts';

export interface TracePacket {
  sendMs: number;
  /** NaN: lost. */
  arrivalMs: number;
}

/** Header `seq,send_ms,arrival_ms`, arrival empty when lost; lines that begin with # are skipped. */
export function parseTrace(text: string, name: string): TracePacket[] {
  const packets: TracePacket[] = [];
  text.split(/\r?\n/).forEach((line, i) => {
    if (line === '' || line.startsWith('#')) return;
    const fields = line.split(',').map((field) => field.trim());
    if (i === 0) {
      if (fields.join() === 'seq,send_ms,arrival_ms') return;
      throw new InputError(
        `${name}: the first line is "${line}". It must be the header "seq,send_ms,arrival_ms".`,
      );
    }
    const sendMs = Number(fields[1] || NaN);
    const lost = fields[2] === '' || fields[2]?.toLowerCase() === 'nan' || Number(fields[2]) < 0;
    const arrivalMs = lost ? NaN : Number(fields[2]);
    if (fields.length !== 3 || !Number.isFinite(sendMs) || (!lost && !Number.isFinite(arrivalMs))) {
      throw new InputError(
        `${name}, line ${i + 1}: "${line}" is not "seq,send_ms,arrival_ms" with times in ms ` +
          '(no arrival: lost). Mend or remove the line.',
      );
    }
    packets.push({ sendMs, arrivalMs });
  });
  if (packets.filter((packet) => !Number.isNaN(packet.arrivalMs)).length < 2) {
    throw new InputError(`${name}: fewer than two packets arrived. That is no trace to play with.`);
  }
  return packets.sort((a, b) => a.sendMs - b.sendMs);
}

export function readTrace(path: string): Stream {
  return toStream(parseTrace(readFileSync(path, 'utf8'), path));
}

/** `packets` in the order of their sending times. */
export function toStream(packets: readonly TracePacket[]): Stream {
  const begin = packets[0]!.sendMs;
  const sent = packets.map((packet) => packet.sendMs - begin);
  const lost = packets.map((packet) => Number.isNaN(packet.arrivalMs));
  const arrived = packets.filter((packet) => !Number.isNaN(packet.arrivalMs));
  const at = arrived.map((packet) => packet.sendMs - begin);
  const delay = arrived.map((packet) => packet.arrivalMs - packet.sendMs);

  const last = sent.at(-1)!;
  // By the remainder: a plain division may round up to a packet that is not there.
  const length = Math.round((last - (last % PACKET_MS)) / PACKET_MS) + 1;
  const sends = new Float64Array(length);
  const arrivals = new Float64Array(length);
  let nearest = 0; // packet of the trace
  let before = 0; // arrived packet of the trace
  for (let k = 0; k < length; k++) {
    const t = k * PACKET_MS;
    while (nearest + 1 < sent.length && sent[nearest + 1]! - t < t - sent[nearest]!) nearest++;
    while (before + 2 < at.length && at[before + 1]! <= t) before++;
    sends[k] = t;
    arrivals[k] = lost[nearest] ? NaN : t + interpolate(at, delay, before, t);
  }
  return { sends, arrivals };
}

/** On the line from point i to the next; beyond the ends, the end's value. */
function interpolate(x: number[], y: number[], i: number, at: number): number {
  if (at <= x[0]!) return y[0]!;
  if (at >= x.at(-1)!) return y.at(-1)!;
  return y[i]! + ((y[i + 1]! - y[i]!) * (at - x[i]!)) / (x[i + 1]! - x[i]!);
}
