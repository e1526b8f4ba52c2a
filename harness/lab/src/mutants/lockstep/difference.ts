import type { Json } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';

/**
 * One configuration in which two cores are compared, and all that may happen there.
 *
 * @typeParam S a core's state. @typeParam I an input.
 */
export interface Setting<S, I> {
  /** In words, as a difference is told with it. */
  readonly name: string;
  /** The life of that configuration on a core. */
  lifeOn(core: CoreUnderTest): Life<S, I>;
  /**
   * Every input that is tried in a state, by name, made for that state: legal ones and illegal ones, and each timer that is armed
   * running out when it is due. Within bounds: few calls, few pings.
   *
   * @param saved what `save` tells of the state.
   */
  inputs(saved: object): readonly (readonly [name: string, input: I])[];
}

/** What a life is stepped by. */
export interface Life<S, I> {
  begin(): readonly [S, readonly object[]];
  step(state: S, input: I): readonly [S, readonly object[]];
  save(state: S): object;
  abstract(state: S): Json;
  /** What whoever asks is told of the state, beside what it asked for. */
  read(state: S): object;
  /** What tells states apart, as JSON, and what the bounds count. */
  identify(state: S): string;
}

/** What two cores were found to differ in, or how far they were found not to. */
export interface Comparison {
  /** The shortest sequence of inputs after which they differ, in words; null where none was found. */
  readonly difference: string | null;
  /** Pairs of states that were met. */
  readonly pairs: number;
  /** Whether every pair was met that the alphabet leads to: without a difference, the two are equivalent within it. */
  readonly isComplete: boolean;
}

interface Pair<S> {
  readonly ours: S;
  readonly theirs: S;
  readonly by: Step<S> | null;
}

interface Step<S> {
  readonly from: Pair<S>;
  readonly name: string;
}

/**
 * Explores two cores side by side, breadth first: in every pair of states that the same inputs lead to, each input of the
 * setting is given to both, and both must ask for the same. Generations of timers may differ; they mean nothing by themselves.
 *
 * @param limit how many pairs may be met before it gives up.
 */
export function compare<S, I>(
  setting: Setting<S, I>,
  core: CoreUnderTest,
  other: CoreUnderTest,
  limit: number,
): Comparison {
  const [ours, theirs] = [setting.lifeOn(core), setting.lifeOn(other)];
  const [[first, effects], [second, others]] = [ours.begin(), theirs.begin()];
  const told = (what: string): string => `${setting.name}: ${what}`;
  if (differ(effects, others)) return { difference: told('at once'), pairs: 1, isComplete: true };
  const start: Pair<S> = { ours: first, theirs: second, by: null };
  const waiting = [start];
  const met = new Set([identify(start, ours, theirs)]);
  // The list grows while it is walked.
  for (const pair of waiting) {
    for (const [name, input] of setting.inputs(ours.save(pair.ours))) {
      const next = stepBoth(pair, name, input, ours, theirs);
      if (next === null) return { difference: told(path({ from: pair, name })), pairs: met.size, isComplete: true };
      const key = identify(next, ours, theirs);
      if (met.has(key)) continue;
      if (met.size === limit) return { difference: null, pairs: limit, isComplete: false };
      met.add(key);
      waiting.push(next);
    }
  }
  return { difference: null, pairs: met.size, isComplete: true };
}

/** Null where they differ. Both may refuse an input by throwing; what one throws and the other takes is a difference. */
function stepBoth<S, I>(pair: Pair<S>, name: string, input: I, ours: Life<S, I>, theirs: Life<S, I>): Pair<S> | null {
  const one = attempt(() => ours.step(pair.ours, input));
  const other = attempt(() => theirs.step(pair.theirs, withGeneration(input, theirs.save(pair.theirs))));
  if (one === null || other === null) return one === other ? pair : null;
  if (differ(one[1], other[1]) || differ([ours.read(one[0])], [theirs.read(other[0])])) return null;
  return { ours: one[0], theirs: other[0], by: { from: pair, name } };
}

function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** An expiry is made for our state; theirs may have counted its armings otherwise. */
function withGeneration<I>(input: I, saved: object): I {
  const { type, name } = input as { readonly type: string; readonly name?: string };
  if (type !== 'elapsed' || name === undefined) return input;
  const { timers } = saved as { readonly timers: Readonly<Record<string, { readonly generation: number }>> };
  return { ...input, generation: timers[name]?.generation ?? -1 };
}

function differ(some: readonly object[], others: readonly object[]): boolean {
  if (some.length !== others.length) return true;
  return some.length > 0 && textOf(some) !== textOf(others);
}

/**
 * Effects as far as anybody may count on their order, without generations. Timers are kept beside all else. A report changes
 * nothing by itself, so its place in a step says nothing. Those whose calls settle and those whose handlers are aborted are
 * different people.
 */
function textOf(effects: readonly object[]): string {
  const typed = effects as readonly { readonly type?: string }[];
  const timers = typed.filter(({ type }) => type === 'arm' || type === 'disarm');
  const reports = typed.filter(({ type }) => type === 'report');
  const rest = typed.filter((one) => !timers.includes(one) && !reports.includes(one));
  const ordered = settlesFirst(rest);
  return JSON.stringify([timers, reports, ordered], (key, value) => (key === 'generation' ? undefined : value));
}

/** Within each run of settles and aborts. */
function settlesFirst<E extends { readonly type?: string }>(effects: readonly E[]): readonly E[] {
  const ordered: E[] = [];
  let aborts: E[] = [];
  for (const effect of effects) {
    if (effect.type === 'abort') aborts.push(effect);
    else if (effect.type === 'settle') ordered.push(effect);
    else {
      ordered.push(...aborts, effect);
      aborts = [];
    }
  }
  return [...ordered, ...aborts];
}

function identify<S, I>({ ours, theirs }: Pair<S>, one: Life<S, I>, other: Life<S, I>): string {
  return `${one.identify(ours)}\n${other.identify(theirs)}`;
}

function path<S>({ from, name }: Step<S>): string {
  const names = [name];
  for (let pair = from; pair.by !== null; pair = pair.by.from) names.unshift(pair.by.name);
  return names.join(', ');
}
