import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/expect/outcome.ts';
import { junitReport } from '../../src/report/junit.ts';
import { xmlText } from '../../src/report/xml-text.ts';
import { madeResult, madeRow, madeRun } from '../made-result.ts';

const failed = madeRow({
  id: 'rpc.id-echo',
  status: 'fail',
  title: 'an answer carries the very id of its request',
  clauses: ['2025-11-25/messages/response-id'],
  expected: 'the id of the request',
  observed: 'id "0", of another type',
  run: 'ids@2025-11-25',
  evidence: [0, 1],
});
const warned = madeRow({ id: 'shutdown.eof-idle', level: 'ROBUST', status: 'warn', observed: 'still there' });
const RUN = madeRun('ids@2025-11-25', [
  { plane: 'wire', kind: 'sent', message: { jsonrpc: '2.0', id: 0, method: 'ping' }, bytes: 40 },
  { plane: 'wire', kind: 'received', message: { jsonrpc: '2.0', id: '0', result: {} }, bytes: 40 },
]);

describe('a JUnit report', () => {
  it('has a suite a revision and a case a check', () => {
    const rows = [failed, warned, madeRow({ id: 'ping.ready', revision: '2024-11-05' })];
    const { suites, all } = read(madeResult({ verdict: 'fail', rows, runs: [RUN] }));
    expect(suites.map(({ name, tests, failures }) => ({ name, tests, failures }))).toEqual([
      { name: '2025-11-25', tests: '2', failures: '1' },
      { name: '2024-11-05', tests: '1', failures: '0' },
    ]);
    expect(suites[0]?.testcase.map(({ classname, name }) => [classname, name])).toEqual([
      ['rpc', 'rpc.id-echo'],
      ['shutdown', 'shutdown.eof-idle'],
    ]);
    expect(all).toMatchObject({ name: 'mcp-lifeline', tests: '3', failures: '1', errors: '0', skipped: '0' });
  });

  it('tells a failure with what demands it, what was seen, and the messages that show it', () => {
    const [one] = casesOf(madeResult({ verdict: 'fail', rows: [failed], runs: [RUN] }));
    expect(one?.failure).toMatchObject({ message: 'id "0", of another type', type: 'fail' });
    expect(one?.failure?.['#text']).toContain('2025-11-25/messages/response-id (MUST): ');
    expect(one?.['system-out']).toBe(
      [
        'status: fail',
        'expected: the id of the request',
        'observed: id "0", of another type',
        '    0.000 s → {"jsonrpc":"2.0","id":0,"method":"ping"}',
        '    0.100 s ← {"jsonrpc":"2.0","id":"0","result":{}}',
      ].join('\n'),
    );
  });

  it('names the trace of a case where it was kept', () => {
    const text = junitReport(madeResult({ verdict: 'fail', rows: [failed] }), {
      strict: false,
      traceOf: (id) => `traces/${id}.jsonl`,
    });
    expect(text).toContain('trace: traces/ids@2025-11-25.jsonl');
  });

  it.each(['pass', 'note'] as const)('takes %s for a success', (status) => {
    const [one] = casesOf(madeResult({ rows: [{ ...warned, status }] }));
    expect([one?.name, one?.failure, one?.error, one?.skipped]).toEqual([warned.id, undefined, undefined, undefined]);
  });

  it('takes a warning for a failure where it counts like one', () => {
    const outcome = madeResult({ rows: [warned] });
    expect(casesOf(outcome)[0]?.failure).toBeUndefined();
    expect(casesOf(outcome, true)[0]?.failure).toMatchObject({ message: 'still there', type: 'warn' });
  });

  it('skips what could not be judged, and says why', () => {
    const [one] = casesOf(madeResult({ rows: [{ ...warned, status: 'unobserved', why: 'it was gone' }] }));
    expect(one?.skipped).toEqual({ message: 'it was gone' });
  });

  it('takes a fault of ours for an error', () => {
    const [one] = casesOf(madeResult({ verdict: 'error', rows: [{ ...warned, status: 'error', why: 'not played' }] }));
    expect(one?.error).toMatchObject({ message: 'not played', type: 'error' });
  });

  it('skips what is broken in a revision that does not count', () => {
    const [one] = casesOf(madeResult({ rows: [{ ...failed, revision: '2025-06-18' }] }));
    expect(one?.failure).toBeUndefined();
    expect(one?.skipped?.message).toBe('fail, in a revision that does not count: id "0", of another type');
  });

  it('skips what is known, and fails what is known no more', () => {
    const known = { id: failed.id, revision: '2025-11-25', status: 'fail', because: 'soon' } as const;
    const [one] = casesOf(madeResult({ rows: [{ ...failed, excusedBy: known }] }));
    expect([one?.failure, one?.skipped?.message]).toEqual([undefined, 'known: soon']);
    const stale = [{ known, now: 'it passes now' }];
    const { suites, all } = read(madeResult({ verdict: 'fail', rows: [madeRow({ id: failed.id })], stale }));
    expect(all.failures).toBe('1');
    expect(suites[1]?.testcase[0]).toMatchObject({
      name: 'rpc.id-echo 2025-11-25',
      failure: { message: 'listed as fail, and it passes now: remove the entry', type: 'stale' },
    });
  });

  it.each([
    ['no-handshake', 'failure'],
    ['error', 'error'],
  ] as const)('has a case for the verdict %s', (verdict, kind) => {
    const [one] = casesOf(madeResult({ verdict, why: 'it was silent' }));
    expect(one?.[kind]).toEqual({ message: 'it was silent', type: verdict });
  });
});

describe('whatever a server says', () => {
  const NASTY = [
    'a control character \u0000 \u0008 \u001b[31m \u007f \u009b',
    'the end ]]> of a section <![CDATA[ x ]]>',
    'quotes " and \' and & and &amp; and <b> and </testcase>',
    'halves \ud800 \udfff and no characters \ufffe \uffff',
    'what is fine: süß 漢字 🚀',
    '<!DOCTYPE x [<!ENTITY y "z">]> &y; -->',
    'true',
    '',
  ];

  it.each(NASTY)('%j stays inside, and the report stays XML', (text) => {
    const run = madeRun('ids@2025-11-25', [
      { plane: 'wire', kind: 'garbled', why: 'notJson', text, bytes: 1 },
      { plane: 'process', kind: 'stderr', text, bytes: 1 },
    ]);
    const row = { ...failed, title: text, expected: text, observed: text, why: text };
    const outcome = madeResult({ verdict: 'fail', rows: [row, { ...row, status: 'unobserved' }], runs: [run] });
    const xml = junitReport(outcome, { strict: false, traceOf: () => text });
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
    const [one, two] = casesOf(outcome);
    expect(one?.failure?.message).toBe(xmlText(text));
    expect(two?.skipped?.message).toBe(xmlText(text));
    expect(one?.['system-out']).toContain(`observed: ${xmlText(text)}\n`);
  });

  it('is shown with its code where XML has no way to write it', () => {
    expect(xmlText('\u0000 \ud800 \ufffe')).toBe('\\u{0} \\u{d800} \\u{fffe}');
  });
});

interface ReadNote {
  readonly message: string;
  readonly type?: string;
  readonly '#text'?: string;
}

interface ReadCase {
  readonly classname: string;
  readonly name: string;
  readonly failure?: ReadNote;
  readonly error?: ReadNote;
  readonly skipped?: ReadNote;
  readonly 'system-out'?: string;
}

interface ReadSuite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly testcase: readonly ReadCase[];
}

function casesOf(outcome: Outcome, strict = false): readonly ReadCase[] {
  return read(outcome, strict).suites.flatMap(({ testcase }) => testcase);
}

/** Writes the report and reads it back. */
function read(outcome: Outcome, strict = false) {
  const xml = junitReport(outcome, { strict, traceOf: () => undefined });
  expect(XMLValidator.validate(xml)).toBe(true);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  const { testsuites } = parser.parse(xml);
  return { all: testsuites, suites: testsuites.testsuite as readonly ReadSuite[] };
}
