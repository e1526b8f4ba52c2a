import { readClock } from '../duration.js';
import type { Json } from '../json.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import { type Machine, type PureAction, type PureMachine, purify, type Snapshot } from '../pure-xstate.js';
import type { ProcessAction } from './actions.js';
import { readConfig } from './config.js';
import type {
  ProcessConfig,
  ProcessContext,
  ProcessEffect,
  ProcessInput,
  ProcessPhase,
  ProcessState,
  ProcessTimer,
  ProcessTimers,
  SavedProcess,
} from './contract.js';
import { type ProcessEvent, processMachine } from './machine.js';

/**
 * The life of one process before its start.
 *
 * @param config the durations in ms; the state keeps a copy.
 * @param now monotonic, in ms, on the clock of every later input.
 * @throws {LocalProtocolError} for a duration or a clock that no timer could keep.
 */
export function openProcess(config: ProcessConfig, now: number): ProcessState {
  return openProcessOn(MACHINE, config, now);
}

/** The same on a machine of one's own. */
export function openProcessOn(machine: PureProcess, config: ProcessConfig, now: number): ProcessState {
  const [snapshot] = machine.start();
  return seal({ machine, config: readConfig(config), snapshot, timers: {}, generation: 0, now: readClock(now) });
}

/**
 * One input: the next state, and what to do, in order.
 *
 * Total: an input that means nothing in a state changes nothing but the clock, and asks for nothing.
 *
 * @throws {LocalProtocolError} for what is no input in any state.
 */
export function step(state: ProcessState, input: ProcessInput): readonly [ProcessState, readonly ProcessEffect[]] {
  const live = { ...unseal(state), now: Math.max(unseal(state).now, readClock(input.now)) };
  if (input.type !== 'elapsed') return settle(live, live.machine.step(live.snapshot, toEvent(input)));
  if (live.timers[input.name]?.generation !== input.generation) return [seal(live), []];
  const timers = without(live.timers, input.name);
  return settle({ ...live, timers }, live.machine.elapse(live.snapshot, input.name));
}

/** The state as JSON. */
export function save(state: ProcessState): SavedProcess {
  const { machine, snapshot, ...rest } = unseal(state);
  return { format: 1, role: 'process', machine: machine.save(snapshot), ...rest };
}

/**
 * A saved state on a new clock: every due time moves with it, and the effects arm the timers again.
 *
 * @throws {LocalProtocolError} for another format, {Error} for a state that the machine does not have.
 */
export function restore(saved: SavedProcess, now: number): readonly [ProcessState, readonly ProcessEffect[]] {
  return restoreProcessOn(MACHINE, saved, now);
}

/** The same on a machine of one's own. */
export function restoreProcessOn(
  machine: PureProcess,
  saved: SavedProcess,
  now: number,
): readonly [ProcessState, readonly ProcessEffect[]] {
  if (saved.format !== 1 || saved.role !== 'process') throw new LocalProtocolError('not a saved process of format 1');
  const shift = readClock(now) - saved.now;
  const armed = TIMERS.flatMap((name) => {
    const timer = saved.timers[name];
    return timer ? [{ name, generation: timer.generation, at: timer.at + shift }] : [];
  });
  const timers = Object.fromEntries(armed.map(({ name, ...timer }) => [name, timer]));
  const snapshot = machine.restore(saved.machine);
  const { generation } = saved;
  const state = seal({ machine, config: readConfig(saved.config), snapshot, timers, generation, now });
  return [state, armed.map((timer) => ({ type: 'arm', ...timer }))];
}

/** What an explorer tells states apart by: no clock, no generations, no due times, but which timers are armed. */
export function abstract(state: ProcessState): Json {
  const { machine, snapshot, timers } = unseal(state);
  return { phase: machine.path(snapshot), ...snapshot.context, armed: TIMERS.filter((name) => timers[name]) };
}

/** The machine's present state. */
export function phase(state: ProcessState): ProcessPhase {
  const { machine, snapshot } = unseal(state);
  return machine.path(snapshot) as ProcessPhase;
}

/** Whether the life has ended and `over` was asked for. */
export function isOver(state: ProcessState): boolean {
  const { machine, snapshot } = unseal(state);
  return machine.tags(snapshot).has('over');
}

interface ProcessTypes {
  readonly context: ProcessContext;
  readonly event: ProcessEvent;
  readonly action: ProcessAction;
  readonly delay: ProcessTimer;
  readonly tag: 'over';
}

/** The machine of a process, as pure functions. */
export type PureProcess = PureMachine<ProcessTypes>;

/** Makes a machine with the states, events, actions and delays of a process's pure. */
export function purifyProcess(machine: Machine): PureProcess {
  return purify<ProcessTypes>(machine);
}

const MACHINE = purifyProcess(processMachine);

const TIMERS: readonly ProcessTimer[] = ['drain', 'grace', 'term', 'reap'];

interface Live {
  readonly machine: PureProcess;
  readonly config: ProcessConfig;
  readonly snapshot: Snapshot<ProcessContext>;
  readonly timers: ProcessTimers;
  readonly generation: number;
  readonly now: number;
}

function seal(live: Live): ProcessState {
  return live as unknown as ProcessState;
}

function unseal(state: ProcessState): Live {
  return state as unknown as Live;
}

/** Named one by one, so that no string from outside ever becomes an event type. */
function toEvent(input: Exclude<ProcessInput, { readonly type: 'elapsed' }>): ProcessEvent {
  switch (input.type) {
    case 'start':
    case 'close':
    case 'kill':
    case 'spawned':
    case 'outputEnded':
    case 'inputBroken':
    case 'groupGone':
      return { type: input.type };
    case 'spawnFailed':
      return { type: 'spawnFailed', code: input.code };
    case 'exited':
      return { type: 'exited', code: input.code, signal: input.signal };
    default:
      throw new LocalProtocolError(`no input of a process: ${JSON.stringify(input satisfies never)}`);
  }
}

type Asked = readonly [Snapshot<ProcessContext>, readonly PureAction<ProcessAction, ProcessTimer>[]];

/** Turns what the machine asks for into effects, and keeps the timers. */
function settle(before: Live, [snapshot, asked]: Asked): readonly [ProcessState, readonly ProcessEffect[]] {
  let { timers, generation } = before;
  const effects: ProcessEffect[] = [];
  for (const action of asked) {
    if (action.type === 'action') {
      effects.push(toEffect(action, snapshot.context));
    } else if (action.type === 'arm') {
      generation += 1;
      const timer = { generation, at: before.now + before.config[`${action.delay}Ms`] };
      timers = { ...timers, [action.delay]: timer };
      effects.push({ type: 'arm', name: action.delay, ...timer });
    } else if (timers[action.delay]) {
      // The timer that has just run out is not armed any more: there is nothing to disarm.
      timers = without(timers, action.delay);
      effects.push({ type: 'disarm', name: action.delay });
    }
  }
  return [seal({ ...before, snapshot, timers, generation }), effects];
}

function toEffect(action: ProcessAction, context: ProcessContext): ProcessEffect {
  switch (action.name) {
    case 'spawn':
    case 'endInput':
    case 'watchGroup':
    case 'stopReading':
      return { type: action.name };
    case 'signalGroup':
      return { type: 'signalGroup', signal: action.params.signal };
    case 'over': {
      const { code = null, signal = null } = context.exit ?? {};
      return { type: 'over', how: action.params.how, code, signal, spawnError: context.spawnError };
    }
  }
}

function without(timers: ProcessTimers, name: ProcessTimer): ProcessTimers {
  const { [name]: _, ...rest } = timers;
  return rest;
}
