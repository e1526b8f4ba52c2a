import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/expect/outcome.ts';
import { createStyle } from '../../src/report/style.ts';
import { terminalReport } from '../../src/report/terminal.ts';
import { madeResult, madeRow, madeRun } from '../made-result.ts';

const passed = madeRow({ id: 'ping.ready', title: 'a ping is answered', observed: 'an empty result' });
const noted = madeRow({
  id: 'handshake.ping-first',
  level: 'NOTE',
  status: 'note',
  title: 'what a ping gets',
  observed: 'result {}',
});
const failed = madeRow({
  id: 'rpc.id-echo',
  status: 'fail',
  title: 'an answer carries the very id of its request',
  clauses: ['2025-11-25/ping/respond'],
  expected: 'the id of the request',
  observed: 'id "0", of another type',
  run: 'ids@2025-11-25',
  evidence: [0, 1],
});
const warned = madeRow({
  id: 'shutdown.eof-idle',
  level: 'ROBUST',
  status: 'warn',
  title: 'an idle server exits when its stdin ends',
  expected: 'an exit of its own',
  observed: 'still there 5.0 s after the end of its input',
  run: 'ready@2025-11-25',
  evidence: [0, 1, 2],
});
const RUNS = [
  madeRun('ids@2025-11-25', [
    { plane: 'wire', kind: 'sent', message: { jsonrpc: '2.0', id: 0, method: 'ping' }, bytes: 40 },
    {
      plane: 'wire',
      kind: 'received',
      message: { jsonrpc: '2.0', id: '0', result: { text: 'x'.repeat(90) } },
      bytes: 130,
    },
  ]),
  madeRun('ready@2025-11-25', [
    { plane: 'process', kind: 'inputEnded' },
    { plane: 'note', kind: 'waited', for: 'the exit', ms: 5000, lagMs: 0 },
    { plane: 'process', kind: 'signalled', signal: 'SIGKILL', by: 'ladder' },
  ]),
];

describe('a result that passed', () => {
  it('takes a line a check, and a line for each other revision', () => {
    const rows = [passed, noted, { ...passed, revision: '2025-06-18' }, { ...noted, revision: '2025-06-18' }];
    const unspoken = { status: 'unobserved', why: 'the server does not speak 2024-11-05: it refuses' } as const;
    const old = madeRow({ id: 'ping.ready', revision: '2024-11-05', ...unspoken });
    expect(shown(madeResult({ rows: [old, ...rows] }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ✓ ping.ready            a ping is answered
        · handshake.ping-first  what a ping gets
                                note: result {}

      other revisions, which do not count
        2025-06-18  1 pass, 1 note, as in 2025-11-25
        2024-11-05  not spoken: it refuses

      verdict pass · preferred 2025-11-25 · 1 pass, 1 note · 12.3 s
      "
    `);
  });
});

describe('a fault', () => {
  it('is told with its clause, what was expected and seen, and the messages that show it', () => {
    expect(shown(madeResult({ verdict: 'fail', rows: [passed, failed], runs: RUNS }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ✓ ping.ready   a ping is answered
        ✗ rpc.id-echo  an answer carries the very id of its request
                       fail: id "0", of another type

      ✗ fail rpc.id-echo 2025-11-25 MUST
                  an answer carries the very id of its request
        clause    2025-11-25/ping/respond (MUST)
                  A ping is answered promptly, with an empty result.
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements
        expected  the id of the request
        observed  id "0", of another type
          0.000 s → {"jsonrpc":"2.0","id":0,"method":"ping"}
          0.100 s ← {"jsonrpc":"2.0","id":"0","result":{"text":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

      --traces DIR keeps every message of every run.

      verdict fail · preferred 2025-11-25 · 1 fail, 1 pass · 12.3 s
      "
    `);
  });

  it('that no clause speaks of is told as such, with what the process did', () => {
    expect(shown(madeResult({ rows: [warned], runs: RUNS }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ! shutdown.eof-idle  an idle server exits when its stdin ends
                             warn: still there 5.0 s after the end of its input

      ! warn shutdown.eof-idle 2025-11-25 ROBUST
                  an idle server exits when its stdin ends
        clause    none demands it, but users would suffer
        expected  an exit of its own
        observed  still there 5.0 s after the end of its input
          0.000 s · its input was closed
          0.100 s · waited 5.0 s for the exit, in vain
          0.200 s · SIGKILL was sent to it

      --traces DIR keeps every message of every run.

      verdict pass · preferred 2025-11-25 · 1 warn · 12.3 s
      "
    `);
  });

  it('names its trace where traces are kept', () => {
    const text = shown(madeResult({ rows: [warned], runs: RUNS }), { traceOf: (id) => `traces/${id}.jsonl` });
    expect(text).toContain('  trace     traces/ready@2025-11-25.jsonl\n');
    expect(text).not.toContain('--traces');
  });

  it('that another revision shows as well is told once', () => {
    const again = { ...warned, revision: '2025-06-18', observed: warned.observed?.replace('5.0 s', '5.1 s') ?? '' };
    const text = shown(madeResult({ rows: [again, warned], runs: RUNS }));
    expect(text.match(/^! warn shutdown.eof-idle/gm)).toHaveLength(1);
    expect(text).toContain('  2025-06-18  1 warn, as in 2025-11-25\n');
  });

  it('of another revision alone is told in full, and counted apart', () => {
    const elsewhere = { ...failed, revision: '2025-06-18' };
    expect(shown(madeResult({ rows: [elsewhere, passed], runs: RUNS }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ✓ ping.ready  a ping is answered

      ✗ fail rpc.id-echo 2025-06-18 MUST
                  an answer carries the very id of its request
        clause    2025-11-25/ping/respond (MUST)
                  A ping is answered promptly, with an empty result.
                  https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements
        expected  the id of the request
        observed  id "0", of another type
          0.000 s → {"jsonrpc":"2.0","id":0,"method":"ping"}
          0.100 s ← {"jsonrpc":"2.0","id":"0","result":{"text":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…

      other revisions, which do not count
        2025-06-18  ✗ rpc.id-echo  fail: id "0", of another type

      --traces DIR keeps every message of every run.

      verdict pass · preferred 2025-11-25 · 1 pass · in other revisions 1 fail · 12.3 s
      "
    `);
  });

  it('is said to count where strictness makes a warning count', () => {
    const text = shown(madeResult({ rows: [warned], runs: RUNS }), { strict: true });
    expect(lastLine(text)).toBe('verdict pass · a warning counts (--strict) · preferred 2025-11-25 · 1 warn · 12.3 s');
  });

  it('with more evidence than a reader takes in shows its beginning and its end', () => {
    const chatter = Array.from(
      { length: 20 },
      (_, id) => ({ plane: 'wire', kind: 'received', message: id, bytes: 1 }) as const,
    );
    const row = { ...failed, evidence: chatter.map((_, index) => index) };
    const text = shown(madeResult({ verdict: 'fail', rows: [row], runs: [madeRun('ids@2025-11-25', chatter)] }));
    expect(text).toContain('← 6\n            … 12 more\n    1.900 s ← 19\n');
  });
});

describe('what could not be judged', () => {
  it('says why, on the server and on us', () => {
    const rows = [
      madeRow({ id: 'rpc.batch', status: 'unobserved', why: 'the server was gone before the question was put' }),
      madeRow({ id: 'ping.ready', status: 'error', why: 'nothing tells whether ping would have been answered' }),
    ];
    expect(shown(madeResult({ verdict: 'error', rows }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ? rpc.batch   what rpc.batch is about
                      unobserved: the server was gone before the question was put
        ‼ ping.ready  what ping.ready is about
                      error: nothing tells whether ping would have been answered

      verdict error · preferred 2025-11-25 · 1 error, 1 unobserved · 12.3 s
      "
    `);
  });
});

describe('a known failure', () => {
  const known = { id: failed.id, revision: '2025-11-25', status: 'fail', because: 'it is being rewritten' } as const;

  it('is shown as such, and told at no length', () => {
    const rows = [passed, { ...failed, excusedBy: known }];
    expect(shown(madeResult({ rows, runs: RUNS }))).toMatchInlineSnapshot(`
      "node server.js
      made-up 1.2.3 · speaks 2025-06-18, 2025-11-25

      2025-11-25, the revision it prefers
        ✓ ping.ready   a ping is answered
        ✗ rpc.id-echo  an answer carries the very id of its request
                       known fail (it is being rewritten): id "0", of another type

      verdict pass · preferred 2025-11-25 · 1 known fail, 1 pass · 12.3 s
      "
    `);
  });

  it('in another revision that counts is told apart from an unknown one', () => {
    const rows = [{ ...failed, revision: '2025-06-18', excusedBy: { ...known, because: '' } }, failed];
    const text = shown(madeResult({ verdict: 'fail', rows, counted: ['2025-06-18', '2025-11-25'], runs: RUNS }));
    expect(text).toContain('  2025-06-18  ✗ rpc.id-echo  known fail: id "0", of another type\n');
    expect(text.match(/^✗ fail rpc.id-echo/gm)).toHaveLength(1);
    expect(lastLine(text)).toContain(' · 1 fail, 1 known fail · ');
  });

  it('does not count where strictness makes a warning count', () => {
    const excusedBy = { id: warned.id, revision: '2025-11-25', status: 'warn', because: '' } as const;
    const text = shown(madeResult({ rows: [{ ...warned, excusedBy }], runs: RUNS }), { strict: true });
    expect(lastLine(text)).toBe('verdict pass · preferred 2025-11-25 · 1 known warn · 12.3 s');
  });

  it('that is none any more is to be removed', () => {
    const text = shown(madeResult({ verdict: 'fail', rows: [passed], stale: [{ known, now: 'it passes now' }] }));
    expect(text).toContain(
      '✗ 1 known failure is none any more: remove from the file\n    rpc.id-echo 2025-11-25 fail: it passes now\n',
    );
    expect(lastLine(text)).toBe('verdict fail · 1 stale entry · preferred 2025-11-25 · 1 pass · 12.3 s');
  });
});

describe('the revisions that it speaks', () => {
  it('are told apart from those that were not tried', () => {
    const text = shown(madeResult({ rows: [passed], tried: ['2025-11-25'] }));
    expect(text).toContain('made-up 1.2.3 · speaks 2025-06-18, 2025-11-25 · not tried: 2024-11-05, 2025-03-26\n');
  });
});

describe('the revisions that count', () => {
  it('are named where it is not the preferred one alone', () => {
    const rows = [{ ...passed, revision: '2025-06-18' }, passed];
    const text = shown(madeResult({ rows, counted: ['2025-06-18', '2025-11-25'] }));
    expect(text).toContain('\nother revisions\n');
    expect(lastLine(text)).toBe(
      'verdict pass · preferred 2025-11-25 · counted 2025-06-18, 2025-11-25 · 2 pass · 12.3 s',
    );
  });

  it('are shown row by row where the preferred one is not among them', () => {
    const text = shown(madeResult({ rows: [{ ...passed, revision: '2025-06-18' }], counted: ['2025-06-18'] }));
    expect(text).toContain('\n2025-06-18\n  ✓ ping.ready');
  });

  it('may have nothing to judge', () => {
    expect(lastLine(shown(madeResult()))).toBe('verdict pass · preferred 2025-11-25 · nothing to judge · 12.3 s');
  });
});

describe('no verdict', () => {
  it('says why', () => {
    const why = 'none of the checks asked for has a row in 2025-11-25';
    expect(lastLine(shown(madeResult({ verdict: 'error', why })))).toMatch(/^verdict error · none of the checks .* · /);
  });
});

describe('what a server says', () => {
  it('cannot move the cursor or forge a line', () => {
    const text = shown(
      madeResult({
        serverInfo: { name: 'a\u001b[2Jb', version: '1\nverdict pass' },
        rows: [{ ...noted, observed: 'x\u001b]0;title\u0007\nverdict pass' }],
      }),
    );
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text.match(/^verdict pass/gm)).toHaveLength(1);
  });

  it.each([[null], ['text'], [{}], [{ name: 7 }]])('may be no name at all: %j', (serverInfo) => {
    expect(shown(madeResult({ serverInfo }))).toContain('node server.js\n');
  });
});

describe('every line', () => {
  it.each([60, 80, 120])('fits into %i characters, addresses apart', (width) => {
    const result = madeResult({
      verdict: 'fail',
      command: ['node', 'x'.repeat(200)],
      rows: [passed, noted, failed, warned],
      runs: RUNS,
    });
    const lines = terminalReport(result, {
      style: createStyle(false, width),
      strict: false,
      traceOf: () => undefined,
    }).split('\n');
    const long = lines.filter(
      (line) => line.length > width && !line.includes('https://') && !line.startsWith('verdict'),
    );
    expect(long).toEqual([]);
  });
});

function shown(result: Outcome, view: { strict?: boolean; traceOf?: (id: string) => string | undefined } = {}): string {
  return terminalReport(result, { style: createStyle(false, 100), strict: false, traceOf: () => undefined, ...view });
}

function lastLine(text: string): string | undefined {
  return text.trimEnd().split('\n').at(-1);
}
