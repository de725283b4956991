/** A table of numbers, with words for all of its columns. */
import type { Spread } from 'tutti/bench';
import type { Words } from '../words/en.js';
import { number } from './units.js';

export interface BenchTable {
  caption: string;
  /** What the first column names. */
  corner: string;
  groups: readonly ColumnGroup[];
  rows: readonly { heading: string; cells: readonly string[] }[];
  legend: readonly Term[];
}

export interface ColumnGroup {
  label: string;
  unit: string;
  /** Under the label; none: the group is one column. */
  columns: readonly string[];
}

export interface Term {
  term: string;
  text: string;
}

export const NOTHING = '–';

/** What these are needs to be said below every table. */
export const quantileTerms = ({ bench: { quantileTerms: text } }: Words): Term[] => [
  { term: 'p50, p95, p99', text: text.quantiles },
  { term: NOTHING, text: text.nothing },
];

export const QUANTILES = ['p50', 'p95', 'p99', 'max'] as const;

export function cell(value: number | null | undefined, language: string, digits = 0): string {
  return value === null || value === undefined ? NOTHING : number(value, language, digits);
}

/** The cells of some of a spread's fields, however it was measured. */
export function spreadCells(
  spread: Spread | null,
  fields: readonly (keyof Spread)[],
  language: string,
  digits = 0,
): string[] {
  return fields.map((field) => cell(spread?.[field], language, digits));
}
