import type { Revision } from '@mcp-lifeline/core/revision';
import {
  APP_INVARIANTS,
  CLIENT_INVARIANTS,
  type Finding,
  INVARIANTS,
  type Invariant,
  judge,
} from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import { isObject } from './reference/reading.js';
import type { Session } from './stage.js';
import { inWords, violate } from './violation.js';

/**
 * Judges a whole session by the invariants of specs: between honest cores by all of them, those over time apart; of a core
 * whose peer keeps no rule by those that ask nothing of the peer.
 *
 * @throws {Violation} naming each invariant that is broken.
 */
export function judgeSession(session: Session, events: readonly TraceEvent[]): void {
  const revision = session.players.map(({ account }) => account.revision).find((one) => one !== null) ?? LATEST;
  const broken = invariantsFor(session, events).flatMap((invariant) => {
    const level = invariant.level(revision);
    const finding = level === null || level === 'NOTE' ? null : judge(invariant, events);
    return finding?.found === 'broken' ? [`${invariant.id}: ${describe(finding, events)}`] : [];
  });
  if (broken.length > 0) violate(broken.join('\n'));
}

const LATEST: Revision = '2025-11-25';

/** What can be judged of a client whatever its server does: no id is matched, no capability is relied on. */
const OF_ANY_CLIENT: readonly string[] = [
  ...['initialize-alone', 'initialize-first', 'initialize-request', 'initialized-first', 'once'].map(
    (name) => `client.handshake.${name}`,
  ),
  ...['client.version.offer', 'client.version.offer-latest', 'client.cancel.not-initialize', 'client.cancel.own'],
  ...['client.rpc.envelope', 'client.rpc.request-ids', 'client.rpc.single-messages', 'client.progress.token'],
  ...['client.framing.newlines', 'client.framing.utf8'],
];

/** And of a server, whatever its client does. */
const OF_ANY_SERVER: readonly string[] = [
  ...['rpc.envelope', 'rpc.server-request-ids', 'progress.server-token', 'stdout.clean', 'framing.utf8-out'],
  ...['capability.server-undeclared', 'handshake.no-early-requests', 'handshake.no-early-updates'],
];

/** And of the application of either. */
const OF_ANY_APPLICATION: readonly string[] = [
  ...['app.clean-up-once', 'app.handlers-end', 'app.settles-once', 'app.silent-after-closed'],
];

/**
 * These weigh durations, and the schedules draw theirs at random: a timer may run out hours after its due, and a cancellation may
 * be under way for longer than it takes to cross an answer.
 */
const OF_TIME: readonly string[] = [
  ...['cancel.stops-progress', 'cancel.stops-response'],
  ...['shutdown.eof-idle', 'shutdown.eof-mid-handshake', 'shutdown.eof-mid-request', 'shutdown.eof-owed-answer'],
  ...['shutdown.sigterm', 'shutdown.survivors', 'ping.busy', 'client.shutdown.kill-last', 'client.shutdown.terminate'],
];

/** These see what the world has put among the messages. */
const OF_NOISE: readonly string[] = ['stdout.clean', 'client.framing.messages-only'];

/** These want a cancellation also where none can be sent: for a task whose id never became known, into a broken pipe. */
const OF_CANCELLING: readonly string[] = ['client.timeout.cancels', 'client.timeout.cancel-sent'];

/** These take a handler that was stopped while others answered for a side that never answers. */
const OF_PATIENCE: readonly string[] = [
  ...[
    'rpc.every-request-answered',
    'rpc.id-echo',
    'rpc.batch',
    'rpc.batch-mixed',
    'rpc.malformed',
    'rpc.unknown-response',
  ],
  ...['client.rpc.every-request-answered', 'client.rpc.batch'],
];

function invariantsFor(session: Session, events: readonly TraceEvent[]): readonly Invariant<unknown>[] {
  const rogueServer = session.player('server') === undefined;
  const rogueClient = session.player('client') === undefined;
  if (rogueServer) return only(CLIENT_INVARIANTS, [...OF_ANY_CLIENT, ...OF_ANY_APPLICATION]);
  if (rogueClient) return only([...INVARIANTS, ...APP_INVARIANTS], [...OF_ANY_SERVER, ...OF_ANY_APPLICATION]);
  const left = [
    ...OF_TIME,
    ...(events.some(({ kind }) => kind === 'garbled') ? OF_NOISE : []),
    ...(events.some(({ kind }) => kind === 'handlerAborted') ? OF_PATIENCE : []),
    ...(mayCancel(session, events) ? [] : OF_CANCELLING),
  ];
  return [...INVARIANTS, ...CLIENT_INVARIANTS].filter(({ id }) => !left.includes(id));
}

function only(invariants: readonly Invariant<unknown>[], ids: readonly string[]): readonly Invariant<unknown>[] {
  return invariants.filter(({ id }) => ids.includes(id));
}

function mayCancel({ players }: Session, events: readonly TraceEvent[]): boolean {
  if (players.some(({ canWrite }) => !canWrite)) return false;
  return !events.some(
    (event) =>
      event.plane === 'wire' &&
      event.kind === 'sent' &&
      isObject(event.message) &&
      isObject(event.message.params) &&
      isObject(event.message.params['task']),
  );
}

function describe(
  finding: Extract<Finding, { readonly found: 'held' | 'broken' }>,
  events: readonly TraceEvent[],
): string {
  const { expected, observed, evidence } = finding;
  const shown = evidence.map((seq) => inWords(events.find((event) => event.seq === seq)));
  return `expected ${expected}, observed ${observed}\n  ${shown.join('\n  ')}`;
}
