/** The files that a measurement was given as a folder. */
import { readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { InputError } from './input-error.ts';

/** Paths, sorted, of the files that end in `extension` (with its dot) and that `wanted` keeps. */
export function filesIn(
  folder: string,
  extension: string,
  wanted: (name: string) => boolean = () => true,
): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? 'there is no such folder' : `it cannot be listed (${code})`;
    throw new InputError(`${folder}: ${what}. Give a folder with ${extension} files.`);
  }
  const found = names.filter((name) => name.endsWith(extension) && wanted(name)).sort();
  if (found.length === 0) {
    throw new InputError(
      `${folder}: no ${extension} file to measure with in it. Give a folder that has some.`,
    );
  }
  return found.map((name) => join(folder, name));
}

export function stem(path: string): string {
  return basename(path, extname(path));
}
