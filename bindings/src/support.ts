/** What the browser must have, asked before anything is tried. */
import { TuttiError } from './errors.js';

const NEEDED: readonly [string, () => boolean][] = [
  ['WebAssembly', () => typeof WebAssembly === 'object'],
  ['AudioWorklet', () => typeof AudioWorkletNode === 'function'],
  ['WebRTC', () => typeof RTCPeerConnection === 'function'],
];

/** The smallest module that uses SIMD: (func (result v128) i32.const 0 i8x16.splat). */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15,
  11,
]);

/** Throws `insecure-origin` or `browser-too-old`, whose detail names what is missing. */
export function checkSupport(): void {
  // Before anything else: on an insecure origin the worklet and the microphone are hidden.
  if (!globalThis.isSecureContext) throw new TuttiError('insecure-origin', location.origin);
  for (const [name, present] of NEEDED) {
    if (!present()) throw new TuttiError('browser-too-old', name);
  }
  if (!WebAssembly.validate(SIMD_MODULE)) {
    throw new TuttiError('browser-too-old', 'WebAssembly SIMD');
  }
}
