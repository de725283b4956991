/** Any thrown thing as an error code of the library: the page shows words by code. */
import type { ErrorCode, TuttiErrorShape } from 'tutti';

export interface Trouble {
  code: ErrorCode;
  /** What the browser said, or what is missing; may be empty. */
  detail: string;
}

function isTuttiError(error: unknown): error is TuttiErrorShape {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

/** `fallback`: the code of an error that is not the library's. */
export function troubleOf(error: unknown, fallback: ErrorCode): Trouble {
  if (isTuttiError(error)) return { code: error.code, detail: error.detail };
  return { code: fallback, detail: error instanceof Error ? error.message : String(error) };
}
