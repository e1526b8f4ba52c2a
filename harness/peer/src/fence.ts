import type { RawPeer } from './raw-peer.js';

/** Fences that have to be answered before silence means something; the last one on an otherwise idle session. */
export const FENCES = 3;

/** Requests that any server answers, with a result or with an error. */
const METHODS = ['ping', 'tools/list'] as const;

/**
 * Sends requests one after the other until {@link FENCES} of them were answered: whatever the server owed for what came
 * before would have come by then, or is withheld. Two methods take turns. One that goes unanswered is not sent again: it
 * would only stay open, and the last fence has to stand on an idle session. When both do, or the server is gone, no more
 * are sent.
 * @param answerMs how long each may take
 * @returns whether enough were answered; when not, that is recorded as absent
 */
export async function fence(peer: RawPeer, answerMs: number): Promise<boolean> {
  let methods: readonly (typeof METHODS)[number][] = METHODS;
  let answered = 0;
  for (let sent = 0; answered < FENCES && !peer.isGone; sent += 1) {
    const method = methods[sent % methods.length];
    if (method === undefined) break;
    const exchange = peer.request(method, method === 'ping' ? undefined : {});
    if ((await peer.answered(exchange, answerMs)) === 'met') answered += 1;
    else methods = methods.filter((other) => other !== method);
  }
  if (answered < FENCES) peer.absent('fences', `only ${answered} of ${FENCES} later requests were answered`);
  return answered >= FENCES;
}
