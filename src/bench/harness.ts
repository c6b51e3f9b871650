import { performance } from 'node:perf_hooks';

/** What a benchmark prints, one object a line with `--json`. */
export interface BenchLine {
  readonly name: string;
  /** Samples of ours over all rounds. */
  readonly n: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly unit: string;
  /** What it is measured beside: another way to do the same, or a fixed limit. */
  readonly peer: string;
  readonly peerP50: number;
  /** Median over the rounds of ours divided by the peer's. */
  readonly ratio: number;
  /** For example `<=1.3`: what the ratio should hold. */
  readonly goal: string;
  readonly ok: boolean;
}

/** One side of a comparison: gives one sample a call, in the bench's unit. */
export type Sample = () => number | Promise<number>;

export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly peer: string;
  readonly goal: string;
  /** Samples a side takes in a round, after `discard` that are not counted. */
  readonly samples: number;
  readonly discard: number;
  /** The percentile whose ratio is judged, in [0, 1]; the median unless a limit speaks of another. */
  readonly judge?: number;
  readonly ours: Sample;
  /** A second way to do it, or a fixed limit in the same unit. */
  readonly against: Sample | number;
}

/** A named benchmark; it may compare several things and cleans up after itself. */
export interface Bench {
  readonly name: string;
  run(report: (line: BenchLine) => void): Promise<void>;
}

export const ROUNDS = 5;

/** The value below which a share of the samples lies (nearest rank). `samples` must not be empty. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  const value = sorted[rank];
  if (value === undefined) throw new Error('percentile of no samples');
  return value;
}

/** Whether a ratio holds a goal such as `<=1.3`, `<1` or `>=0.6`. */
export function meets(goal: string, ratio: number): boolean {
  const match = /^(<=|<|>=|>)\s*(\d+(?:\.\d+)?)$/.exec(goal);
  if (match === null) throw new Error(`not a goal: ${goal}`);
  const limit = Number(match[2]);
  if (match[1] === '<=') return ratio <= limit;
  if (match[1] === '<') return ratio < limit;
  return match[1] === '>=' ? ratio >= limit : ratio > limit;
}

/** Samples of both sides, taken in turn one by one: whatever else the machine does falls on both. */
async function takeBoth(comparison: Comparison): Promise<{ mine: number[]; theirs: number[] }> {
  const { ours, against, samples, discard } = comparison;
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let index = -discard; index < samples; index += 1) {
    const own = await ours();
    const other = typeof against === 'number' ? against : await against();
    if (index < 0) continue;
    mine.push(own);
    theirs.push(other);
  }
  return { mine, theirs };
}

/** Measures both sides side by side, in five rounds. */
export async function compare(comparison: Comparison): Promise<BenchLine> {
  const { judge = 0.5 } = comparison;
  const all: number[] = [];
  const ratios: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { mine, theirs } = await takeBoth(comparison);
    all.push(...mine);
    peers.push(...theirs);
    ratios.push(percentile(mine, judge) / percentile(theirs, judge));
  }
  const ratio = percentile(ratios, 0.5);
  return {
    name: comparison.name,
    n: all.length,
    p50: rounded(percentile(all, 0.5)),
    p95: rounded(percentile(all, 0.95)),
    p99: rounded(percentile(all, 0.99)),
    unit: comparison.unit,
    peer: comparison.peer,
    peerP50: rounded(percentile(peers, 0.5)),
    ratio: rounded(ratio),
    goal: comparison.goal,
    ok: meets(comparison.goal, ratio),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/** How long `work` takes, in milliseconds. */
export async function milliseconds(work: () => unknown): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
