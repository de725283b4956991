/** Measures what this browser and machine can do, without a user interface. See result.ts. */
export * from './loopback.js';
