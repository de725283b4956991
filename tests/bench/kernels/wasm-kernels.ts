/** The kernels as a WebAssembly module: see wasm.cpp for what each export does. */
interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  kernel_count(): number;
  kernel_name(i: number): number;
  kernel_name_bytes(i: number): number;
  kernel_prepare(i: number): void;
  kernel_run(times: number): number;
}

/** V8 compiles anew, and better, what is hot: until then nothing is measured. */
const WARM_MS = 100;

export class WasmKernels {
  private readonly wasm: Exports;
  readonly names: readonly string[];

  constructor(bytes: BufferSource) {
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
    this.wasm = instance.exports as unknown as Exports;
    this.wasm._initialize?.();
    this.names = Array.from({ length: this.wasm.kernel_count() }, (_, i) => {
      const at = this.wasm.kernel_name(i);
      const name = new Uint8Array(this.wasm.memory.buffer, at, this.wasm.kernel_name_bytes(i));
      return new TextDecoder().decode(name);
    });
  }

  /** us that one run takes, of so many batches of about so many ms. */
  time(kernel: number, batches: number, batchMs: number): number[] {
    this.wasm.kernel_prepare(kernel);
    let times = 1;
    let ms = 0;
    for (let warm = 0; warm < WARM_MS; warm += ms) {
      if (ms > 0 && ms < batchMs) times *= 2;
      ms = this.batch(times);
    }
    times = Math.max(1, Math.round((times * batchMs) / ms));
    return Array.from({ length: batches }, () => (1000 * this.batch(times)) / times);
  }

  private batch(times: number): number {
    const before = performance.now();
    const answer = this.wasm.kernel_run(times);
    const ms = performance.now() - before;
    if (!Number.isFinite(answer)) throw new Error(`a kernel came to ${answer}`);
    return ms;
  }
}
