import { abandonPing, settleAllCalls } from '../calls/our-calls.js';
import { abortAllRequests } from '../calls/peer-requests.js';
import type { FaultCode } from '../contract.js';
import { notification, request } from '../message.js';
import type { PureAction, Snapshot } from '../pure-xstate.js';
import type { ExpiryFacts } from './expiry-facts.js';
import { type Delay, phaseOf, type SessionContext, type SessionEvent } from './lifecycle.js';
import type { ExitHow, SessionAction } from './machine-actions.js';
import { arm, ask, disarm, report, send, type Told, type Turn } from './turn.js';

/** Lets the machine hear an event, and does what it asks for. */
export function feed(turn: Turn, event: SessionEvent): void {
  carryOut(turn, turn.lifecycle.step(turn.snapshot, event));
}

/** Tells the machine that one of its timers ran out. */
export function feedExpiry(turn: Turn, delay: Delay): void {
  const { keepaliveMs, misses } = turn.config;
  // A busy peer cannot answer a ping while it works on our calls; these have deadlines of their own.
  const busy = turn.calls.size > 0;
  const facts: ExpiryFacts = {
    quiet: keepaliveMs !== null && turn.now - turn.heard >= keepaliveMs && !busy,
    busy,
    lastMiss: turn.snapshot.context.misses + 1 >= misses,
    forced: turn.path === 'closing.forced',
  };
  carryOut(turn, turn.lifecycle.elapse(turn.snapshot, delay, facts));
}

type Asked = readonly [Snapshot<SessionContext>, readonly PureAction<SessionAction, Delay>[]];

/** Does what a step of the machine asks for, in its order, and tells of a new phase after that. */
export function carryOut(turn: Turn, [snapshot, asked]: Asked): void {
  turn.snapshot = snapshot;
  for (const action of asked) {
    if (action.type === 'action') act(turn, action);
    else if (action.type === 'arm') arm(turn, action.delay, dueOf(turn, action.delay));
    else disarm(turn, action.delay);
  }
  const path = turn.lifecycle.path(snapshot);
  if (path === turn.path) return;
  turn.path = path;
  turn.tags = turn.lifecycle.tags(snapshot);
  const phase = phaseOf(path);
  if (phase === turn.phase) return;
  turn.phase = phase;
  const { why } = snapshot.context;
  ask(turn, { type: 'phase', phase, ...(why === null ? {} : { why }) });
}

function act(turn: Turn, action: SessionAction): void {
  switch (action.name) {
    case 'openChannel':
      ask(turn, { type: 'openChannel' });
      break;
    case 'closeChannel':
      ask(turn, { type: 'closeChannel', mode: action.params.mode });
      break;
    case 'sendInitialize':
      sendInitialize(turn);
      break;
    case 'sendInitialized':
      // lifecycle/initialized-notification
      send(turn, notification('notifications/initialized'), true);
      break;
    case 'sendInitializeResult':
      if (turn.reply !== null) send(turn, turn.reply, true);
      turn.reply = null;
      break;
    case 'sendPing':
      turn.pingId = turn.nextId;
      turn.nextId += 1;
      send(turn, request(turn.pingId, 'ping'), true);
      break;
    case 'forgetPing':
      abandonPing(turn);
      break;
    case 'settleAll':
      settleAllCalls(turn);
      break;
    case 'abortAll':
      abortAllRequests(turn);
      break;
    case 'cleanUp':
      ask(turn, { type: 'cleanUp', why: turn.snapshot.context.why ?? 'asked' });
      break;
    case 'exit':
      turn.exitCode = exitCodeOf(turn, action.params.how);
      break;
    case 'report':
      report(turn, TOLD[action.params.code] ?? { code: action.params.code, expected: '', got: '' });
      break;
  }
}

/** It offers the newest revision that we speak (lifecycle/version-offer-latest). */
function sendInitialize(turn: Turn): void {
  const { capabilities, info, revisions } = turn.config;
  turn.initializeId = turn.nextId;
  turn.nextId += 1;
  const params = { protocolVersion: revisions.at(-1) ?? '', capabilities, clientInfo: info };
  send(turn, request(turn.initializeId, 'initialize', params), true);
}

/** What the machines report by themselves. */
const TOLD: { readonly [C in FaultCode]?: Told } = {
  slowStart: { code: 'slowStart', expected: 'a complete handshake by now', got: 'a start that is still going on' },
  missedPong: {
    code: 'missedPong',
    clause: 'ping/respond',
    expected: 'an answer to the ping, or any other sign of life',
    got: 'silence',
  },
  stuck: { code: 'stuck', blame: 'us', expected: 'a channel that has closed by now', got: 'no word of it' },
};

/** Of what is cut short without a signal: as if by SIGTERM. */
const SIGTERM_CODE = 143;

function exitCodeOf({ snapshot: { context } }: Turn, how: ExitHow): number {
  if (how === 'uncaught') return 1;
  return how === 'cutShort' && 'signal' in context ? (context.signal ?? SIGTERM_CODE) : 0;
}

function dueOf(turn: Turn, delay: Delay): number {
  const ms = durationOf(turn, delay);
  // Never armed anew by traffic: when it runs out, what was heard meanwhile moves the next one.
  const fromHeard = turn.heard + ms;
  return delay === 'keepalive' && fromHeard > turn.now ? fromHeard : turn.now + ms;
}

function durationOf({ config }: Turn, delay: Delay): number {
  const durations: { readonly [D in Delay as `${D}Ms`]?: number | null } = config;
  const ms = durations[`${delay}Ms`];
  if (typeof ms === 'number') return ms;
  throw new Error(`no duration for the timer ${delay}`);
}
