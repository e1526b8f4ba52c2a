import { type Finding, INVARIANTS, isRevision, judge } from '@mcp-lifeline/specs';
import type { Run } from '../run.js';
import { cancel, cancelZero } from '../scenarios/slow.js';
import type { Check, Evidence, Judged } from './check.js';
import { notPlayed } from './invariant-checks.js';

const idZero: Check = {
  id: 'cancel.id-zero',
  title: 'a call with the id 0 can be cancelled like any other',
  level: (revision) => (isRevision(revision) ? 'SHOULD' : null),
  clauses: (revision) => (isRevision(revision) ? [`${revision}/cancellation/no-response`] : []),
  needs: ['handshake', 'alive', 'slowTool', 'control', 'fences', 'steadyMachine', 'wholeRun'],
  scenarios: [cancel.id, cancelZero.id],
  judge: (_, evidence) => {
    const control = judgeRun(cancel.id, evidence);
    const own = judgeRun(cancelZero.id, evidence);
    if (own === null || control === null) return notPlayed('slowTool', evidence);
    if (own.finding.found === 'nothing') return own;
    if (control.finding.found === 'held') {
      // The call can be cancelled, as its control shows: what may excuse an answer elsewhere does not here.
      const { finding } = own;
      return finding.found === 'open' ? { ...own, finding: { ...finding, found: 'broken' } } : own;
    }
    if (control.finding.found === 'nothing') return control;
    const why = 'a call with another id is answered though it is cancelled';
    return { run: control.run, finding: { found: 'nothing', lacking: 'control', why } };
  },
};

/** The checks that compare two cancelled calls: relations between traces, which no invariant can see. */
export const CANCEL_CHECKS: readonly Check[] = [idZero];

function judgeRun(scenario: string, { runs }: Evidence): (Judged & { readonly run: Run }) | null {
  const run = runs.find((one) => one.scenario === scenario);
  return run === undefined ? null : { run, finding: withheld(run) };
}

function withheld(run: Run): Finding {
  const invariant = INVARIANTS.find(({ id }) => id === 'cancel.stops-response');
  if (invariant === undefined) throw new Error('cancel.stops-response is gone');
  return judge(invariant, run.trace.events);
}
