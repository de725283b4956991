/** What the benches load besides; written out one by one, as bundlers look for exactly this form. */
export const CODE_WORKLET_URL = new URL('./tutti-bench-worklet.js', import.meta.url).href;
