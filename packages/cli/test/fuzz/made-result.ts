import { type FuzzResult, parseCase, type Violation } from '@mcp-lifeline/fuzz';
import { madeResult, madeRow, madeRun } from '../made-result.ts';

/** A second response to a call that was cancelled: the run, the row and the case of one fault. */
export const RUN = madeRun('fuzz-7@2025-11-25', [
  { plane: 'wire', kind: 'sent', message: { jsonrpc: '2.0', id: 101, method: 'ping' }, bytes: 1 },
  { plane: 'wire', kind: 'received', message: { jsonrpc: '2.0', id: 101, result: {} }, bytes: 1 },
  { plane: 'wire', kind: 'received', message: { jsonrpc: '2.0', id: 101, result: {} }, bytes: 1 },
]);

/** A fault that was found in nine acts. */
export function madeViolation(part: Partial<Violation> = {}): Violation {
  return {
    broken: [
      {
        id: 'rpc.one-response',
        level: 'MUST',
        finding: {
          found: 'broken',
          expected: 'one response',
          observed: 'a second response with id 101',
          evidence: [1, 2],
        },
        certainty: 'shown',
        symptom: 'rpc.one-response',
      },
    ],
    case: {
      offer: '2025-11-25',
      acts: [
        { do: 'initialize', declares: [] },
        { do: 'initialized' },
        { do: 'request', ask: 'ping', as: 1, id: 'number' },
      ],
    },
    run: RUN,
    again: { shown: 5, of: 5 },
    foundIn: 9,
    isMinimal: true,
    ...part,
  };
}

/** What a campaign of two hundred runs found out, with these faults. */
export function madeFuzzResult(...violations: readonly Violation[]): FuzzResult {
  const { stale: _, ...result } = madeResult({
    verdict: violations.length === 0 ? 'pass' : 'fail',
    runs: violations.map(({ run }) => run),
    rows: [
      madeRow({ id: 'ping.ready', observed: 'it held in 200 of 200 runs' }),
      ...(violations.length === 0
        ? []
        : [
            madeRow({
              id: 'rpc.one-response',
              status: 'fail',
              expected: 'one response',
              observed: 'a second response with id 101',
              clauses: ['2025-11-25/messages/json-rpc'],
              run: RUN.id,
              evidence: [1, 2],
            }),
          ]),
      madeRow({ id: 'rpc.batch', status: 'unobserved', why: 'no run put the question' }),
    ],
  });
  return {
    ...result,
    fuzz: {
      runs: 200,
      processes: 240,
      seed: 7,
      coverage: { states: { reached: 8, of: 9 }, transitions: { reached: 60, of: 123 } },
      violations,
      means: {
        slow: { name: 'slow', args: {}, takesMs: 60 },
        long: { name: 'slow', args: {}, takesMs: 600 },
        asking: { name: 'ask', args: {}, takesMs: 1 },
        lists: ['tools/list'],
      },
    },
  };
}

/** Reads back a case out of a text that holds it. */
export function caseIn(text: string) {
  return parseCase(/f1\.[\w-]+/.exec(text)?.[0] ?? '');
}
