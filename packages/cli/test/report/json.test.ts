import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../src/report/json.ts';
import { jsonReportSchema } from '../json-report-schema.ts';
import { madeResult, madeRow } from '../made-result.ts';

const NO_TRACES = () => undefined;
const failed = madeRow({
  id: 'rpc.id-echo',
  status: 'fail',
  clauses: ['2025-11-25/messages/response-id'],
  expected: 'the id of the request',
  observed: 'id "0"',
  run: 'ids@2025-11-25',
  evidence: [3, 4],
});
const RESULT = madeResult({
  verdict: 'fail',
  rows: [
    madeRow({ id: 'handshake.result', expected: 'a result', observed: 'all of it', run: 'handshake@2025-11-25' }),
    failed,
    { ...failed, revision: '2024-11-05', run: 'ids@2024-11-05' },
    madeRow({ id: 'shutdown.sigterm', level: 'ROBUST', status: 'unobserved', why: 'the server was gone' }),
  ],
});

describe('the JSON report', () => {
  it('has the form of version 1', () => {
    expect(jsonReportSchema.parse(jsonReport(RESULT, NO_TRACES))).toEqual(jsonReport(RESULT, NO_TRACES));
  });

  it('counts the rows of the revisions that count, and holds them all', () => {
    const report = jsonReport(RESULT, NO_TRACES);
    expect(report.counts).toEqual({ pass: 1, fail: 1, warn: 0, note: 0, unobserved: 1, error: 0 });
    expect(report.checks).toHaveLength(4);
  });

  it('says what was judged', () => {
    expect(jsonReport(RESULT, NO_TRACES).target).toEqual({
      transport: 'stdio',
      command: ['node', 'server.js'],
      serverInfo: { name: 'made-up', version: '1.2.3' },
      revisions: ['2025-06-18', '2025-11-25'],
      tried: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
      preferred: '2025-11-25',
      era: 'legacy',
    });
  });

  it('names the trace of a row where it was kept', () => {
    const traceOf = (id: string) => (id === 'ids@2025-11-25' ? 'traces/ids@2025-11-25.jsonl' : undefined);
    const traces = jsonReport(RESULT, traceOf).checks.map(({ trace }) => trace);
    expect(traces).toEqual([undefined, 'traces/ids@2025-11-25.jsonl', undefined, undefined]);
  });

  it('says why there is no verdict, and of no era', () => {
    const part = { verdict: 'no-handshake', why: 'silent', revisions: [], preferred: null, counted: [] } as const;
    const report = jsonReport(madeResult({ ...part, serverInfo: null }), NO_TRACES);
    expect(jsonReportSchema.parse(report)).toMatchObject({
      verdict: 'no-handshake',
      why: 'silent',
      target: { serverInfo: null, preferred: null, era: 'none' },
    });
  });

  it('marks what is excused, and tells what is stale', () => {
    const known = { id: 'rpc.id-echo', revision: '2025-11-25', status: 'fail', because: 'issue 7' } as const;
    const outgrown = { ...known, id: 'rpc.batch' };
    const result = madeResult({
      verdict: 'fail',
      rows: [{ ...failed, excusedBy: known }, madeRow({ id: 'ping.ready' })],
      stale: [{ known: outgrown, now: 'it passes now' }],
    });
    const report = jsonReportSchema.parse(jsonReport(result, NO_TRACES));
    expect(report.checks.map(({ excused }) => excused)).toEqual([true, undefined]);
    expect(report.stale).toEqual([{ id: 'rpc.batch', revision: '2025-11-25', status: 'fail', now: 'it passes now' }]);
  });

  it('leaves out what is not there, in place of null', () => {
    const [first] = jsonReport(madeResult({ rows: [madeRow({ id: 'ping.ready' })] }), NO_TRACES).checks;
    expect(Object.keys(first ?? {})).toEqual(['id', 'revision', 'title', 'level', 'status', 'clauses', 'seconds']);
  });
});
