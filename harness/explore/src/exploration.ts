import type { Observation, Property, System } from './contract.js';

/** Something to explore, by name, with all that bounds it. */
export interface Configuration {
  /** Its name in reports and on the command line: kebab-case, never changes its meaning. */
  readonly id: string;
  /** What it is about, as a sentence. */
  readonly title: string;
  /** What is bounded, in words, and by how much: a row each in the table of bounds. */
  readonly bounds: Readonly<Record<string, string | number>>;
  /** Makes it anew: what it interns while it is explored is garbage as soon as the model is. */
  build(): Model;
}

/** A configuration that was built: what is walked through, what must hold of it, and how to tell it to people. */
export interface Model {
  readonly system: System;
  /** A `sometimes` that is called {@link witnessOf} an `always` belongs to it, and is no property of its own. */
  readonly properties: readonly Property[];
  /** A state in words, for the story of a violation: one line for each part that has something to say. */
  describe(row: Int32Array): readonly string[];
  /** What was observed in one step, in order. The rows are those that were walked through. */
  observations(step: Step): readonly Observation[];
}

/** One step of a way through the states. */
export interface Step {
  readonly from: Int32Array;
  readonly move: number;
  readonly to: Int32Array;
}

/** The id of the `sometimes` that shows that a property was put to the test. */
export function witnessOf(id: string): string {
  return `${id}.witness`;
}
