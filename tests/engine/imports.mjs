// node imports.mjs MODULE.wasm: fails, and names them, when the module imports anything.
import { readFile } from 'node:fs/promises';

const module = await WebAssembly.compile(await readFile(process.argv[2]));
const imports = WebAssembly.Module.imports(module).map(
  ({ module: from, name }) => `${from}.${name}`,
);
for (const name of imports) console.error(`imports ${name}`);
process.exitCode = imports.length;
