import type { Json } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import type { Observation } from '@mcp-lifeline/explore/observe';
import type { Life, Setting } from '../lockstep/difference.js';

/** Sentences that share a memory, as the explorer carries them along. */
export interface Group {
  readonly initial: Json;
  see(memory: Json, observation: Observation): Json;
  forget(memory: Json): Json;
  readonly readings: readonly { readonly id: string; violation(memory: Json): string | null }[];
}

/** A setting with what must hold there, and how it is seen. */
export interface JudgedSetting<S, I, T> extends Setting<S, I> {
  readonly groups: readonly Group[];
  /** Whether an input is wrong in every state: it is to throw. */
  isMisuse(name: string): boolean;
  /** What is remembered of the surroundings to begin with. */
  readonly surroundings: T;
  /** Whether the surroundings can do this: where they cannot, what must hold need not. */
  canHappen(surroundings: T, input: I): boolean;
  /** What is remembered of the surroundings after a step. */
  after(surroundings: T, input: I, effects: readonly object[]): T;
  /** What is observed of a step. */
  observe(step: CoreStep<I>): Observation;
}

/** One step of one core, with what `abstract` tells before and after it. */
export interface CoreStep<I> {
  readonly input: I;
  readonly effects: readonly object[];
  readonly before: Json;
  readonly after: Json;
}

/** What was found of a core that was explored alone. */
export interface AloneReport {
  /** The first thing wrong, with the shortest way to it; null where nothing was found. */
  readonly violation: string | null;
  readonly states: number;
  readonly isComplete: boolean;
}

interface Node<S, T> {
  readonly state: S;
  /** The timers as a driver keeps them: by what it was told, never by what the core believes. */
  readonly timers: Timers;
  readonly abstract: Json;
  readonly surroundings: T;
  readonly memories: readonly number[];
  readonly by: { readonly from: Node<S, T>; readonly name: string } | null;
}

/** By name. */
type Timers = Readonly<Record<string, { readonly generation: number; readonly at: number }>>;

/**
 * Explores one core alone, breadth first, under every input of a setting that its surroundings can give, with what must hold
 * carried along.
 *
 * @param limit states that may be met; where there are more, the exploration is not complete.
 */
export function exploreAlone<S, I, T>(
  setting: JudgedSetting<S, I, T>,
  core: CoreUnderTest,
  limit: number,
): AloneReport {
  return new Exploration(setting, core, limit).run();
}

class Exploration<S, I, T> {
  readonly #setting: JudgedSetting<S, I, T>;
  readonly #life: Life<S, I>;
  readonly #limit: number;
  readonly #memory: Memory;
  readonly #met = new Set<string>();
  readonly #waiting: Node<S, T>[] = [];
  #isComplete = true;

  constructor(setting: JudgedSetting<S, I, T>, core: CoreUnderTest, limit: number) {
    this.#setting = setting;
    this.#life = setting.lifeOn(core);
    this.#limit = limit;
    this.#memory = new Memory(setting.groups);
  }

  run(): AloneReport {
    const { surroundings } = this.#setting;
    const [state, effects] = this.#life.begin();
    const abstract = this.#life.abstract(state);
    const timers = timersAfter({}, effects);
    this.#waiting.push({ state, timers, abstract, surroundings, memories: this.#memory.initial, by: null });
    // The list grows while it is walked.
    for (const node of this.#waiting) {
      const violation = this.#expand(node);
      if (violation !== null) return { violation, states: this.#met.size, isComplete: false };
      if (!this.#isComplete) break;
    }
    return { violation: null, states: this.#met.size, isComplete: this.#isComplete };
  }

  #expand(node: Node<S, T>): string | null {
    const saved = { ...this.#life.save(node.state), timers: node.timers };
    for (const [name, input] of this.#setting.inputs(saved)) {
      const isMisuse = this.#setting.isMisuse(name);
      if (!isMisuse && !this.#setting.canHappen(node.surroundings, input)) continue;
      const wrong = isMisuse ? this.#misuse(node, input) : this.#step(node, name, input);
      if (wrong !== null) return `${this.#setting.name}: ${wrong}, after ${path({ from: node, name })}`;
    }
    return null;
  }

  #misuse(node: Node<S, T>, input: I): string | null {
    try {
      this.#life.step(node.state, input);
      return 'misuse was taken';
    } catch (error) {
      return error instanceof Error && error.name === 'LocalProtocolError' ? null : `misuse threw ${error}`;
    }
  }

  #step(node: Node<S, T>, name: string, input: I): string | null {
    let stepped: readonly [S, readonly object[]];
    try {
      stepped = this.#life.step(node.state, input);
    } catch (error) {
      return `threw ${error instanceof Error ? error.message : String(error)}`;
    }
    const [state, effects] = stepped;
    const abstract = this.#life.abstract(state);
    const step = { input, effects, before: node.abstract, after: abstract };
    const surroundings = this.#setting.after(node.surroundings, input, effects);
    const memories = this.#memory.see(node.memories, this.#setting.observe(step));
    const violation = this.#memory.violation(memories);
    if (violation !== null) return violation;
    const timers = timersAfter(withoutExpired(node.timers, input), effects);
    this.#meet({ state, timers, abstract, surroundings, memories, by: { from: node, name } });
    return null;
  }

  #meet(node: Node<S, T>): void {
    const { state, timers, surroundings, memories } = node;
    const beside = JSON.stringify([Object.keys(timers).sort(), surroundings, memories]);
    const key = `${this.#life.identify(state)}\n${beside}`;
    if (this.#met.has(key)) return;
    if (this.#met.size === this.#limit) {
      this.#isComplete = false;
      return;
    }
    this.#met.add(key);
    this.#waiting.push(node);
  }
}

/** What all groups remember, each memory kept once. */
class Memory {
  readonly #groups: readonly Group[];
  readonly #kept: readonly KeptMemories[];

  constructor(groups: readonly Group[]) {
    this.#groups = groups;
    this.#kept = groups.map(() => ({ numberOf: new Map(), all: [], wrong: [] }));
  }

  get initial(): readonly number[] {
    return this.#groups.map((group, at) => this.#keep(group, at, group.initial));
  }

  see(memories: readonly number[], observation: Observation): readonly number[] {
    return this.#groups.map((group, at) => {
      const memory = this.#kept[at]?.all[memories[at] ?? 0] ?? null;
      return this.#keep(group, at, group.see(memory, observation));
    });
  }

  violation(memories: readonly number[]): string | null {
    for (const [at, memory] of memories.entries()) {
      const wrong = this.#kept[at]?.wrong[memory];
      if (typeof wrong === 'string') return wrong;
    }
    return null;
  }

  #keep(group: Group, at: number, seen: Json): number {
    const memory = group.forget(seen);
    const kept = this.#kept[at];
    if (kept === undefined) return 0;
    const text = JSON.stringify(memory);
    const known = kept.numberOf.get(text);
    if (known !== undefined) return known;
    kept.numberOf.set(text, kept.all.length);
    kept.all.push(memory);
    kept.wrong.push(violationIn(group, memory));
    return kept.all.length - 1;
  }
}

interface KeptMemories {
  readonly numberOf: Map<string, number>;
  readonly all: Json[];
  readonly wrong: (string | null)[];
}

function timersAfter(timers: Timers, effects: readonly object[]): Timers {
  let after = timers;
  for (const effect of effects as readonly TimerEffect[]) {
    const { type, name = '', generation = 0, at = 0 } = effect;
    if (type === 'arm') after = { ...after, [name]: { generation, at } };
    else if (type === 'disarm') after = without(after, name);
  }
  return after;
}

interface TimerEffect {
  readonly type: string;
  readonly name?: string;
  readonly generation?: number;
  readonly at?: number;
}

function withoutExpired(timers: Timers, input: unknown): Timers {
  const { type, name = '' } = input as TimerEffect;
  return type === 'elapsed' ? without(timers, name) : timers;
}

function without(timers: Timers, name: string): Timers {
  const { [name]: _, ...rest } = timers;
  return rest;
}

function violationIn({ readings }: Group, memory: Json): string | null {
  for (const { id, violation } of readings) {
    const wrong = violation(memory);
    if (wrong !== null) return `${id} (${wrong})`;
  }
  return null;
}

function path<S, T>(by: NonNullable<Node<S, T>['by']>): string {
  const names = [by.name];
  for (let node = by.from; node.by !== null; node = node.by.from) names.unshift(node.by.name);
  return names.join(', ');
}
