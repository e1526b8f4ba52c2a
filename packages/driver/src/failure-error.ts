import type { Why } from '@mcp-lifeline/core';
import {
  CancelledError,
  ClosedError,
  ConnectionLostError,
  type LifelineError,
  MalformedAnswerError,
  NotAllowedError,
  PeerError,
  TimeoutError,
  WHY_TEXTS,
} from './errors.js';
import type { Failed } from './our-requests.js';

/** What is known when a request fails. Durations in ms. */
export interface FailureFacts {
  readonly method: string;
  readonly timeoutMs: number;
  readonly maxTotalTimeoutMs: number;
  /** Why the session ends; undefined while it does not. */
  readonly why: Why | undefined;
  /** What the channel said of its end. */
  readonly detail: string | undefined;
}

/** What a request is rejected with. */
export function failureError(outcome: Failed, facts: FailureFacts): LifelineError {
  if (outcome.kind === 'peer') return new PeerError(outcome.error);
  const { method, why = 'asked', detail } = facts;
  const { kind, sent } = outcome;
  const result = sent ? 'got no answer, and may have had an effect' : 'was not sent';
  switch (kind) {
    case 'timeout':
      return new TimeoutError(method, kind, facts.timeoutMs, sent);
    case 'maxTotal':
      return new TimeoutError(method, kind, facts.maxTotalTimeoutMs, sent);
    case 'cancelled':
      return new CancelledError(`${method} was cancelled: it ${result}`, sent);
    case 'closed':
      return new ClosedError(`${method} ${result}: the session has ended, since ${WHY_TEXTS[why]}`, sent);
    case 'connectionLost': {
      const tail = detail === undefined ? '' : ` (${detail})`;
      const message = `${method} ${result}: the connection was lost, since ${WHY_TEXTS[why]}${tail}`;
      return new ConnectionLostError(message, sent, why, detail);
    }
    case 'refused':
      return new NotAllowedError(method, outcome.detail ?? 'this session does not allow it');
    case 'malformedAnswer':
      return new MalformedAnswerError(`${method} got what is no answer: ${outcome.detail ?? 'malformed'}`, sent);
  }
}
