import type { ErrorCode, TuttiErrorShape } from './api.js';

/** What went wrong, by a code that a page has words for. `detail` is for the console. */
export class TuttiError extends Error implements TuttiErrorShape {
  constructor(
    readonly code: ErrorCode,
    readonly detail = '',
  ) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'TuttiError';
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
