/** What the graph of a minute shows, in a sentence. */
import type { Words } from '../words/en.js';
import type { DelaySample } from './delay-history.js';
import { duration, milliseconds } from './units.js';

export function delaySummary(name: string, samples: readonly DelaySample[], w: Words): string {
  const { language } = w;
  const says = w.numbers.summary;
  const actual = samples.flatMap(({ actual }) => (actual === null ? [] : [actual]));
  const last = samples.at(-1);
  const ms = (value: number): string => milliseconds(value, language);
  const told = [says.of(name)];
  if (last === undefined || actual.length === 0) {
    told.push(says.unknown);
    return told.join(' ');
  }
  const [least, most] = [Math.min(...actual), Math.max(...actual)];
  told.push(says.delay(ms(last.actual ?? actual.at(-1)!), ms(least), ms(most)));
  if (last.target !== null) told.push(says.target(ms(last.target)));
  if (last.jitter !== null) told.push(says.jitter(ms(last.jitter)));
  const concealed = samples.reduce((sum, { concealedMs }) => sum + concealedMs, 0);
  told.push(concealed > 0 ? says.concealed(duration(concealed, language)) : says.nothingConcealed);
  return told.join(' ');
}
