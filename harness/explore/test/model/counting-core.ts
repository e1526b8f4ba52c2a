import type { Config, Effect, Input, Json, State } from '@mcp-lifeline/core';
import { ours } from '../../src/core-under-test.ts';
import { NO_GENERATION } from '../../src/model/normal-form.ts';
import { otherRole, type Role, renameIds, slotOf, wireId } from '../../src/model/wire-ids.ts';

/** Long enough that no other timer comes after them, in ms. */
const DEADLINES = { requestTimeoutMs: 500_000_000, maxTotalTimeoutMs: 2_000_000_000 };

/** From one step to the next, in ms; more where a deadline begins, so that no two of them are looked at together. */
const STEP_MS = 100;
const APART_MS = 1_000_000;

/**
 * A core that is never brought into its normal form: it counts its ids up for ever, and its clock never goes back. It is told what
 * happens to a core of a world in words of its own, and what it asks for is told in the world's.
 */
export class CountingCore {
  readonly #role: Role;
  #state: State;
  #now = 0;
  /** What the world calls our requests and theirs, by the core's numbers: slots and handles, newest last. */
  readonly #slots: Names = [];
  readonly #handles: Names = [];

  constructor(config: Config) {
    this.#role = config.role;
    this.#state = ours.open({ ...config, ...DEADLINES }, 0)[0];
  }

  /** What `abstract` tells of it. */
  get seen(): Json {
    return ours.abstract(this.#state);
  }

  /** Steps it. What is new in the step gets the names that the world gave it: `told` shows them, in their order. */
  step(input: Input, told: readonly Effect[]): readonly Effect[] {
    const [state, effects] = ours.step(this.#state, this.#inputOf(input));
    this.#state = state;
    const [ids, slots] = [requestIdsIn(effects), requestIdsIn(told)];
    for (const [index, id] of ids.entries()) this.#slots.push([id, slotOf(this.#role, slots[index]) ?? 0]);
    const [keys, handles] = [handedOver(effects), handedOver(told)];
    for (const [index, key] of keys.entries()) this.#handles.push([key, handles[index] ?? 0]);
    return effects.map((effect) => this.#told(effect));
  }

  #inputOf(input: Input): Input {
    this.#now += input.type === 'call' || input.type === 'received' ? APART_MS : STEP_MS;
    const now = this.#now;
    switch (input.type) {
      case 'elapsed':
        return this.#expiryOf(input);
      case 'received': {
        const json = renameIds(input.json, otherRole(this.#role), (owner, id) => {
          const slot = owner === this.#role ? slotOf(owner, id) : null;
          return slot === null ? id : (numberOf(this.#slots, slot) ?? id);
        });
        return { ...input, json, now };
      }
      case 'answer':
      case 'progress':
        return { ...input, key: numberOf(this.#handles, input.key) ?? 0, now };
      default:
        return { ...input, now };
    }
  }

  #expiryOf({ name, generation, now, heard }: Extract<Input, { readonly type: 'elapsed' }>): Input {
    const { timers, calls } = ours.save(this.#state);
    const timer = timers[name];
    // The world lets it run out when it is due, or after every deadline.
    const isLate = now > LAST_DEADLINE;
    const last = Math.max(0, ...calls.map(({ due }) => due));
    this.#now = Math.max(this.#now, timer?.at ?? 0, isLate ? last : 0);
    const current = generation === NO_GENERATION ? -1 : (timer?.generation ?? -1);
    return { type: 'elapsed', name, generation: current, now: this.#now, heard: this.#now - (now - heard) };
  }

  #told(effect: Effect): Effect {
    const rename = (owner: Role, id: Json) =>
      owner === this.#role && typeof id === 'number' ? wireId(owner, nameOf(this.#slots, id)) : id;
    switch (effect.type) {
      case 'send':
        return { ...effect, message: renameIds(effect.message, this.#role, rename) };
      case 'deliver':
        if (effect.item.kind !== 'request') return effect;
        return { ...effect, item: { ...effect.item, key: nameOf(this.#handles, effect.item.key) } };
      case 'abort':
        return { ...effect, key: nameOf(this.#handles, effect.key) };
      default:
        return effect;
    }
  }
}

/** In a normal form, in ms: everything that is due comes long before it. */
const LAST_DEADLINE = 1_000_000;

/** Numbers of the core, and what the world calls them. A name is given again once it is free. */
type Names = [number: number, name: number][];

function numberOf(names: Names, name: number): number | undefined {
  return names.findLast(([, one]) => one === name)?.[0];
}

function nameOf(names: Names, number: number): number {
  return names.find(([one]) => one === number)?.[1] ?? 0;
}

/** The ids of the requests that are sent. */
function requestIdsIn(effects: readonly Effect[]): number[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'send' || typeof effect.message !== 'object' || effect.message === null) return [];
    const { id, method } = effect.message as { readonly id?: Json; readonly method?: Json };
    return typeof id === 'number' && method !== undefined ? [id] : [];
  });
}

/** The handles of the requests that are handed to the application. */
function handedOver(effects: readonly Effect[]): number[] {
  return effects.flatMap((effect) =>
    effect.type === 'deliver' && effect.item.kind === 'request' ? [effect.item.key] : [],
  );
}
