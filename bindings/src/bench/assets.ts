/** What the benches load besides; written out one by one, as bundlers look for exactly this form. */
export const CODE_WORKLET_URL = new URL('./tutti-bench-worklet.js', import.meta.url).href;
export const QUANTUM_WORKER_URL = new URL('./tutti-quantum-worker.js', import.meta.url).href;
export const WAKE_UPS_WORKER_URL = new URL('./tutti-wake-ups-worker.js', import.meta.url).href;
export const WASM_URL = new URL('./tutti.wasm', import.meta.url).href;
