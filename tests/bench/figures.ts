/**
 * What a run of scripts/bench found, as named numbers, so that a later run on the same machine can
 * be held against it. Names and units stay as they are; the file has a version for when they cannot.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { InputError } from './input-error.ts';
import { table } from './table.ts';

const SCHEMA = 'tutti-bench-figures';
const VERSION = 1;

export interface Figure {
  name: string;
  value: number;
  unit: string;
}

interface FiguresFile {
  schema: typeof SCHEMA;
  version: typeof VERSION;
  made: string;
  machine: { processor: string; processors: number; node: string };
  figures: Figure[];
  /** What browsers found, whole: BenchResult of bindings/src/bench/result.ts. */
  results: unknown[];
}

export class Figures {
  private readonly figures: Figure[] = [];
  private readonly results: unknown[] = [];

  /** null and NaN, which say that there was nothing to measure, are left out. */
  add(name: string, value: number | null, unit: string): void {
    if (value !== null && Number.isFinite(value)) this.figures.push({ name, value, unit });
  }

  addResult(result: unknown): void {
    this.results.push(result);
  }

  write(path: string): void {
    const file: FiguresFile = {
      schema: SCHEMA,
      version: VERSION,
      made: new Date().toISOString(),
      machine: {
        processor: cpus()[0]?.model ?? 'unknown',
        processors: cpus().length,
        node: process.version,
      },
      figures: this.figures,
      results: this.results,
    };
    try {
      writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
    } catch (error) {
      throw new InputError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
    }
  }

  /** A table of what both have: before, now, and the ratio of now to before. */
  compare(baseline: readonly Figure[]): string {
    const before = new Map(baseline.map((figure) => [figure.name, figure]));
    const rows = this.figures.flatMap(({ name, value, unit }) => {
      const was = before.get(name);
      if (was?.unit !== unit) return [];
      const ratio = was.value === 0 ? (value === 0 ? 1 : Infinity) : value / was.value;
      return [[name, unit, readable(was.value), readable(value), ratio.toFixed(2)]];
    });
    return table(['figure', 'unit', 'before', 'now', 'now / before'], rows);
  }
}

const readable = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toPrecision(4);

/** The figures of an earlier run. Throws an InputError that says what is wrong with the file. */
export function readFigures(path: string): Figure[] {
  let file: Partial<FiguresFile> | null;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as Partial<FiguresFile> | null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === undefined
        ? `${path} is not JSON. Give a file that scripts/bench has written with --json.`
        : `${path} cannot be read (${code}). Give a file that scripts/bench has written with --json.`,
    );
  }
  if (file?.schema !== SCHEMA || !Array.isArray(file.figures)) {
    throw new InputError(`${path} was not written by scripts/bench --json.`);
  }
  if (file.version !== VERSION) {
    throw new InputError(
      `${path} has version ${String(file.version)}, and this is version ${VERSION}: measure again.`,
    );
  }
  return file.figures.filter(
    ({ name, value, unit }) =>
      typeof name === 'string' && Number.isFinite(value) && typeof unit === 'string',
  );
}
