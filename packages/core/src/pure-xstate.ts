/**
 * Turns an XState 5 machine into a pure stepper. No other file knows how XState works inside.
 *
 * What it relies on, and a test pins: `machine.transition(snapshot, event, scope)` reports each action to
 * `scope.actionExecutor` instead of running it; `after` reports `xstate.raise` with a delay on entry and
 * `xstate.cancel` on exit; the expiry of a timer is the event `xstate.after.<delay>.<state id>`.
 */
import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  type StateValue,
} from 'xstate';
import type { Json } from './json.js';
import { checkMachine } from './machine-checks.js';

/** The least an action is: a name, and the parameters that the machine's literal gives it. */
export interface NamedAction {
  readonly name: string;
  readonly params: unknown;
}

/** What a step asks for, in machine order: exit (its timer disarmed), transition, entry (its timer armed). */
export type PureAction<TAction extends NamedAction, TDelay extends string> =
  | ({ readonly type: 'action' } & TAction)
  | { readonly type: 'arm' | 'disarm'; readonly delay: TDelay };

/** A machine's state between two steps; immutable. */
export interface Snapshot<TContext> {
  readonly value: StateValue;
  readonly context: TContext;
  /** `done` once a final state was reached: events change nothing any more. */
  readonly status: 'active' | 'done' | 'error' | 'stopped';
}

/** A snapshot as JSON. Armed timers are not in it: whoever keeps the clock keeps them. */
export interface SavedSnapshot<TContext> {
  readonly value: Json;
  readonly context: TContext;
  readonly done: boolean;
}

/** The types of one machine, which XState's own do not yield in this form. */
export interface MachineTypes {
  readonly context: object;
  readonly event: { readonly type: string };
  readonly action: NamedAction;
  readonly delay: string;
  readonly tag: string;
}

type Step<T extends MachineTypes> = readonly [Snapshot<T['context']>, readonly PureAction<T['action'], T['delay']>[]];

/** One machine as pure functions; nothing is kept between two calls. */
export interface PureMachine<T extends MachineTypes> {
  /** The initial state and what entering it asks for. */
  start(): Step<T>;
  /**
   * @throws {Error} for an event that the machine's literal does not name. Event types are a closed set: XState obeys
   *   `xstate.*` from anybody and remembers each new type for ever, so nothing a peer controls may become one.
   */
  step(snapshot: Snapshot<T['context']>, event: T['event']): Step<T>;
  /** The timer of that name ran out; without effect where no state waits for it. `facts` are there for guards to read. */
  elapse(snapshot: Snapshot<T['context']>, delay: T['delay'], facts?: object): Step<T>;
  /** The present state as a path such as `spawning.wanted`; those of parallel regions are joined by ` & `. */
  path(snapshot: Snapshot<T['context']>): string;
  /** The tags of the present state and its ancestors. */
  tags(snapshot: Snapshot<T['context']>): ReadonlySet<T['tag']>;
  save(snapshot: Snapshot<T['context']>): SavedSnapshot<T['context']>;
  /** @throws {Error} for a state that the machine does not have. */
  restore(saved: SavedSnapshot<T['context']>): Snapshot<T['context']>;
}

/** A machine as its literal makes it. */
export type Machine = AnyStateMachine;

/** More microsteps than any machine here takes in one step; XState's own bound is infinite. */
const MAX_MICROSTEPS = 100;

/**
 * Makes the pure stepper of a machine.
 *
 * @throws {Error} when the machine has something that cannot be stepped purely or restored from JSON; see
 *   `checkMachine`.
 */
export function purify<T extends MachineTypes>(machine: Machine): PureMachine<T> {
  checkMachine(machine);
  machine.options.maxIterations = MAX_MICROSTEPS;
  const nodes = listNodes(machine.root);
  const delayOf = new Map(nodes.flatMap((node) => node.after.map((t) => [t.eventType, String(t.delay)])));
  const eventOf = new Map([...delayOf].map(([type, delay]) => [delay, type]));
  const eventTypes = new Set(nodes.flatMap((node) => Object.keys(node.config.on ?? {})));
  const tagsOf = new Map(nodes.map((node) => [node.path.join('.'), tagsAt(node)]));
  const scope = createScope(machine, delayOf);

  /** The caller's type is what this machine makes: XState's own type for it cannot be written down here. */
  const advance = (snapshot: Snapshot<T['context']>, event: { readonly type: string }): Step<T> => {
    if (snapshot.status !== 'active') return [snapshot, []];
    const run = () => machine.transition(snapshot as AnyMachineSnapshot, event, scope.actorScope);
    return scope.collect(run) as unknown as Step<T>;
  };

  return {
    start: () => scope.collect(() => machine.getInitialSnapshot(scope.actorScope)) as unknown as Step<T>,
    step(snapshot, event) {
      if (!eventTypes.has(event.type)) throw new Error(`${machine.id} has no event ${JSON.stringify(event.type)}`);
      return advance(snapshot, event);
    },
    elapse(snapshot, delay, facts) {
      const type = eventOf.get(delay);
      if (type === undefined) throw new Error(`${machine.id} has no delay ${JSON.stringify(delay)}`);
      return advance(snapshot, { ...facts, type });
    },
    path: (snapshot) => leafPaths(snapshot.value).join(' & '),
    tags: (snapshot) => new Set(leafPaths(snapshot.value).flatMap((path) => tagsOf.get(path) ?? [])),
    save: ({ value, context, status }) => ({ value: value as Json, context, done: status === 'done' }),
    restore: ({ value, context }) =>
      machine.resolveState({ value: value as StateValue, context }) as Snapshot<T['context']>,
  };
}

interface Scope {
  readonly actorScope: AnyActorScope;
  collect(run: () => AnyMachineSnapshot): readonly [AnyMachineSnapshot, readonly PureAction<NamedAction, string>[]];
}

/** One inert scope for all steps: XState's exported `transition` builds a new actor and system for each. */
function createScope(machine: AnyStateMachine, delayOf: ReadonlyMap<string, string>): Scope {
  let collected: PureAction<NamedAction, string>[] = [];
  const self = createActor(machine);
  const ignore = () => {};
  const actorScope: AnyActorScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: ignore,
    defer: ignore,
    emit: ignore,
    stopChild: ignore,
    actionExecutor: ({ type, params }) => {
      const action = toPureAction(type, params, delayOf);
      if (action) collected.push(action);
    },
  };
  return {
    actorScope,
    collect(run) {
      collected = [];
      const snapshot = run();
      if (snapshot.status === 'error') throw snapshot.error;
      return [snapshot, collected];
    },
  };
}

interface TimerParams {
  readonly event?: { readonly type: string };
  readonly delay?: number;
  readonly sendId?: string;
}

/** Null for a raise without delay: XState reports it although it was already processed. */
function toPureAction(
  type: string,
  params: unknown,
  delayOf: ReadonlyMap<string, string>,
): PureAction<NamedAction, string> | null {
  if (type !== 'xstate.raise' && type !== 'xstate.cancel') return { type: 'action', name: type, params };
  const { event, delay, sendId } = params as TimerParams;
  if (type === 'xstate.raise' && delay === undefined) return null;
  const name = delayOf.get((type === 'xstate.raise' ? event?.type : sendId) ?? '');
  if (name === undefined) throw new Error(`a timer that no \`after\` declares: ${JSON.stringify(params)}`);
  return { type: type === 'xstate.raise' ? 'arm' : 'disarm', delay: name };
}

function listNodes(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(listNodes)];
}

function tagsAt(node: AnyStateNode): readonly string[] {
  return [...node.tags, ...(node.parent ? tagsAt(node.parent) : [])];
}

function leafPaths(value: StateValue): string[] {
  if (typeof value === 'string') return [value];
  // A region without states of its own has the value {}.
  if (Object.keys(value).length === 0) return [''];
  return Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined ? [] : leafPaths(inner).map((path) => (path === '' ? key : `${key}.${path}`)),
  );
}
