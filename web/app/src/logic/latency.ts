/** A latency budget as it is drawn and read: in words, in ms, in metres of air. */
import type { LatencyBudget, LatencyPart } from 'tutti';
import type { Words } from '../words/en.js';
import { metresOfAir } from './air.js';
import { number } from './units.js';

export interface LatencyRow {
  part: LatencyPart['name'];
  label: string;
  /** How the figure is known. */
  known: string;
  ms: string;
  air: string;
  /** Where it is along the bar, percent. */
  from: number;
  percent: number;
}

export interface LatencyView {
  rows: LatencyRow[];
  /** ms and metres, "at least" where some part is not known. */
  total: string;
}

/** `fullMs` is as long as the bar. */
export function latencyView(budget: LatencyBudget, fullMs: number, w: Words): LatencyView {
  const { language } = w;
  const says = w.numbers.latency;
  const ms = (tenths: number): string => `${number(tenths / 10, language, 1)}\u00a0ms`;
  const air = (tenths: number): string => `${number(tenths / 10, language, 1)}\u00a0m`;
  let sum = 0;
  const rows = budget.parts.map(({ name, ms: long, provenance }) => {
    const before = sum;
    sum += long ?? 0;
    return {
      part: name,
      label: says.part[name],
      known: long === null ? says.unknown : says.provenance[provenance],
      ms: long === null ? '–' : ms(tenths(sum) - tenths(before)),
      air: long === null ? '–' : air(tenths(metresOfAir(sum)) - tenths(metresOfAir(before))),
      from: (100 * before) / fullMs,
      percent: (100 * (long ?? 0)) / fullMs,
    };
  });
  const total = says.total(ms(tenths(sum)), air(tenths(metresOfAir(sum))));
  return { rows, total: budget.atLeast ? says.atLeast(total) : total };
}

/**
 * What is shown is rounded where parts meet, and each part is what lies between: so the parts shown
 * add up to the total shown, to the last digit.
 */
function tenths(value: number): number {
  return Math.round(value * 10);
}
