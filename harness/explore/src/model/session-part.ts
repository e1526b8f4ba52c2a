import type { Config, Effect, Input, Json, State } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import type { CoreUnderTest } from '../core-under-test.js';
import { type Exercise, exerciseOf } from './coverage.js';
import type { Happening } from './happening.js';
import { ABSENT, Interner, PairTable } from './intern.js';
import { FIRST_ID, FIRST_KEY, generationOf, NO_GENERATION, normalForm, TIMERS } from './normal-form.js';
import { type Names, type Naming, naming, outward, type Speaker, toInput, toldInput } from './session-names.js';
import { freeSlot, type Role, type Slots } from './wire-ids.js';

/** One state of a session's core in its normal form, with the names that the world has for what it knows. */
export interface SessionLocal {
  readonly state: State;
  readonly saved: Saved;
  readonly names: Names;
  /** What `abstract` tells of it, and the number of that. */
  readonly seen: Json;
  readonly seenNumber: number;
  /** The wire ids that it knows. */
  readonly slots: Slots;
  /** The handles that it knows, as bits. */
  readonly handles: number;
  /** All that the core keeps, as text. */
  readonly text: string;
}

/** What happened to a session and what it asked for, as the world tells it. */
export interface Deed {
  readonly number: number;
  readonly happening: Happening;
  readonly input: Input;
  readonly effects: readonly Effect[];
}

/** What one step of a core came to. */
export interface SessionStep {
  readonly number: number;
  /** The local state before it. */
  readonly before: number;
  /** The local state after it. */
  readonly after: number;
  /** The number of its {@link Deed}. */
  readonly deed: number;
}

/** Tells what is in use in the world, as bits; asked only where a step brings up something new. */
export interface NamesInUse {
  slots(): number;
  handles(): number;
}

/** The core of one side: each of its local states is stepped once for each thing that can happen to it. */
export class SessionPart {
  readonly config: Config;
  readonly locals = new Interner<SessionLocal>();
  readonly happenings = new Interner<Happening>();
  readonly deeds = new Interner<Deed>();
  readonly #seen = new Interner<Json>();
  readonly #core: CoreUnderTest;
  readonly #speaker: Speaker;
  readonly #drafts: Draft[] = [];
  readonly #draftOf = new PairTable();
  #steps = 0;
  #opened: number | undefined;

  constructor(core: CoreUnderTest, config: Config, theirIds: Speaker['theirIds']) {
    this.#core = core;
    this.config = config;
    this.#speaker = { role: config.role, theirIds };
  }

  get role(): Role {
    return this.#speaker.role;
  }

  /**
   * Before anything happened.
   *
   * @throws {Error} when a core begins by asking for more than its channel.
   */
  open(): number {
    this.#opened ??= this.#begin();
    return this.#opened;
  }

  #begin(): number {
    const [state, effects] = this.#core.open(this.config, 0);
    if (effects.some(({ type }) => type !== 'openChannel'))
      throw new Error(`it begins with ${JSON.stringify(effects)}`);
    const nameless: Naming = () => 0;
    return this.#intern(this.#core.save(state), this.#core.abstract(state), nameless, nameless);
  }

  /** The number of something that can happen. */
  happening(happening: Happening): number {
    return this.happenings.numberOf(JSON.stringify(happening), () => happening);
  }

  /** What comes of it when something happens in a local state. What is new gets the smallest names that are free. */
  step(local: number, happening: number, inUse: NamesInUse): SessionStep {
    const draft = this.#draft(local, happening);
    if (draft.isPlain) {
      draft.step ??= this.#finish(draft, [], []);
      return draft.step;
    }
    const ids = free(draft.newIds, inUse.slots());
    const handles = free(draft.newHandles, inUse.handles());
    const chosen = [...ids, ...handles].join();
    let step = draft.steps.get(chosen);
    if (step === undefined) {
      step = this.#finish(draft, ids, handles);
      draft.steps.set(chosen, step);
    }
    return step;
  }

  /** What has happened to the core in which states of its machine. */
  exercises(): readonly Exercise[] {
    return this.#drafts.map(({ before, deed }) => exerciseOf(this.role, this.locals.at(before).seen, deed.happening));
  }

  #draft(local: number, happening: number): Draft {
    const known = this.#draftOf.get(local, happening);
    if (known !== ABSENT) return this.#drafts[known] as Draft;
    const draft = this.#take(local, this.happenings.at(happening));
    this.#draftOf.set(local, happening, this.#drafts.length);
    this.#drafts.push(draft);
    return draft;
  }

  #take(before: number, happening: Happening): Draft {
    const { state, saved, names } = this.locals.at(before);
    const core = this.#core;
    const input = toInput(happening, this.#speaker, names, saved);
    const [next, effects] = core.step(state, input);
    const after = core.save(next);
    const newIds = after.counters.nextId - saved.counters.nextId;
    const newHandles = effects.filter((effect) => effect.type === 'deliver' && effect.item.kind === 'request').length;
    return {
      before,
      deed: {
        happening,
        input: toldInput(happening, input),
        effects: effects.map((one) => normalArming(one, after, input)),
      },
      counters: saved.counters,
      after,
      seen: core.abstract(next),
      newIds,
      newHandles,
      isPlain: newIds === 0 && newHandles === 0,
      step: undefined,
      steps: new Map(),
    };
  }

  #finish(
    { before, deed, counters, after, seen }: Draft,
    ids: readonly number[],
    handles: readonly number[],
  ): SessionStep {
    const { names } = this.locals.at(before);
    const slot = naming(names.ids, FIRST_ID, counters.nextId, ids);
    const handle = namingOfHandles(names, counters.nextPeer, deed.effects, handles);
    const effects = deed.effects.map((effect) => outward(effect, this.#speaker, slot, handle));
    const told = { happening: deed.happening, input: deed.input, effects };
    const { number } = this.deeds.at(this.deeds.numberOf(JSON.stringify(told), (number) => ({ number, ...told })));
    this.#steps += 1;
    return { number: this.#steps, before, after: this.#intern(after, seen, slot, handle), deed: number };
  }

  #intern(saved: Saved, seen: Json, slot: Naming, handle: Naming): number {
    const form = normalForm(saved, slot);
    const names = { ids: form.ids.map(slot), handles: form.keys.map(handle) };
    const { calls, peers, batches } = form.saved;
    const answered = batches.flatMap(([, { answers }]) => answers.map(({ id = null }) => id));
    const theirs = [...peers.flatMap(({ id, token }) => [id, token]), ...answered];
    const key = JSON.stringify([seen, names, calls.map((call) => call.key), theirs]);
    const text = JSON.stringify({ ...form.saved, config: null });
    const number = this.locals.numberOf(key, () => {
      const own = names.ids.reduce((slots, one) => slots | (1 << one), 0);
      const other = this.#speaker.theirIds === 'slots' ? slotsOf(theirs) : 0;
      const slots = this.#speaker.role === 'client' ? { client: own, server: other } : { client: other, server: own };
      const handles = names.handles.reduce((bits, one) => bits | (1 << one), 0);
      const [state] = this.#core.restore(form.saved, 0);
      this.#checkStale(state, seen);
      const seenNumber = this.#seen.numberOf(JSON.stringify(seen), () => seen);
      return { state, saved: form.saved, names, seen, seenNumber, slots, handles, text };
    });
    // Else two states with different futures would be explored as one.
    const known = this.locals.at(number).text;
    if (known !== text) throw new Error(`abstract tells these alike, and they are not:\n${known}\n${text}`);
    return number;
  }

  /** semantics 4: an expiry that was queued before its timer was disarmed or armed anew changes nothing, in any state. */
  #checkStale(state: State, seen: Json): void {
    for (const name of TIMERS) {
      const [next, effects] = this.#core.step(state, {
        type: 'elapsed',
        name,
        generation: NO_GENERATION,
        now: 0,
        heard: 0,
      });
      if (effects.length === 0 && JSON.stringify(this.#core.abstract(next)) === JSON.stringify(seen)) continue;
      throw new Error(`a stale expiry of ${name} is felt in ${JSON.stringify(seen)}`);
    }
  }
}

/** A step before what is new in it has a name. */
interface Draft {
  readonly before: number;
  readonly deed: Omit<Deed, 'number'>;
  readonly counters: Saved['counters'];
  readonly after: Saved;
  readonly seen: Json;
  /** How many ids and handles are new. */
  readonly newIds: number;
  readonly newHandles: number;
  readonly isPlain: boolean;
  /** What it came to: where nothing is new, and else by the names that were chosen. */
  step: SessionStep | undefined;
  readonly steps: Map<string, SessionStep>;
}

/** A timer is armed under the generation that its normal form has, and 0 where the core does not know it; `at` counts from now. */
function normalArming(effect: Effect, { timers }: Saved, { now }: Input): Effect {
  if (effect.type !== 'arm') return effect;
  const isKnown = timers[effect.name]?.generation === effect.generation;
  return { ...effect, generation: isKnown ? generationOf(effect.name) : NO_GENERATION, at: effect.at - now };
}

function free(count: number, used: number): readonly number[] {
  const slots: number[] = [];
  for (let taken = used; slots.length < count; ) {
    const slot = freeSlot(taken);
    slots.push(slot);
    taken |= 1 << slot;
  }
  return slots;
}

/** New handles are named in the order of delivery: the core numbers batches by the same counter. */
function namingOfHandles(
  { handles }: Names,
  next: number,
  effects: readonly Effect[],
  added: readonly number[],
): Naming {
  const keys = effects.flatMap((effect) =>
    effect.type === 'deliver' && effect.item.kind === 'request' ? [effect.item.key] : [],
  );
  return (key) => (key < next ? (handles[key - FIRST_KEY] ?? 0) : (added[keys.indexOf(key)] ?? 0));
}

function slotsOf(ids: readonly Json[]): number {
  return ids.reduce<number>((slots, id) => (typeof id === 'number' ? slots | (1 << id) : slots), 0);
}
