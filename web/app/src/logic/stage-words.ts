/** The stage in words: a few below each musician, a whole phrase for those who do not see it. */
import type { Words } from '../words/en.js';
import { panWord } from './pan.js';
import type { StageState } from './stage-state.js';
import { number } from './units.js';

/** "7 m": on the stage nobody sees ten centimetres. */
export function wholeMetres(metres: number, language: string): string {
  return `${number(metres, language)}\u00a0m`;
}

/** `metres`: null while it is not known. */
export function shortWords(state: StageState, metres: number | null, w: Words): string {
  const far = metres === null ? '' : wholeMetres(metres, w.language);
  if (state === 'well') return far;
  const word = w.stage.state[state];
  return state === 'patchy' && far !== '' ? `${word}, ${far}` : word;
}

/** "a little left, 4 m away". */
export function spokenWords(
  pan: number,
  state: StageState,
  metres: number | null,
  w: Words,
): string {
  const where = [w.stage.pan[panWord(pan)]];
  if (metres !== null) where.push(w.stage.away(wholeMetres(metres, w.language)));
  if (state !== 'well') where.push(w.stage.state[state]);
  return where.join(', ');
}
