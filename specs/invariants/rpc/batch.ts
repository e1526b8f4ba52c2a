import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { type Answering, answering, answerText, type Weighed } from '../answering.js';
import { citing } from '../by-revision.js';

/** In 2025-03-26 a batch is received: its requests are answered, one by one or together (`batch-answer-form`). */
export const batch = answering({
  id: 'rpc.batch',
  title: 'the requests of a batch are answered',
  asks: ({ inBatch, inMixedBatch }, session) => inBatch && !inMixedBatch && session.initializedAt !== null,
  ...inBatches(),
});

/** So it is where notifications stand beside the requests: a library that awaits an answer to them answers nothing. */
export const mixedBatch = answering({
  id: 'rpc.batch-mixed',
  title: 'the requests of a batch are answered when a notification stands beside them',
  asks: ({ inMixedBatch }, session) => inMixedBatch && session.initializedAt !== null,
  ...inBatches(),
});

/** Codes that refuse the whole batch, and not what is asked in it: no message, no request. */
const REFUSALS = [-32700, -32600];

function inBatches(): Pick<Answering, 'level' | 'clauses' | 'expected' | 'weigh' | 'isOf'> {
  return {
    isOf: 'batches',
    level: (revision) => (revision === '2025-03-26' ? 'MUST' : null),
    clauses: (revision) => (revision === '2025-03-26' ? citing('messages/batch-receive')(revision) : []),
    expected: 'an answer to each request of the batch',
    weigh,
  };
}

function weigh(body: JsonObject): Weighed {
  const code = isJsonObject(body.error) ? body.error.code : null;
  const isRefused = REFUSALS.some((refusal) => refusal === code);
  return { is: isRefused ? 'wrong' : 'right', observed: answerText(body) };
}
