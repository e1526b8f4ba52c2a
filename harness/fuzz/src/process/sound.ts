import type { Finding } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import type { Facts, Liberty } from './facts.js';

/**
 * How far a finding can be trusted:
 *
 * - `shown`: what the server sent, or that it left by itself, stands in the trace; one run is enough
 * - `timed`: it rests on how long we waited; runs that wait longer must show it again
 */
export type Certainty = 'shown' | 'timed';

/** What a finding comes to when it holds. */
export interface Weight {
  readonly certainty: Certainty;
  /**
   * What was seen, whatever it is called: `silence`, an answer that did not come; `left`, a server that ended by itself;
   * `stayed`, one that did not; else the id of the invariant. One fault has many names: it depends on what was asked when
   * the server fell silent.
   */
  readonly symptom: string;
}

type Told = Exclude<Finding, { found: 'nothing' }>;

/**
 * Whether a finding of a run in which anything may have been done at any time holds against the server, and how surely.
 *
 * A scenario of a check is written so that its invariants mean something at its end. A random run is not: it may end while
 * something is under way, and what it did before may be an excuse.
 * @returns null where it does not hold
 */
export function weighFinding(id: string, finding: Told, facts: Facts, events: readonly TraceEvent[]): Weight | null {
  if (id.startsWith('shutdown.')) return weighLeaving(id, facts);
  const shown = finding.evidence.flatMap((seq) => events[seq] ?? []).filter(isFromServer);
  if (shown.length > 0) return weighContent(id, finding, facts);
  return weighSilence(id, finding, facts);
}

/** Those that look at how long something takes even where the server sent something. */
const TIMED = ['ping.busy', 'cancel.stops-progress', 'cancel.stops-response'];

/** Those that take a response to no open request for a reaction to a cancellation. */
export const REACTIONS = ['cancel.race', 'cancel.unknown-id'];

const HANDSHAKE = ['handshake.result', 'handshake.ping-before'];

function weighContent(id: string, finding: Told, { cancelled, liberties, asked, hasBatch }: Facts): Weight | null {
  const [first] = finding.evidence;
  const isOfCancelled = asked.some(({ seq, key }) => seq === first && cancelled.has(key));
  // What was cancelled need not be answered, and so not in any order either.
  if (isOfCancelled && !id.startsWith('cancel.')) return null;
  // An error without an id is an answer to what is no message, or to a batch.
  const isOwedError = liberties.has('garbage') || liberties.has('strayResponse') || hasBatch;
  if (REACTIONS.includes(id) && isOwedError) return null;
  // Who is asked before the handshake may hold that there is none.
  if (HANDSHAKE.includes(id) && liberties.has('pingFirst')) return null;
  // What we ask too early may be why it asks too early.
  if (id === 'handshake.no-early-requests' && liberties.has('earlyRequest')) return null;
  return { certainty: TIMED.includes(id) ? 'timed' : 'shown', symptom: id };
}

/** Whose business it is when a server falls silent after we took a liberty. */
const SILENCES: Readonly<Record<Liberty, string | null>> = {
  garbage: 'rpc.malformed',
  strayResponse: 'rpc.unknown-response',
  idleCancel: 'cancel.unknown-id',
  pingFirst: null,
  earlyRequest: null,
};

function weighSilence(
  id: string,
  finding: Told,
  { session, cancelled, liberties, inVain, asked }: Facts,
): Weight | null {
  const isExcused = [...liberties.keys()].some((liberty) => SILENCES[liberty] !== id);
  if (isExcused) return null;
  const { outputEndedAt, closingAt, owed } = session;
  const hasLeft = outputEndedAt !== null && (closingAt === null || outputEndedAt < closingAt);
  if (hasLeft) return { certainty: 'shown', symptom: 'left' };
  const [first = 0] = finding.evidence;
  const own = asked.filter(({ seq }) => seq === first);
  // A request that waits for an answer of ours waits for us; only a ping needs nothing.
  if (owed.length > 0 && own.some(({ method }) => method !== 'ping')) return null;
  if (own.length > 0 && own.every(({ key }) => cancelled.has(key))) return null;
  return inVain.some((waitedAt) => waitedAt > first) ? { certainty: 'timed', symptom: 'silence' } : null;
}

/** An idle server that waits for an answer of ours is not idle: `shutdown.eof-owed-answer` tells of it. */
function weighLeaving(id: string, { session }: Facts): Weight | null {
  if (id === 'shutdown.survivors') return { certainty: 'shown', symptom: id };
  if (id === 'shutdown.eof-idle' && session.owed.length > 0) return null;
  return { certainty: 'timed', symptom: id === 'shutdown.sigterm' ? id : 'stayed' };
}

function isFromServer(event: TraceEvent): boolean {
  return event.plane === 'wire' && (event.kind === 'received' || event.kind === 'garbled');
}
