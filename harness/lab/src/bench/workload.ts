import type { Subject } from './subject.js';

/** Something to do with a subject, and what is read off it. */
export interface Workload {
  /** Dotted, from the general to the special: `memory.ping.100`. */
  readonly id: string;
  readonly title: string;
  /** The first is the headline; each has a value in every sample. */
  readonly figures: readonly Figure[];
  /** Takes each sample in a new process; otherwise one process, warmed up, takes all samples of a subject. */
  readonly freshProcess?: true;
  /** Left out of a quick run that names no workloads: what it shows, another shows nearly as well. */
  readonly fullOnly?: true;
  /** Options for the Node that it runs in. */
  readonly nodeArgs?: readonly string[];
  /** Gets everything ready and warm. */
  prepare(subject: Subject, size: Size): Promise<Prepared>;
}

/** One number that a workload yields. */
export interface Figure {
  readonly key: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  /** What mcp-lifeline means to reach, in the unit. */
  readonly goal?: number;
}

/** How much is done for one sample. */
export interface Size {
  /** Repeated calls are made for at least this long before the first sample: the compiler takes its time. */
  readonly warmMs: number;
  /** A sample of repeated calls takes about this long. */
  readonly sampleMs: number;
  /** What has a fixed count elsewhere is done this often: 1 is a full run. */
  readonly scale: number;
}

/** A workload that is ready to be measured, again and again. */
export interface Prepared {
  sample(): Promise<Sample>;
  close(): Promise<void>;
}

/** A value for each figure of the workload, by its key. */
export type Sample = Readonly<Record<string, number>>;

/** `count` at the given scale, at least 1. */
export function scaled(count: number, { scale }: Size): number {
  return Math.max(1, Math.round(count * scale));
}
