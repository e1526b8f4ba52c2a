import type { CheckOptions } from '../src/index.js';

/** What becomes of the rows of a faulty peer, compared with those of the good server. */
export interface FaultyPeer {
  /** The rows of its own check, which it was written to break. */
  readonly breaks: readonly string[];
  /** Rows that come out differently because of that, each with the reason. */
  readonly consequences?: Readonly<Record<string, string>>;
  /** Rows of the good server that it does not have. */
  readonly lacks?: readonly string[];
  /** Which revisions count; 2025-11-25 alone unless said otherwise. */
  readonly revision?: CheckOptions['revision'];
  /** The checks it is judged by alone: those that are left out unless asked for by name. */
  readonly only?: readonly string[];
  /** Shorter waits than usual, for who lets so many of them run out. */
  readonly timeoutScale?: number;
}

const CANCELLED = 'a cancellation is a notification';
const NO_EXIT = 'whoever stays has no exit code';
const MODERN_OFFER = 'the version from the time after the handshake is one more that it does not know';
const NOTHING_TO_CONTROL = 'no other cancelled call is left unanswered either';
const NOTHING_TO_COMPARE = 'without a counter-offer there is nothing to compare with the latest';

/** Every faulty peer, by the name of its file, which begins with the id of its check. The slowest come first. */
export const FAULTY_PEERS: Readonly<Record<string, FaultyPeer>> = {
  'ping.ready': {
    breaks: ['fail ping.ready@2025-11-25'],
    timeoutScale: 0.15,
  },
  'framing.split': {
    breaks: ['fail framing.split@2025-11-25'],
    consequences: {
      'fail framing.unicode@2025-11-25': 'a message in two chunks is lost wherever it was cut',
      'warn framing.large@2025-11-25': 'so is one that is too long for one chunk',
    },
  },
  'framing.unicode': { breaks: ['fail framing.unicode@2025-11-25'] },
  'framing.joined': { breaks: ['fail framing.joined@2025-11-25'] },
  'framing.crlf': { breaks: ['warn framing.crlf@2025-11-25'] },
  'framing.large': { breaks: ['warn framing.large@2025-11-25'] },
  'rpc.id-echo': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'version.counter-latest': {
    breaks: ['warn version.counter-latest@2025-06-18'],
    // Its counter-offer is what it prefers, and only with that revision do the two rows about counter-offers stand.
    revision: 'preferred',
    // Elsewhere the revisions that do not count have rows that nothing provokes there, and so unobserved ones.
    only: [
      'handshake.result',
      'version.echo',
      'version.counter-offer',
      'version.counter-latest',
      'ping.ready',
      'stdout.clean',
    ],
    lacks: ['version.counter-offer@2025-11-25', 'version.counter-latest@2025-11-25'],
    consequences: {
      'pass version.counter-offer@2025-06-18': 'the row stands with the revision that the server prefers',
      'note version.counter-offer@2026-07-28: counter-offers 2025-06-18': MODERN_OFFER,
    },
  },
  'rpc.id-echo.zero': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'rpc.id-echo.not-ascii': {
    breaks: ['fail rpc.id-echo@2025-11-25'],
    consequences: {
      'fail framing.unicode@2025-11-25': 'that request has such an id too',
      'unobserved framing.utf8-out@2025-11-25': 'an id was all that it would have written beyond ASCII',
    },
  },
  'rpc.id-echo.long': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'shutdown.eof-idle': {
    breaks: ['warn shutdown.eof-idle@2025-11-25'],
    consequences: {
      'note shutdown.exit-code@2025-11-25: at the end of its input: stayed; on SIGTERM: exited with code 0': NO_EXIT,
    },
  },
  'shutdown.eof-mid-handshake': { breaks: ['warn shutdown.eof-mid-handshake@2025-11-25'] },
  'shutdown.eof-mid-request': { breaks: ['warn shutdown.eof-mid-request@2025-11-25'] },
  'shutdown.eof-owed-answer': { breaks: ['warn shutdown.eof-owed-answer@2025-11-25'] },
  'shutdown.survivors': { breaks: ['warn shutdown.survivors@2025-11-25'] },
  'shutdown.survivors.group': { breaks: ['warn shutdown.survivors@2025-11-25'] },
  'shutdown.broken-stdout': { breaks: ['warn shutdown.broken-stdout@2025-11-25'] },
  'shutdown.answers-kept': {
    breaks: ['note shutdown.answers-kept@2025-11-25: 1 of 6 requests answered'],
  },
  'shutdown.exit-code': {
    breaks: [
      'note shutdown.exit-code@2025-11-25: at the end of its input: exited with code 3; on SIGTERM: exited with code 0',
    ],
  },
  'shutdown.sigterm': {
    breaks: ['warn shutdown.sigterm@2025-11-25'],
    consequences: {
      'note shutdown.exit-code@2025-11-25: at the end of its input: exited with code 0; on SIGTERM: stayed': NO_EXIT,
    },
  },
  'handshake.result': { breaks: ['fail handshake.result@2025-11-25'] },
  'handshake.result.wrong-kind': { breaks: ['fail handshake.result@2025-11-25'] },
  'handshake.ping-before': { breaks: ['fail handshake.ping-before@2025-11-25'] },
  'handshake.ping-first': {
    breaks: ['note handshake.ping-first@2025-11-25: error -32600 "Server not initialized"'],
  },
  'handshake.requests-before-initialize': {
    breaks: ['note handshake.requests-before-initialize@2025-11-25: error -32600 "Server not initialized"'],
  },
  'handshake.second-initialize': {
    breaks: ['note handshake.second-initialize@2025-11-25: error -32600 "Already initialized"'],
  },
  'handshake.no-early-updates': {
    breaks: ['note handshake.no-early-updates@2025-11-25: notifications/tools/list_changed came before initialized'],
  },
  'handshake.no-early-requests': { breaks: ['warn handshake.no-early-requests@2025-11-25'] },
  'version.echo': { breaks: ['fail version.echo@2025-11-25'] },
  'version.counter-offer': {
    breaks: ['fail version.counter-offer@2025-11-25', 'note version.counter-offer@2026-07-28: accepts 2026-07-28'],
    consequences: { 'unobserved version.counter-latest@2025-11-25': NOTHING_TO_COMPARE },
  },
  'version.counter-offer.refusal': {
    breaks: [
      'fail version.counter-offer@2025-11-25',
      'note version.counter-offer@2026-07-28: refuses with error -32602',
    ],
    consequences: { 'unobserved version.counter-latest@2025-11-25': NOTHING_TO_COMPARE },
  },
  'version.counter-offer.unspoken': {
    breaks: [
      'fail version.counter-offer@2025-11-25',
      'note version.counter-offer@2026-07-28: counter-offers 2027-01-01',
    ],
  },
  'capability.undeclared': { breaks: ['fail capability.undeclared@2025-11-25'] },
  'capability.undeclared.tool': { breaks: ['fail capability.undeclared@2025-11-25'] },
  'capability.server-undeclared': { breaks: ['fail capability.server-undeclared@2025-11-25'] },
  'capability.server-undeclared.log': { breaks: ['fail capability.server-undeclared@2025-11-25'] },
  'capability.server-undeclared.subscribe': { breaks: ['fail capability.server-undeclared@2025-11-25'] },
  'rpc.envelope': { breaks: ['fail rpc.envelope@2025-11-25'] },
  'rpc.envelope.both': { breaks: ['fail rpc.envelope@2025-11-25'] },
  'rpc.envelope.code': { breaks: ['fail rpc.envelope@2025-11-25'] },
  'rpc.envelope.notification-id': { breaks: ['fail rpc.envelope@2025-11-25'] },
  'rpc.envelope.array': { breaks: ['fail rpc.envelope@2025-11-25'] },
  'rpc.one-response': { breaks: ['fail rpc.one-response@2025-11-25'] },
  'rpc.one-response.late': { breaks: ['fail rpc.one-response@2025-11-25'] },
  'rpc.every-request-answered': { breaks: ['fail rpc.every-request-answered@2025-11-25'] },
  'rpc.every-request-answered.crash': { breaks: ['fail rpc.every-request-answered@2025-11-25'] },
  'rpc.every-request-answered.busy': { breaks: ['fail rpc.every-request-answered@2025-11-25'] },
  'rpc.server-request-ids': { breaks: ['fail rpc.server-request-ids@2025-11-25'] },
  'rpc.server-request-ids.null': { breaks: ['fail rpc.server-request-ids@2025-11-25'] },
  'rpc.batch': {
    breaks: ['fail rpc.batch@2025-03-26'],
    revision: '2025-03-26',
    consequences: { 'fail rpc.batch-mixed@2025-03-26': 'a batch with a notification is a batch' },
  },
  'rpc.batch.refusal': {
    breaks: ['fail rpc.batch@2025-03-26'],
    revision: '2025-03-26',
    consequences: { 'fail rpc.batch-mixed@2025-03-26': 'a batch with a notification is a batch' },
  },
  'rpc.batch.death': {
    breaks: ['fail rpc.batch@2025-03-26'],
    revision: '2025-03-26',
    consequences: { 'fail rpc.batch-mixed@2025-03-26': 'a batch with a notification is a batch' },
  },
  'rpc.batch-mixed': { breaks: ['fail rpc.batch-mixed@2025-03-26'], revision: '2025-03-26' },
  'rpc.malformed': { breaks: ['warn rpc.malformed@2025-11-25'] },
  'rpc.malformed.scalar': { breaks: ['warn rpc.malformed@2025-11-25'] },
  'rpc.malformed.null-id': { breaks: ['warn rpc.malformed@2025-11-25'] },
  'rpc.unknown-response': { breaks: ['warn rpc.unknown-response@2025-11-25'] },
  'rpc.unknown-method': { breaks: ['fail rpc.unknown-method@2025-11-25'] },
  'rpc.no-reply-to-notification': { breaks: ['fail rpc.no-reply-to-notification@2025-11-25'] },
  'rpc.no-reply-to-notification.result': {
    breaks: ['fail rpc.no-reply-to-notification@2025-11-25'],
    consequences: {
      'fail cancel.race@2025-11-25': CANCELLED,
      'warn cancel.unknown-id@2025-11-25': CANCELLED,
    },
  },
  'ping.busy': { breaks: ['fail ping.busy@2025-11-25'] },
  'progress.token': { breaks: ['fail progress.token@2025-11-25'] },
  'progress.token.type': {
    breaks: ['fail progress.token@2025-11-25'],
    consequences: {
      'unobserved cancel.stops-progress@2025-11-25': 'no progress names the token of the cancelled call',
    },
  },
  'progress.increases': { breaks: ['fail progress.increases@2025-11-25'] },
  'progress.ends': { breaks: ['fail progress.ends@2025-11-25'] },
  'progress.server-token': { breaks: ['fail progress.server-token@2025-11-25'] },
  'progress.server-token.shared': { breaks: ['fail progress.server-token@2025-11-25'] },
  'cancel.stops-response': {
    breaks: ['warn cancel.stops-response@2025-11-25'],
    consequences: {
      'unobserved cancel.id-zero@2025-11-25': NOTHING_TO_CONTROL,
    },
  },
  'cancel.stops-response.full': {
    breaks: ['note cancel.stops-response@2025-11-25: result {"content":[{"type":"text","text":"done"}]}'],
    consequences: {
      'unobserved cancel.id-zero@2025-11-25': NOTHING_TO_CONTROL,
      'note cancel.stops-progress@2025-11-25: progress went on, and so did the call until its answer':
        'the call goes on, and may tell of it',
    },
  },
  'cancel.id-zero': { breaks: ['warn cancel.id-zero@2025-11-25'] },
  'cancel.stops-progress': { breaks: ['warn cancel.stops-progress@2025-11-25'] },
  'cancel.unknown-id': { breaks: ['warn cancel.unknown-id@2025-11-25'] },
  'cancel.unknown-id.hang': { breaks: ['warn cancel.unknown-id@2025-11-25'] },
  'cancel.race': { breaks: ['fail cancel.race@2025-11-25'] },
  'cancel.server-sent': { breaks: ['fail cancel.server-sent@2025-11-25'] },
  'framing.large.death': { breaks: ['warn framing.large@2025-11-25'] },
  'framing.utf8-out': { breaks: ['fail framing.utf8-out@2025-11-25'] },
  'ping.ready.error': { breaks: ['fail ping.ready@2025-11-25'] },
  'stdout.clean': { breaks: ['fail stdout.clean@2025-11-25'] },
  'stdout.clean.sigterm': { breaks: ['fail stdout.clean@2025-11-25'] },
  'stdout.clean.latin-1': { breaks: ['fail stdout.clean@2024-11-05'], revision: '2024-11-05' },
  'stderr.noise': { breaks: ['note stderr.noise@2025-11-25: 1 line, 23 bytes'] },
  'timeout.server-request': {
    breaks: ['note timeout.server-request@2025-11-25: gave up on roots/list, and said so by notifications/cancelled'],
    only: ['timeout.server-request'],
    timeoutScale: 0.1,
  },
  'stdout.clean.json-log': { breaks: ['fail stdout.clean@2025-11-25'] },
};
