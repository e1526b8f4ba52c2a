import type { Run } from '@mcp-lifeline/check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/process/act.ts';
import type { Examined, Prepared } from '../../src/process/examine.ts';
import { investigate, isSteady, type Violation } from '../../src/process/investigate.ts';
import { judgeRun } from '../../src/process/judge-run.ts';
import { ALL_MEANS, caseOf, OPENING, received, request, sent, traceOf } from './made.ts';

const ROOTS = { do: 'initialize', declares: ['roots-changed'] } as const;

describe('what a run showed by luck', () => {
  it('is looked for where there is more time for it, and then made as small as it gets', async () => {
    const met = caseOf(ROOTS, { do: 'pause', ms: 5 }, { do: 'initialized' }, request('ping', 1), { do: 'eof' });
    const violation = await looked(met, (one) => heldMs(one) >= 100);
    expect(violation.case).toEqual(caseOf(ROOTS, { do: 'settle' }, { do: 'pause', ms: 250 }));
    expect(violation).toMatchObject({ foundIn: 5, isMinimal: true, again: { shown: 5, of: 5 } });
    expect(isSteady(violation)).toBe(true);
  });

  it('is told with its rate where that changes nothing', async () => {
    const met = caseOf(ROOTS, { do: 'initialized' }, request('ping', 1));
    const violation = await looked(met, () => false);
    expect(violation).toMatchObject({ case: met, isMinimal: false, again: { shown: 0, of: 5 } });
    expect(isSteady(violation)).toBe(false);
  });
});

describe('what is broken off', () => {
  it('is told as far as it came: seen once, and not for sure the shortest', async () => {
    const met = caseOf(ROOTS, { do: 'settle' }, { do: 'pause', ms: 250 }, request('ping', 1));
    let runs = 0;
    const violation = await looked(
      met,
      (one) => {
        runs += 1;
        return heldMs(one) >= 100;
      },
      () => runs >= 5,
    );
    expect(violation).toMatchObject({ isMinimal: false, again: { shown: 0, of: 0 } });
    expect(runs).toBe(5);
  });
});

describe('a smaller case that shows it by luck', () => {
  const held = (ms: number): Case => caseOf(ROOTS, { do: 'settle' }, { do: 'pause', ms });

  it('gets its waits back', async () => {
    const violation = await looked(held(500), (one, time) => heldMs(one) >= 100 || (heldMs(one) >= 20 && time === 1));
    expect(violation.case).toEqual(held(500));
    expect(violation).toMatchObject({ isMinimal: true, again: { shown: 5, of: 5 } });
  });

  it('does not count where longer waits are no help: then it has to show it each time', async () => {
    const has = ({ acts }: Case): boolean => acts.some((act) => act.do === 'request' && act.ask === 'slow');
    const met = caseOf(...OPENING, request('ping', 1), request('slow', 2));
    const violation = await looked(met, (one, time) => has(one) || time === 1);
    expect(violation.case).toEqual(caseOf(...OPENING, request('slow', 1)));
    expect(violation.again).toEqual({ shown: 5, of: 5 });
  });
});

/** How long it waits between the answer to `initialize` and anything that it says itself. */
function heldMs({ acts }: Case): number {
  const [first, second, third] = acts;
  if (first?.do !== 'initialize' || second?.do !== 'settle' || third?.do !== 'pause') return 0;
  return first.declares.length > 0 ? third.ms : 0;
}

/**
 * Looks into a case that was met while it showed a fault.
 * @param shows whether a case shows it when it is run for the so manieth time
 */
async function looked(
  met: Case,
  shows: (one: Case, time: number) => boolean,
  isInterrupted = () => false,
): Promise<Violation> {
  const times = new Map<string, number>();
  const examine = async ({ case: one }: Pick<Prepared, 'case'>): Promise<Examined> => {
    const time = (times.get(JSON.stringify(one)) ?? 0) + 1;
    times.set(JSON.stringify(one), time);
    return examined(one, shows(one, time));
  };
  const found = examined(met, true);
  const [what] = found.broken;
  if (what === undefined) throw new Error('the trace shows no fault');
  const outcome = await investigate(found, what, {
    examiner: { examine, prepare: (one, care) => ({ case: one, care }) as Prepared },
    means: ALL_MEANS,
    bounds: { withinMs: 60_000, trials: 1_000, jobs: 1 },
    isKnown: () => false,
    isInterrupted,
  });
  if (outcome.is !== 'violation') throw new Error(`the outcome is ${outcome.is}`);
  return outcome.violation;
}

function examined(one: Case, hasFault: boolean): Examined {
  const run = { id: 'fuzz-1@2025-11-25' } as Run;
  const judgement = judgeRun(hasFault ? EARLY : [], one.offer);
  return { case: one, run, judgement, broken: judgement.broken, transitions: [] };
}

const EARLY = traceOf(
  sent({
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: { roots: { listChanged: true } } },
  }),
  received({
    id: 1,
    result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } },
  }),
  received({ id: 0, method: 'roots/list' }),
);
