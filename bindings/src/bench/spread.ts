/** How something measured many times is spread. */

export interface Spread {
  p50: number;
  p95: number;
  p99: number;
  max: number;
  mean: number;
  count: number;
}

/** null of nothing. A quantile is the smallest value that so large a share does not exceed. */
export function spreadOf(values: ArrayLike<number>): Spread | null {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  if (count === 0) return null;
  const quantile = (share: number): number => sorted[Math.ceil(share * count) - 1]!;
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    max: sorted[count - 1]!,
    mean: sorted.reduce((sum, value) => sum + value, 0) / count,
    count,
  };
}

/** Of whole numbers, given how often each was seen. */
export function spreadOfCounts(counts: ArrayLike<number>): Spread | null {
  let count = 0;
  let sum = 0;
  let max = 0;
  for (let value = 0; value < counts.length; value++) {
    const times = counts[value]!;
    if (times === 0) continue;
    count += times;
    sum += times * value;
    max = value;
  }
  if (count === 0) return null;
  const quantile = (share: number): number => {
    let left = Math.ceil(share * count);
    for (let value = 0; ; value++) {
      left -= counts[value]!;
      if (left <= 0) return value;
    }
  };
  return {
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    max,
    mean: sum / count,
    count,
  };
}

/** Every one of it by the same factor, as from frames to ms. */
export function scaled(spread: Spread | null, factor: number): Spread | null {
  if (spread === null) return null;
  const { p50, p95, p99, max, mean, count } = spread;
  return {
    p50: p50 * factor,
    p95: p95 * factor,
    p99: p99 * factor,
    max: max * factor,
    mean: mean * factor,
    count,
  };
}
