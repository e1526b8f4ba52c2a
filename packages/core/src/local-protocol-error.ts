/**
 * We, not the peer, broke the rules: a value that is wrong in every state, such as a negative duration.
 *
 * What was right a moment ago (an answer that crossed a close) is a race and never throws.
 */
export class LocalProtocolError extends Error {
  override readonly name = 'LocalProtocolError';
}
