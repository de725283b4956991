/** Tutti without a user interface: see api.ts for what each thing does. */
export type * from './api.js';
export { TuttiError } from './errors.js';
export { Echo, type EchoOptions } from './session/echo.js';
export { canShareScreen } from './video/devices.js';
export { Session } from './session/session.js';
export { Tutti } from './tutti.js';
