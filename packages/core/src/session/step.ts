import { cancelCall, startCall, sweepCalls } from '../calls/our-calls.js';
import { answerRequest, tellProgress } from '../calls/peer-requests.js';
import type { Effect, Input, Peer, Phase, Signal, State } from '../contract.js';
import { readClock } from '../duration.js';
import { LocalProtocolError } from '../local-protocol-error.js';
import { type Config, readConfig } from './config.js';
import { type Lifecycle, lifecycleOf } from './lifecycle.js';
import { carryOut, feed, feedExpiry } from './machine-steps.js';
import { notify } from './notifying.js';
import { receive, receiveGarbled } from './receiving.js';
import { ask, begin, newLive, report, seal, settled, type Turn, unseal, withoutTimer } from './turn.js';

/**
 * A session before anything happened, and what is to be done to begin with.
 *
 * @param now monotonic, in ms, on the clock of every later input.
 * @throws {LocalProtocolError} for a configuration that no session could have.
 */
export function open(config: Config, now: number): readonly [State, readonly Effect[]] {
  return openOn(lifecycleOf(config.role), config, now);
}

/** The same on a machine of one's own. */
export function openOn(lifecycle: Lifecycle, config: Config, now: number): readonly [State, readonly Effect[]] {
  const read = readConfig(config);
  const started = lifecycle.start();
  const turn = begin(newLive(read, lifecycle, started[0], readClock(now)), now);
  carryOut(turn, started);
  return end(turn);
}

/**
 * One input: the next state, and what to do, in order.
 *
 * Total for whatever a peer may do. What was right a moment ago, such as a call while closing, settles.
 *
 * @throws {LocalProtocolError} for misuse: what is wrong in every state of a session of this role.
 */
export function step(state: State, input: Input): readonly [State, readonly Effect[]] {
  const turn = begin(unseal(state), readClock(input.now));
  take(turn, input);
  return end(turn);
}

/** Where the session is in its life. */
export function phase(state: State): Phase {
  return unseal(state).phase;
}

/** What the handshake told of the peer; null before. */
export function peer(state: State): Peer | null {
  return unseal(state).peer;
}

function take(turn: Turn, input: Input): void {
  switch (input.type) {
    case 'received':
      receive(turn, input.json);
      noteAnswered(turn);
      break;
    case 'call':
      startCall(turn, input);
      break;
    case 'answer':
      answerRequest(turn, input);
      noteAnswered(turn);
      break;
    case 'notify':
      notify(turn, input);
      break;
    case 'progress':
      tellProgress(turn, input);
      break;
    case 'cancel':
      cancelCall(turn, input.key, input.reason);
      break;
    case 'garbled':
      receiveGarbled(turn, input);
      break;
    case 'elapsed':
      elapse(turn, input);
      break;
    default:
      if (turn.config.role === 'client') takeAsClient(turn, input);
      else takeAsServer(turn, input);
  }
}

/** What only the machine of a role decides. */
type Turning = Exclude<
  Input,
  { readonly type: 'received' | 'call' | 'answer' | 'notify' | 'progress' | 'cancel' | 'garbled' | 'elapsed' }
>;

/** Named one by one, so that no string from outside ever becomes an event type. */
function takeAsClient(turn: Turn, input: Turning): void {
  switch (input.type) {
    case 'start':
    case 'opened':
    case 'ended':
    case 'writeFailed':
    case 'gone':
    case 'close':
    case 'kill':
      feed(turn, { type: input.type });
      break;
    case 'signalled':
    case 'uncaught':
    case 'cleanedUp':
      throw new LocalProtocolError(`${input.type} is no input of a client`);
    default:
      throw new LocalProtocolError(`no input of a session: ${JSON.stringify(input satisfies never)}`);
  }
}

const SIGNAL_CODES: { readonly [S in Signal]: number } = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

function takeAsServer(turn: Turn, input: Turning): void {
  const drains = 'drainMs' in turn.config && turn.config.drainMs > 0 && turn.peers.size > 0;
  switch (input.type) {
    // A server begins with its channel: there is nothing to wait for.
    case 'start':
    case 'opened':
      break;
    case 'ended':
    case 'close':
      feed(turn, { type: input.type, drains });
      break;
    case 'signalled':
      feed(turn, { type: 'signalled', code: SIGNAL_CODES[input.signal], drains });
      break;
    case 'uncaught':
      // Told once: an error on the way out of the door must not start it over.
      if (turn.tags.has('over')) break;
      report(turn, { code: 'uncaught', blame: 'us', expected: 'errors that are caught', got: input.message });
      feed(turn, { type: 'uncaught' });
      break;
    case 'writeFailed':
    case 'gone':
    case 'kill':
    case 'cleanedUp':
      feed(turn, { type: input.type });
      break;
    default:
      throw new LocalProtocolError(`no input of a session: ${JSON.stringify(input satisfies never)}`);
  }
}

function elapse(turn: Turn, { name, generation, heard }: Extract<Input, { readonly type: 'elapsed' }>): void {
  if (turn.timers[name]?.generation !== generation) return;
  turn.timers = withoutTimer(turn.timers, name);
  turn.heard = Math.min(readClock(heard), turn.now);
  if (name === 'calls') sweepCalls(turn);
  else feedExpiry(turn, name);
}

/** A server that lets its handlers finish goes on when none is left. */
function noteAnswered(turn: Turn): void {
  if (turn.peers.size === 0 && turn.tags.has('awaitsHandlers')) feed(turn, { type: 'allAnswered' });
}

/** Ends a step: the exit of a process comes after everything else. */
function end(turn: Turn): readonly [State, readonly Effect[]] {
  if (turn.exitCode !== null) ask(turn, { type: 'exit', code: turn.exitCode });
  const { effects } = turn;
  return [seal(settled(turn)), effects];
}
