import type { RawPeer } from './raw-peer.js';

/** Fences that have to be answered before silence means something; the last one on an otherwise idle session. */
export const FENCES = 3;

/**
 * Sends requests one after the other until {@link FENCES} of them were answered: whatever the server owed for what came
 * before would have come by then, or is withheld. Two methods take turns, in case it does not answer one of them.
 * @param answerMs how long each may take
 * @returns whether enough were answered; when not, that is recorded as absent
 */
export async function fence(peer: RawPeer, answerMs: number): Promise<boolean> {
  let answered = 0;
  for (let sent = 0; answered < FENCES && sent < 2 * FENCES && !peer.isGone; sent += 1) {
    const exchange = peer.request(sent % 2 === 0 ? 'ping' : 'tools/list', sent % 2 === 0 ? undefined : {});
    if ((await peer.answered(exchange, answerMs)) === 'met') answered += 1;
  }
  if (answered < FENCES) peer.absent('fences', `only ${answered} of ${FENCES} later requests were answered`);
  return answered >= FENCES;
}
