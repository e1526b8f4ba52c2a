import type { Json } from '@mcp-lifeline/core';
import type {
  ProcessConfig,
  ProcessEffect,
  ProcessInput,
  ProcessState,
  ProcessTimer,
} from '@mcp-lifeline/core/process';
import type { CoreUnderTest } from '../core-under-test.js';
import { type Exercise, exerciseOf } from './coverage.js';
import { ABSENT, Interner, PairTable } from './intern.js';
import { NO_GENERATION, normalProcess, processGenerationOf } from './normal-form.js';

/** One state of the core of a process, in its normal form. */
export interface ProcessLocal {
  readonly state: ProcessState;
  /** What `abstract` tells of it. */
  readonly seen: Json;
  /** All that the core keeps, as text. */
  readonly text: string;
}

/** What happens to a process in the model: an input of its core without the clock. */
export type ProcessHappening =
  | Untimed<Exclude<ProcessInput, { readonly type: 'elapsed' }>>
  /** `isKnown`: under the generation that the core knows. */
  | { readonly type: 'elapsed'; readonly name: ProcessTimer; readonly isKnown: boolean };

type Untimed<I> = I extends ProcessInput ? Omit<I, 'now'> : never;

/** What one step of it came to. */
export interface ProcessStep {
  readonly number: number;
  readonly before: number;
  readonly after: number;
  readonly input: ProcessInput;
  readonly effects: readonly ProcessEffect[];
}

/** The core of a process: each of its local states is stepped once for each thing that can happen to it. */
export class ProcessPart {
  readonly locals = new Interner<ProcessLocal>();
  readonly happenings = new Interner<ProcessHappening>();
  readonly #core: CoreUnderTest;
  readonly #config: ProcessConfig;
  readonly #stepOf = new PairTable();
  readonly #steps: ProcessStep[] = [];
  #opened: number | undefined;

  constructor(core: CoreUnderTest, config: ProcessConfig) {
    this.#core = core;
    this.#config = config;
  }

  /** Before anything happened. */
  open(): number {
    this.#opened ??= this.#intern(this.#core.openProcess(this.#config, 0));
    return this.#opened;
  }

  /** The number of something that can happen. */
  happening(happening: ProcessHappening): number {
    return this.happenings.numberOf(JSON.stringify(happening), () => happening);
  }

  /** What comes of it when something happens in a local state. */
  step(local: number, happening: number): ProcessStep {
    const known = this.#stepOf.get(local, happening);
    if (known !== ABSENT) return this.#steps[known] as ProcessStep;
    const step = this.#take(local, this.happenings.at(happening));
    this.#stepOf.set(local, happening, step.number);
    this.#steps.push(step);
    return step;
  }

  /** What has happened to the core in which states of its machine. */
  exercises(): readonly Exercise[] {
    return this.#steps.map(({ before, input }) => exerciseOf('process', this.locals.at(before).seen, input));
  }

  #take(before: number, happening: ProcessHappening): ProcessStep {
    const { state } = this.locals.at(before);
    const input = toInput(happening, this.#core.saveProcess(state).timers);
    const [next, effects] = this.#core.stepProcess(state, input);
    const { timers } = this.#core.saveProcess(next);
    const told = effects.map((effect): ProcessEffect => {
      if (effect.type !== 'arm') return effect;
      const isKnown = timers[effect.name]?.generation === effect.generation;
      return {
        ...effect,
        generation: isKnown ? processGenerationOf(effect.name) : NO_GENERATION,
        at: effect.at - input.now,
      };
    });
    return { number: this.#steps.length, before, after: this.#intern(next), input, effects: told };
  }

  #intern(state: ProcessState): number {
    const seen = this.#core.abstractProcess(state);
    const saved = normalProcess(this.#core.saveProcess(state));
    const text = JSON.stringify({ ...saved, config: null });
    const number = this.locals.numberOf(JSON.stringify(seen), () => {
      return { state: this.#core.restoreProcess(saved, 0)[0], seen, text };
    });
    // Else two states with different futures would be explored as one.
    const known = this.locals.at(number).text;
    if (known !== text) throw new Error(`abstract tells these alike, and they are not:\n${known}\n${text}`);
    return number;
  }
}

function toInput(
  happening: ProcessHappening,
  timers: ReturnType<CoreUnderTest['saveProcess']>['timers'],
): ProcessInput {
  if (happening.type !== 'elapsed') return { ...happening, now: 0 };
  const { name, isKnown } = happening;
  return {
    type: 'elapsed',
    name,
    generation: isKnown ? processGenerationOf(name) : NO_GENERATION,
    now: timers[name]?.at ?? 0,
  };
}
