import type { AnyStateMachine } from 'xstate';

/**
 * Refuses a machine that could not be stepped purely, drawn, or restored from JSON.
 *
 * - Each `after` names a known delay with a number behind it (an unknown one would fire at once), and each delay
 *   belongs to exactly one state, so that its name alone says which timer it is.
 * - Actions and guards are known names, without inline functions; of XState's built-in actions only `assign` and
 *   `raise` without delay; no `invoke`, no history, no computed context: nothing that lives outside the snapshot.
 * - Event types are plain words: no wildcards, no dots, nothing that could be XState's own.
 * - At most one region of a parallel state has `always`: in several, the order in which they fire depends on the path
 *   taken, so the same state would step differently after a restore.
 *
 * @throws {Error} naming everything that is wrong.
 */
export function checkMachine(machine: AnyStateMachine): void {
  const root: StateLiteral = machine.config as StateLiteral;
  const states = listStates(machine.id, root);
  const faults = [
    ...(typeof machine.config.context === 'function' ? ['its context is computed'] : []),
    ...states.flatMap(({ path, literal }) => checkState(literal, machine.implementations).map((f) => `${path}: ${f}`)),
    ...checkDelays(states, Object.keys(machine.implementations.delays ?? {})),
    ...Object.entries(machine.implementations.delays ?? {}).flatMap(([name, value]) =>
      typeof value === 'number' ? [] : [`delay "${name}" has no number behind it`],
    ),
    ...Object.entries(machine.implementations.actions ?? {}).flatMap(([name, action]) => checkBuiltin(name, action)),
    ...Object.entries(machine.implementations.guards ?? {}).flatMap(([name, guard]) =>
      typeof guard === 'function' && 'check' in guard ? [`guard "${name}" is a combination`] : [],
    ),
  ];
  if (faults.length > 0) throw new Error(`machine ${machine.id} cannot be stepped purely:\n- ${faults.join('\n- ')}`);
}

/** The parts of a machine's literal that are looked at: one state, or the machine itself. */
interface StateLiteral {
  readonly type?: string;
  readonly history?: unknown;
  readonly invoke?: unknown;
  readonly initial?: unknown;
  readonly states?: Readonly<Record<string, StateLiteral>>;
  readonly on?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly always?: unknown;
  readonly onDone?: unknown;
  readonly entry?: unknown;
  readonly exit?: unknown;
}

interface Implementations {
  readonly actions?: object;
  readonly guards?: object;
}

interface ListedState {
  readonly path: string;
  readonly literal: StateLiteral;
}

function listStates(path: string, literal: StateLiteral): ListedState[] {
  const inner = Object.entries(literal.states ?? {});
  return [{ path, literal }, ...inner.flatMap(([key, state]) => listStates(`${path}.${key}`, state))];
}

function checkState(literal: StateLiteral, known: Implementations): string[] {
  const transitions = [
    ...[...Object.values(literal.on ?? {}), ...Object.values(literal.after ?? {})].flatMap(toList),
    ...toList(literal.always),
    ...toList(literal.onDone),
    ...toList(literal.initial),
  ].filter((transition) => typeof transition === 'object' && transition !== null);
  const actions = [literal.entry, literal.exit, ...transitions.map((t) => ('actions' in t ? t.actions : []))];
  const guards = transitions.flatMap((t) => ('guard' in t && t.guard !== undefined ? [t.guard] : []));
  return [
    ...(literal.invoke === undefined ? [] : ['it invokes an actor']),
    ...(literal.type === 'history' || literal.history !== undefined ? ['it is a history state'] : []),
    ...actions.flatMap(toList).flatMap((action) => checkName('action', action, known.actions ?? {})),
    ...guards.flatMap((guard) => checkName('guard', guard, known.guards ?? {})),
    ...Object.keys(literal.on ?? {}).flatMap((type) =>
      /^\w+$/.test(type) ? [] : [`event "${type}" is not a plain word`],
    ),
    ...(literal.type === 'parallel' && countRegionsWithAlways(literal) > 1 ? ['several regions have `always`'] : []),
  ];
}

/** A name, or `{ type, params }` with parameters that are data. */
function checkName(kind: string, reference: unknown, known: object): string[] {
  if (typeof reference === 'function') return [`an inline ${kind}`];
  const name = typeof reference === 'string' ? reference : (reference as { readonly type?: unknown }).type;
  const params = typeof reference === 'string' ? undefined : (reference as { readonly params?: unknown }).params;
  return [
    ...(typeof name === 'string' && Object.hasOwn(known, name) ? [] : [`${kind} "${String(name)}" is unknown`]),
    ...(typeof params === 'function' ? [`${kind} "${String(name)}" has computed parameters`] : []),
  ];
}

function checkBuiltin(name: string, action: unknown): string[] {
  const { type, delay } = action as { readonly type?: unknown; readonly delay?: unknown };
  if (type === undefined || type === 'xstate.assign') return [];
  if (type === 'xstate.raise') return delay === undefined ? [] : [`action "${name}" raises with a delay`];
  return [`action "${name}" is ${String(type)}`];
}

function checkDelays(states: readonly ListedState[], known: readonly string[]): string[] {
  const uses = states.flatMap(({ path, literal }) => Object.keys(literal.after ?? {}).map((name) => ({ path, name })));
  return [
    ...uses.flatMap(({ path, name }) => (known.includes(name) ? [] : [`${path}: delay "${name}" is unknown`])),
    ...known.flatMap((name) => {
      const owners = uses.filter((use) => use.name === name).map((use) => use.path);
      return owners.length === 1 ? [] : [`delay "${name}" belongs to ${owners.join(' and ') || 'no state'}`];
    }),
  ];
}

function countRegionsWithAlways(parallel: StateLiteral): number {
  const regions = Object.entries(parallel.states ?? {});
  const hasAlways = ([key, region]: readonly [string, StateLiteral]) =>
    listStates(key, region).some(({ literal }) => literal.always !== undefined);
  return regions.filter(hasAlways).length;
}

function toList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
