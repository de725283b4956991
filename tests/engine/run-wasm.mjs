// Runs a standalone WebAssembly program under Node:
//
//   node run-wasm.mjs PROGRAM.wasm [ARGUMENTS...]
//
// and exits as the program does. The program sees no files.
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';

// Node 22 dies of its short way from compiled WebAssembly into node:wasi (a segmentation fault in
// most runs of these tests), so it goes the long way.
setFlagsFromString('--no-turbo-fast-api-calls');

// node:wasi calls itself experimental on every run; nothing else here warns.
process.removeAllListeners('warning');
const { WASI } = await import('node:wasi');

const ENOSYS = -52; // as Emscripten's libc counts

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error('usage: node run-wasm.mjs PROGRAM.wasm [ARGUMENTS...]');
  process.exit(2);
}

const wasi = new WASI({ version: 'preview1', args: [program, ...args], returnOnExit: true });
const module = await WebAssembly.compile(await readFile(program));

// What Emscripten's libc asks of a kernel beyond WASI (files, mostly) is not there.
const env = {};
for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
  if (from === 'env' && kind === 'function') env[name] = () => ENOSYS;
}
// Grown memory needs no new view here: node:wasi makes its own.
env.emscripten_notify_memory_growth = () => {};

const instance = await WebAssembly.instantiate(module, { ...wasi.getImportObject(), env });
process.exitCode = wasi.start(instance);
