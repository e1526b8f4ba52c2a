import type { PeerAnswer } from '../calls/answers.js';
import type { Peer } from '../contract.js';
import {
  failure,
  INVALID_PARAMS,
  type InitializeResult,
  type Message,
  readInitializeParams,
  readInitializeResult,
  result,
} from '../message.js';
import { isRevision, type Revision } from '../revision.js';
import { feed } from './machine-steps.js';
import { agreementOf, report, send, type Turn } from './turn.js';

/** A server answers `initialize`: it agrees to a revision that it speaks, and offers its newest otherwise. */
export function takeInitialize(turn: Turn, request: Extract<Message, { readonly kind: 'request' }>): void {
  const { config } = turn;
  const reading = readInitializeParams(request.params);
  if (!reading.ok) {
    const expected = 'protocolVersion, capabilities and clientInfo';
    report(turn, { code: 'refusedInitialize', clause: 'lifecycle/initialize-request', expected, got: reading.why });
    send(turn, failure(request.id, INVALID_PARAMS, reading.why), true);
    return;
  }
  const { protocolVersion, capabilities, info } = reading.value;
  const revision = agreeOn(protocolVersion, config.revisions);
  agree(turn, { revision, capabilities, info });
  turn.reply = result(request.id, {
    protocolVersion: revision,
    capabilities: config.capabilities,
    serverInfo: config.info,
    ...(config.role === 'server' && config.instructions !== undefined ? { instructions: config.instructions } : {}),
  });
  feed(turn, { type: 'initializeAsked' });
}

/** A server hears that the client is ready. */
export function takeInitialized(turn: Turn): void {
  if (turn.tags.has('awaitsInitialized')) {
    feed(turn, { type: 'initialized', watches: turn.config.keepaliveMs !== null });
    return;
  }
  // It may have crossed our leaving: two messages that cross are no fault.
  if (turn.phase === 'closing') return;
  const clause = 'lifecycle/initialized-notification';
  const got = 'notifications/initialized';
  report(turn, { code: 'earlyRequest', clause, expected: 'initialized once, after the answer to initialize', got });
}

/** A client reads the answer to `initialize`, and goes on or leaves (lifecycle/version-disconnect). */
export function takeInitializeAnswer(turn: Turn, answer: PeerAnswer): void {
  turn.initializeId = null;
  const reading = readAnswer(answer);
  if (typeof reading === 'string') {
    const expected = 'protocolVersion, capabilities and serverInfo';
    report(turn, { code: 'refusedInitialize', clause: 'lifecycle/initialize-result', expected, got: reading });
    feed(turn, { type: 'initializeRefused' });
    return;
  }
  const { protocolVersion, capabilities, info, instructions } = reading;
  const { revisions, keepaliveMs } = turn.config;
  if (isRevision(protocolVersion) && revisions.includes(protocolVersion)) {
    const told = instructions === undefined ? {} : { instructions };
    // Where we cannot write any more no session comes of it.
    if (turn.tags.has('awaitsAnswer')) agree(turn, { revision: protocolVersion, capabilities, info, ...told });
    feed(turn, { type: 'initializeAnswered', speaks: true, watches: keepaliveMs !== null });
  } else {
    const expected = revisions.join(', ');
    report(turn, { code: 'unsupportedRevision', expected, got: protocolVersion.slice(0, LONGEST_QUOTED) });
    feed(turn, { type: 'initializeAnswered', speaks: false, watches: false });
  }
}

/** The result, or in words what came instead of it. */
function readAnswer(answer: PeerAnswer): InitializeResult | string {
  switch (answer.kind) {
    case 'result': {
      const reading = readInitializeResult(answer.result);
      return reading.ok ? reading.value : reading.why;
    }
    case 'error':
      return `error ${answer.error.code}: ${answer.error.message.slice(0, LONGEST_QUOTED)}`;
    case 'malformed':
      return answer.why;
  }
}

/** How much of the peer's text a report quotes, in UTF-16 units. */
const LONGEST_QUOTED = 200;

/** lifecycle/version-echo, lifecycle/version-counter-offer, lifecycle/version-counter-latest */
function agreeOn(offered: string, ours: readonly Revision[]): Revision {
  const [newest = '2024-11-05'] = ours.slice(-1);
  return isRevision(offered) && ours.includes(offered) ? offered : newest;
}

function agree(turn: Turn, peer: Peer): void {
  turn.peer = peer;
  turn.agreement = agreementOf(turn.config, peer);
}
