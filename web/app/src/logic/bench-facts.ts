/** Single values, each with a sentence: the browser, and the context that it opens. */
import type { BenchResult, ContextResult } from 'tutti/bench';
import type { Words } from '../words/en.js';
import { NOTHING } from './bench-table.js';
import { milliseconds, number } from './units.js';

export interface Fact {
  label: string;
  value: string;
  why: string;
}

export function browserFacts({ browser, began }: BenchResult, w: Words): Fact[] {
  const { language, bench } = w;
  const { facts: f } = bench;
  return [
    { ...f.userAgent, value: browser.userAgent },
    { ...f.processors, value: number(browser.processors, language) },
    { ...f.isolated, value: browser.crossOriginIsolated ? bench.yes : bench.no },
    { ...f.clock, value: microseconds(browser.clockUs, language) },
    { ...f.began, value: began },
  ];
}

export function contextFacts(context: ContextResult, w: Words): Fact[] {
  const { language, bench } = w;
  const { facts: f } = bench;
  const { playback } = context;
  const ms = (value: number): string => milliseconds(value, language, 2);
  return [
    { ...f.sampleRate, value: `${number(context.sampleRate, language)}\u00a0Hz` },
    { ...f.quantum, value: `${number(context.quantumFrames, language)} ${bench.frames}` },
    { ...f.quantumChoice, value: context.quantumCanBeChosen ? bench.yes : bench.no },
    { ...f.baseLatency, value: ms(context.baseLatencyMs) },
    {
      ...f.outputLatency,
      value: context.outputLatencyMs === null ? NOTHING : ms(context.outputLatencyMs),
    },
    {
      ...f.playback,
      value:
        playback === null
          ? NOTHING
          : bench.playback(
              number(playback.seconds, language, 1),
              number(playback.underrunEvents, language),
              number(playback.underrunMs, language, 1),
            ),
    },
    {
      ...f.playbackLatency,
      value:
        playback === null
          ? NOTHING
          : [playback.minimumLatencyMs, playback.averageLatencyMs, playback.maximumLatencyMs]
              .map(ms)
              .join(' / '),
    },
  ];
}

export const microseconds = (us: number, language: string): string =>
  `${number(us, language, 1)}\u00a0µs`;
