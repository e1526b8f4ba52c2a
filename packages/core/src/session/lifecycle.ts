import { type ClientContext, type ClientEvent, clientMachine } from '../client/machine.js';
import type { Phase, TimerName } from '../contract.js';
import type { Role } from '../method.js';
import { type Machine, type PureMachine, purify } from '../pure-xstate.js';
import { type ServerContext, type ServerEvent, serverMachine } from '../server/machine.js';
import type { SessionAction } from './machine-actions.js';

/** What either machine remembers. */
export type SessionContext = ClientContext | ServerContext;

/** What either machine hears. */
export type SessionEvent = ClientEvent | ServerEvent;

/** What a state allows or waits for; each has a reader in this folder. */
export type Tag =
  /** Our requests may go out. */
  | 'mayCall'
  | 'mayPing'
  /** Log messages may go out. */
  | 'mayLog'
  /** Requests of the peer are answered. */
  | 'mayAnswer'
  /** A server serves more than `initialize` and pings. */
  | 'mayServe'
  | 'mayInitialize'
  /** What comes in counts. */
  | 'hears'
  | 'awaitsAnswer'
  | 'awaitsInitialized'
  | 'awaitsSign'
  | 'awaitsHandlers'
  | 'over';

/** The delays of the machines; `calls` is no state's, but the calls table's. */
export type Delay = Exclude<TimerName, 'calls'>;

interface SessionTypes {
  readonly context: SessionContext;
  readonly event: SessionEvent;
  readonly action: SessionAction;
  readonly delay: Delay;
  readonly tag: Tag;
}

/** The machine of a role, as pure functions. */
export type Lifecycle = PureMachine<SessionTypes>;

/** Makes a machine with the states, events, actions and delays of a client's or a server's pure. */
export function purifyLifecycle(machine: Machine): Lifecycle {
  return purify<SessionTypes>(machine);
}

const LIFECYCLES: { readonly [R in Role]: Lifecycle } = {
  client: purifyLifecycle(clientMachine),
  server: purifyLifecycle(serverMachine),
};

/** The machine of a role. */
export function lifecycleOf(role: Role): Lifecycle {
  return LIFECYCLES[role];
}

const PHASES: Readonly<Record<string, Phase>> = {
  idle: 'opening',
  'starting.opening': 'opening',
  'starting.negotiating': 'negotiating',
  'serving.listening': 'opening',
  'serving.answered': 'negotiating',
  'serving.ready': 'ready',
  ready: 'ready',
  hearingOut: 'closing',
  closing: 'closing',
  finishing: 'closing',
  draining: 'closing',
  closed: 'closed',
  exited: 'closed',
  crashed: 'closed',
  killed: 'closed',
};

/** Where a session is in its life, by the path of its machine's state: the longest prefix that has a phase. */
export function phaseOf(path: string): Phase {
  for (let prefix = path; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('.')))) {
    const phase = PHASES[prefix];
    if (phase !== undefined) return phase;
  }
  throw new Error(`no phase for the state ${path}`);
}
