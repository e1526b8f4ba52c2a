import type { Json } from '@mcp-lifeline/core';
import type { Observation } from '../contract.js';
import type { WatcherGroup } from '../watchers/group.js';
import { ABSENT, Interner, PairTable } from './intern.js';
import { type Slots, slotsIn } from './wire-ids.js';

/** What the watchers of a world remember: one number for all of them. Each sees an observation once from each of its memories. */
export class Watching {
  readonly groups: readonly WatchedGroup[];
  readonly #observations = new Interner<Observation>();
  readonly #memories = new Interner<Memories>();
  readonly #seen = new PairTable();

  constructor(groups: readonly WatcherGroup[]) {
    this.groups = groups.map((group) => new WatchedGroup(group));
  }

  /** What they remember before anything happened. */
  initial(): number {
    return this.#number(this.groups.map((group) => group.initial()));
  }

  /** The number of something that is observed. */
  observation(observation: Observation): number {
    return this.#observations.numberOf(JSON.stringify(observation), () => observation);
  }

  /** What was observed under this number. */
  observed(number: number): Observation {
    return this.#observations.at(number);
  }

  /** What they remember after an observation. */
  see(memories: number, observation: number): number {
    if (this.groups.length === 0) return memories;
    const known = this.#seen.get(memories, observation);
    if (known !== ABSENT) return known;
    const observed = this.#observations.at(observation);
    const { numbers } = this.#memories.at(memories);
    const next = this.groups.map((group, index) => group.see(numbers[index] ?? 0, observation, observed));
    const number = this.#number(next);
    this.#seen.set(memories, observation, number);
    return number;
  }

  /** The number of what one of them remembers. */
  memory(memories: number, group: number): number {
    return this.#memories.at(memories).numbers[group] ?? 0;
  }

  /** The wire ids that they remember. */
  slots(memories: number): Slots {
    return this.#memories.at(memories).slots;
  }

  #number(numbers: readonly number[]): number {
    return this.#memories.numberOf(numbers.join(), () => {
      const states = this.groups.map((group, index) => group.state(numbers[index] ?? 0));
      return { numbers, slots: slotsIn(JSON.stringify(states)) };
    });
  }
}

/** Watchers that share a memory, with every memory that they ever have. */
export class WatchedGroup {
  readonly #group: WatcherGroup;
  readonly #states = new Interner<{ readonly state: Json; readonly violations: readonly (string | null)[] }>();
  readonly #next = new PairTable();
  readonly #triggered: boolean[];

  constructor(group: WatcherGroup) {
    this.#group = group;
    this.#triggered = group.readings.map(() => false);
  }

  get readings(): WatcherGroup['readings'] {
    return this.#group.readings;
  }

  initial(): number {
    return this.#number(this.#group.initial);
  }

  /** What it remembers after an observation, whose number is `number`. */
  see(memory: number, number: number, observation: Observation): number {
    const known = this.#next.get(memory, number);
    if (known !== ABSENT) return known;
    const next = this.#number(this.#group.see(this.state(memory), observation));
    this.#next.set(memory, number, next);
    return next;
  }

  /** What it remembers, for people. */
  state(memory: number): Json {
    return this.#states.at(memory).state;
  }

  /** Null, or what is wrong as one of its readings tells it. */
  violation(memory: number, reading: number): string | null {
    return this.#states.at(memory).violations[reading] ?? null;
  }

  /** Whether what a reading is about has happened, in any step that was met so far. */
  hasTriggered(reading: number): boolean {
    return this.#triggered[reading] === true;
  }

  /** One witness is enough: what only remembers it would multiply the states. */
  #number(state: Json): number {
    const { readings } = this.#group;
    for (const [index, { triggered }] of readings.entries()) {
      if (this.#triggered[index] === false && triggered(state)) this.#triggered[index] = true;
    }
    const kept = this.#group.forget(state);
    return this.#states.numberOf(JSON.stringify(kept), () => ({
      state: kept,
      violations: readings.map(({ violation }) => violation(kept)),
    }));
  }
}

interface Memories {
  /** The number of the memory of each group. */
  readonly numbers: readonly number[];
  /** The wire ids that are mentioned in them. */
  readonly slots: Slots;
}
