import { answerText } from '../../answering.js';
import { always, citing } from '../../by-revision.js';
import { tellsOfCancel } from '../../cancel/withheld.js';
import { obeying, wrong } from '../obeying.js';
import { owedBy } from '../session.js';
import { mayHaveCrossed } from './crossing.js';

/** A request that the server took back gets no answer. */
export const clientStopsResponse = obeying({
  id: 'client.cancel.stops-response',
  title: 'a request that the server cancelled is not answered',
  level: always('SHOULD'),
  clauses: citing('cancellation/no-response'),
  memory: null,
  rule: ({ shape, t }, before) => {
    const { cancelled = null, seq } = owedBy(before, shape)?.request ?? {};
    if (shape.kind !== 'response' || cancelled === null) return null;
    const observed = answerText(shape.body);
    // Whoever says that it was cancelled has taken the cancellation in: nothing crossed, and nothing was passed over.
    if (tellsOfCancel(shape.body)) return wrong(observed, seq, cancelled.seq);
    if (mayHaveCrossed(cancelled, { t, lagMs: before.lagMs })) return null;
    // A full answer may be to what cannot be cancelled, and that is exempt.
    return { is: 'open', ambiguity: 'answer-after-cancel', observed };
  },
  shown: ({ owed }) => {
    const withheld = owed.find(({ cancelled, fenced }) => cancelled !== null && fenced);
    return withheld?.cancelled ? [withheld.seq, withheld.cancelled.seq] : null;
  },
  expected: 'no answer',
  lacking: 'serverCancel',
  why: 'the server cancelled nothing, or too little was answered after that',
});
