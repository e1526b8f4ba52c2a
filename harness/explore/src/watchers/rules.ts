import type { Observation } from '../contract.js';
import type { Reading, Source, WatcherGroup } from './group.js';

/** What a rule says of one step: nothing, since it is not about such a step; that it is right; or what is wrong. */
export type Judged = null | 'right' | { readonly wrong: string };

/** That something is wrong, in words. */
export function wrong(what: string): Judged {
  return { wrong: what };
}

/** Something that each step shows by itself, or together with what came before. */
export interface Rule<T> {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  judge(step: T): Judged;
}

/** What rules remember in common. */
export interface RulesState<V> {
  readonly view: V;
  /** The rules that were put to the question, in the order of the list. */
  readonly seen: readonly string[];
  /** What each broken rule saw. Nothing is judged after the first break: what follows from one fault is no other. */
  readonly wrong: Readonly<Record<string, string>>;
}

/** How the steps that rules judge are made of observations. */
export interface Viewing<V, T> {
  readonly initial: V;
  /** The step, with what was known before; null for what is no step of the part in question. */
  stepOf(view: V, observation: Observation): T | null;
  /** What is known after it. */
  after(step: T): V;
  /** Whether nothing more can come of the part, since it is known to be dead. */
  isDead(observation: Observation): boolean;
}

/** Makes one group of rules over one view. */
export function watchRules<V, T>(viewing: Viewing<V, T>, rules: readonly Rule<T>[]): WatcherGroup<RulesState<V>> {
  const initial: RulesState<V> = { view: viewing.initial, seen: [], wrong: {} };
  const readings = rules.map(
    ({ id, title, source }): Reading<RulesState<V>> => ({
      ...{ id, title, source },
      violation: ({ wrong }) => wrong[id] ?? null,
      triggered: ({ seen }) => seen.includes(id),
    }),
  );
  return {
    initial,
    readings,
    forget: (state) => (state.seen.length === 0 ? state : { ...state, seen: [] }),
    see: (state, observation) => {
      if (Object.keys(state.wrong).length > 0) return state;
      if (viewing.isDead(observation)) return { ...state, view: viewing.initial };
      const step = viewing.stepOf(state.view, observation);
      return step === null ? state : judgeAll(viewing, rules, state, step);
    },
  };
}

function judgeAll<V, T>(
  viewing: Viewing<V, T>,
  rules: readonly Rule<T>[],
  state: RulesState<V>,
  step: T,
): RulesState<V> {
  const wrong: Record<string, string> = {};
  const met = new Set(state.seen);
  for (const rule of rules) {
    const judged = rule.judge(step);
    if (judged === null) continue;
    met.add(rule.id);
    if (judged !== 'right') wrong[rule.id] = judged.wrong;
  }
  const seen = met.size === state.seen.length ? state.seen : rules.map(({ id }) => id).filter((id) => met.has(id));
  if (Object.keys(wrong).length > 0) return { view: viewing.initial, seen, wrong };
  return { view: viewing.after(step), seen, wrong: state.wrong };
}
