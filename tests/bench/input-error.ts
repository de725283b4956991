/** Something given to a measurement cannot be used; the message says what to do about it. */
export class InputError extends Error {}
