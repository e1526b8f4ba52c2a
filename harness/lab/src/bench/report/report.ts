import type { Outcome } from '../run-workload.js';
import { median } from '../statistics.js';
import type { Figure, Workload } from '../workload.js';
import type { Machine } from './machine.js';

/** Everything that a run found: what `--json` writes. */
export interface Report {
  /** The version of this format. */
  readonly bench: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly quick: boolean;
  readonly rounds: number;
  readonly machine: Machine;
  readonly subjects: readonly ReportedSubject[];
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
}

/** A subject that took part. */
export interface ReportedSubject {
  readonly name: string;
  readonly title: string;
  readonly version: string | null;
}

/** One figure of one workload. */
export interface Row {
  readonly workload: string;
  readonly title: string;
  readonly figure: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  readonly goal: number | null;
  /** By the name of the subject. */
  readonly values: Readonly<Record<string, Measured>>;
}

/** What one subject reached. */
export interface Measured {
  readonly median: number;
  /** In the order in which they were taken. */
  readonly samples: readonly number[];
}

/** A subject that could not be measured to the end. */
export interface Failure {
  readonly workload: string;
  readonly subject: string;
  readonly error: string;
}

/** The rows that a workload adds: one a figure, with the subjects that have at least one sample. */
export function rowsOf(workload: Workload, { samples }: Outcome): Row[] {
  return workload.figures.map((figure) => ({
    workload: workload.id,
    title: workload.title,
    figure: figure.key,
    unit: figure.unit,
    better: figure.better,
    goal: figure.goal ?? null,
    values: Object.fromEntries(
      [...samples].filter(([, taken]) => taken.length > 0).map(([name, taken]) => [name, measured(figure, taken)]),
    ),
  }));
}

/** Whether a value reaches the goal of its row; null where there is none. */
export function meetsGoal({ goal, better }: Row, value: number): boolean | null {
  if (goal === null) return null;
  return better === 'less' ? value <= goal : value >= goal;
}

function measured({ key }: Figure, taken: readonly Readonly<Record<string, number>>[]): Measured {
  const values = taken.map((sample) => sample[key] ?? Number.NaN);
  return { median: median(values), samples: values };
}
