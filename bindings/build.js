/**
 * Bundles the library into dist/: the modules for the page, one for each of its threads, and the
 * engine as CMake's preset "wasm" has built it.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';

const engine = new URL('../build/wasm/bin/tutti.wasm', import.meta.url);
// The notice that is to go with what tutti.wasm has in it of others.
const notice = new URL('../build/src/speexdsp/COPYING', import.meta.url);
const dist = new URL('./dist/', import.meta.url);

const common = {
  absWorkingDir: import.meta.dirname,
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  target: ['chrome111', 'firefox114', 'safari16.4'],
  sourcemap: true,
  logLevel: 'warning',
};

await mkdir(dist, { recursive: true });
await Promise.all([
  build({
    ...common,
    entryPoints: {
      tutti: 'src/index.ts',
      protocol: 'src/signalling/protocol.ts',
      'tutti-bench': 'src/bench/index.ts',
      'round-trip': 'src/round-trip/index.ts',
    },
    // What several of them need is there once; a class that two export is the same in both.
    splitting: true,
    chunkNames: 'tutti-shared-[hash]',
    // The page's bundler brings socket.io, once.
    external: ['socket.io-client'],
  }),
  build({
    ...common,
    entryPoints: {
      'tutti-worklet': 'src/worklet/processor.ts',
      'tutti-worker': 'src/network/worker.ts',
      'tutti-bench-worklet': 'src/bench/frame-code-processors.ts',
      'tutti-quantum-worker': 'src/bench/quantum-worker.ts',
      'tutti-wake-ups-worker': 'src/bench/wake-ups-worker.ts',
      'tutti-round-trip-worklet': 'src/round-trip/processor.ts',
      'tutti-round-trip-worker': 'src/round-trip/worker.ts',
    },
  }),
  copyFile(engine, new URL('tutti.wasm', dist)),
  copyFile(notice, new URL('tutti.wasm.SpeexDSP-licence.txt', dist)),
]);
