/** The acoustic round trip, apart from the rest: see api.ts. */
export type * from './api.js';
export { TuttiError } from '../errors.js';
export { measureRoundTrip } from './measure.js';
