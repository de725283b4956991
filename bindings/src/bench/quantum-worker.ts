/** The worker of quantum.ts. */
import { clockStepUs } from './clock-step.js';
import type { QuantumAnswer, QuantumRequest } from './quantum.js';
import { timeQuanta } from './quantum-run.js';

onmessage = ({ data: { wasm, quanta, ...what } }: MessageEvent<QuantumRequest>) => {
  const times = timeQuanta(wasm, what, quanta);
  postMessage({ times, clockUs: clockStepUs() } satisfies QuantumAnswer);
};
