/** What kernels cost, by batches of several rounds. */

/** us for one run, of each batch, by the kernel's name. */
export type Times = Map<string, number[]>;

export interface Round {
  native: Times;
  wasm: Times;
}

/** us. */
export interface Spread {
  least: number;
  median: number;
}

export interface KernelCost {
  name: string;
  native: Spread;
  wasm: Spread;
  /** WebAssembly's least by the native least: neither was disturbed then. */
  ratio: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { least: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]! };
}

/** In the order of the first round. Throws when the two know different kernels. */
export function kernelCosts(rounds: readonly Round[]): KernelCost[] {
  const batches = (side: keyof Round, name: string) =>
    rounds.flatMap((round) => {
      const times = round[side].get(name);
      if (times === undefined) throw new Error(`${side} has no kernel ${name}: build both anew`);
      return times;
    });
  const names = new Set(rounds.flatMap(({ native, wasm }) => [...native.keys(), ...wasm.keys()]));
  return [...names].map((name) => {
    const [native, wasm] = [spread(batches('native', name)), spread(batches('wasm', name))];
    return { name, native, wasm, ratio: wasm.least / native.least };
  });
}
