/** A method of concealment, simulated on losses without jitter: one channel in, one out. */
export type Concealer = (sound: Float64Array, lost: ReadonlySet<number>) => Float64Array;
