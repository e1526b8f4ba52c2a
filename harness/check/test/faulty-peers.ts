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
}

const MODERN_OFFER = 'the version from the time after the handshake is one more that it does not know';
const NOTHING_TO_COMPARE = 'without a counter-offer there is nothing to compare with the latest';

/** Every faulty peer, by the name of its file, which begins with the id of its check. The slowest come first. */
export const FAULTY_PEERS: Readonly<Record<string, FaultyPeer>> = {
  'ping.ready': { breaks: ['fail ping.ready@2025-11-25'] },
  'rpc.id-echo': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'version.counter-latest': {
    breaks: ['warn version.counter-latest@2025-06-18'],
    // Its counter-offer is what it prefers, and only with that revision do the two rows about counter-offers stand.
    revision: 'preferred',
    lacks: ['version.counter-offer@2025-11-25', 'version.counter-latest@2025-11-25'],
    consequences: {
      'pass version.counter-offer@2025-06-18': 'the row stands with the revision that the server prefers',
      'note version.counter-offer@2026-07-28: counter-offers 2025-06-18': MODERN_OFFER,
    },
  },
  'rpc.id-echo.zero': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'rpc.id-echo.not-ascii': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'rpc.id-echo.long': { breaks: ['fail rpc.id-echo@2025-11-25'] },
  'shutdown.eof-idle': { breaks: ['warn shutdown.eof-idle@2025-11-25'] },
  'shutdown.sigterm': { breaks: ['warn shutdown.sigterm@2025-11-25'] },
  'handshake.result': { breaks: ['fail handshake.result@2025-11-25'] },
  'handshake.result.wrong-kind': { breaks: ['fail handshake.result@2025-11-25'] },
  'handshake.ping-before': { breaks: ['fail handshake.ping-before@2025-11-25'] },
  'handshake.ping-first': {
    breaks: ['note handshake.ping-first@2025-11-25: error -32600 "Server not initialized"'],
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
  'rpc.unknown-method': { breaks: ['fail rpc.unknown-method@2025-11-25'] },
  'rpc.no-reply-to-notification': { breaks: ['fail rpc.no-reply-to-notification@2025-11-25'] },
  'rpc.no-reply-to-notification.result': { breaks: ['fail rpc.no-reply-to-notification@2025-11-25'] },
  'ping.ready.error': { breaks: ['fail ping.ready@2025-11-25'] },
  'stdout.clean': { breaks: ['fail stdout.clean@2025-11-25'] },
  'stdout.clean.sigterm': { breaks: ['fail stdout.clean@2025-11-25'] },
  'stdout.clean.json-log': { breaks: ['fail stdout.clean@2025-11-25'] },
};
