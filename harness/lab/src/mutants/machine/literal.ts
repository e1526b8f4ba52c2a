/** An action by its name, with the parameters that the literal gives it. */
export interface ActionLiteral {
  type: string;
  params?: Readonly<Record<string, string>>;
}

/** One transition, or one branch of several that guards choose from. */
export interface BranchLiteral {
  guard?: string;
  target?: string;
  reenter?: boolean;
  actions: ActionLiteral[];
}

/** One state of a machine, or the machine itself, with every short form written out; XState takes it as it is. */
export interface StateLiteral {
  id?: string;
  type?: string;
  initial?: string;
  context?: unknown;
  tags: string[];
  entry: ActionLiteral[];
  exit: ActionLiteral[];
  on: Record<string, BranchLiteral[]>;
  after: Record<string, BranchLiteral[]>;
  states: Record<string, StateLiteral>;
}

/** A state and where it is: the keys of the states that lead to it, none for the machine itself. */
export interface PlacedState {
  readonly path: readonly string[];
  readonly state: StateLiteral;
}

/** A copy of a machine's literal that may be changed, with every short form written out. */
export function readLiteral(config: object): StateLiteral {
  const { id, type, initial, context, tags, entry, exit, on, after, states } = config as LooseState;
  return {
    ...(id === undefined ? {} : { id }),
    ...(type === undefined ? {} : { type }),
    ...(initial === undefined ? {} : { initial }),
    ...(context === undefined ? {} : { context: structuredClone(context) }),
    tags: toList(tags),
    entry: toList(entry).map(readAction),
    exit: toList(exit).map(readAction),
    on: mapValues(on, (branches) => toList(branches).map(readBranch)),
    after: mapValues(after, (branches) => toList(branches).map(readBranch)),
    states: mapValues(states, readLiteral),
  };
}

/** Every state, from the outermost inwards, in the order of the literal. */
export function listStates(state: StateLiteral, path: readonly string[] = []): readonly PlacedState[] {
  const inner = Object.entries(state.states).flatMap(([key, one]) => listStates(one, [...path, key]));
  return [{ path, state }, ...inner];
}

/** @throws {Error} where there is none. */
export function stateAt(root: StateLiteral, path: readonly string[]): StateLiteral {
  return path.reduce((state, key) => known(state.states[key], path.join('.')), root);
}

/** The paths of the states without states of their own: where a machine can be. */
export function leavesOf(root: StateLiteral): readonly (readonly string[])[] {
  return listStates(root).flatMap(({ path, state }) => (Object.keys(state.states).length === 0 ? [path] : []));
}

/** The leaf that a branch of a state leads to; null where it leads nowhere. */
export function leafOf(root: StateLiteral, from: readonly string[], target: string | undefined): string | null {
  if (target === undefined) return null;
  let path = target.startsWith('#') ? pathOfId(root, target.slice(1)) : [...from.slice(0, -1), target];
  for (let { initial } = stateAt(root, path); initial !== undefined; { initial } = stateAt(root, path)) {
    path = [...path, initial];
  }
  return path.join('.');
}

interface LooseState {
  readonly id?: string;
  readonly type?: string;
  readonly initial?: string;
  readonly context?: unknown;
  readonly tags?: string | readonly string[];
  readonly entry?: LooseAction | readonly LooseAction[];
  readonly exit?: LooseAction | readonly LooseAction[];
  readonly on?: Readonly<Record<string, LooseBranch | readonly LooseBranch[]>>;
  readonly after?: Readonly<Record<string, LooseBranch | readonly LooseBranch[]>>;
  readonly states?: Readonly<Record<string, object>>;
}

type LooseAction = string | ActionLiteral;
type LooseBranch = string | (Omit<BranchLiteral, 'actions'> & { readonly actions?: LooseAction | LooseAction[] });

function readAction(action: LooseAction): ActionLiteral {
  return typeof action === 'string' ? { type: action } : { ...action };
}

function readBranch(branch: LooseBranch): BranchLiteral {
  if (typeof branch === 'string') return { target: branch, actions: [] };
  return { ...branch, actions: toList(branch.actions).map(readAction) };
}

function pathOfId(root: StateLiteral, id: string): readonly string[] {
  const [first = '', ...rest] = id.split('.');
  if (first === root.id) return rest;
  const named = listStates(root).find(({ state }) => state.id === first);
  return [...known(named, id).path, ...rest];
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`no state ${what}`);
  return value;
}

function mapValues<V, W>(of: Readonly<Record<string, V>> | undefined, to: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(of ?? {}).map(([key, value]) => [key, to(value)]));
}

function toList<T>(value: T | readonly T[] | undefined): T[] {
  return value === undefined ? [] : Array.isArray(value) ? [...value] : [value as T];
}
