/** Makes a pipe and each of its ends. */
import type { PipeMake } from '../api.js';
import type { EngineMemory, NetworkEnd, PipeParts, WorkletEnd } from './pipe.js';
import { PortNetworkEnd, PortWorkletEnd } from './port-pipe.js';
import { newRing } from './ring.js';
import { RingNetworkEnd, RingWorkletEnd } from './ring-pipe.js';

/**
 * A ring needs shared memory and a way to wait for it that does not block the thread. WebKitGTK
 * says that the page is isolated, and has no shared memory all the same.
 */
export function ringPossible(): boolean {
  return (
    globalThis.crossOriginIsolated &&
    typeof SharedArrayBuffer === 'function' &&
    typeof Atomics.waitAsync === 'function'
  );
}

/** The two halves; ports among them are to be transferred. */
export function makePipe(make: PipeMake): { worklet: PipeParts; network: PipeParts } {
  if (make === 'ring') {
    const parts: PipeParts = { make, toWorklet: newRing(), toNetwork: newRing() };
    return { worklet: parts, network: parts };
  }
  const { port1, port2 } = new MessageChannel();
  return { worklet: { make, port: port1 }, network: { make, port: port2 } };
}

export function transferables(parts: PipeParts): Transferable[] {
  return parts.make === 'port' ? [parts.port] : [];
}

export function networkEnd(parts: PipeParts): NetworkEnd {
  return parts.make === 'ring'
    ? new RingNetworkEnd(parts.toWorklet, parts.toNetwork)
    : new PortNetworkEnd(parts.port);
}

export function workletEnd(parts: PipeParts, engine: EngineMemory): WorkletEnd {
  return parts.make === 'ring'
    ? new RingWorkletEnd(parts.toWorklet, parts.toNetwork, engine)
    : new PortWorkletEnd(parts.port, engine);
}
