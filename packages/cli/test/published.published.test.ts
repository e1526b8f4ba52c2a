import { type ChildProcess, spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { judgePublished, rowsThat } from './judge-published.js';

/** What nobody can be judged by who has no tool that is evidently slow, or that asks the client for something. */
const NEEDS_TOOLS = [
  'cancel.id-zero',
  'cancel.server-sent',
  'cancel.stops-progress',
  'cancel.stops-response',
  'capability.undeclared',
  'ping.busy',
  'progress.ends',
  'progress.increases',
  'progress.server-token',
  'progress.token',
  'shutdown.eof-mid-request',
];
/** What nobody can be judged by who, besides, asks the client for nothing. */
const ASKS_NOTHING = [...NEEDS_TOOLS, 'rpc.server-request-ids', 'shutdown.eof-owed-answer'];
/** Where the text is open, or there is only something to tell. */
const NOTES = [
  'handshake.no-early-updates',
  'handshake.ping-first',
  'handshake.requests-before-initialize',
  'handshake.second-initialize',
  'shutdown.answers-kept',
  'shutdown.exit-code',
  'stderr.noise',
];
const BATCHES = ['2025-03-26 rpc.batch', '2025-03-26 rpc.batch-mixed'];

describe('published servers', () => {
  it('server-everything 2026.8.31 speaks four revisions, and passes in all but for batches', async () => {
    const only = 'handshake,version,rpc.batch,rpc.batch-mixed,rpc.id-echo,framing.split';
    const { code, report } = await judgePublished('server-everything', '--revision', 'all', '--only', only);
    expect(report.target).toMatchObject({
      preferred: '2025-11-25',
      revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
    });
    expect(rowsThat(report, 'fail')).toEqual(BATCHES);
    expect([...rowsThat(report, 'warn'), ...rowsThat(report, 'unobserved')]).toEqual([]);
    expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
  });

  it('server-everything 2026.8.31 passes with two busy loops beside it', async () => {
    const { code, report } = await besideBusyLoops(() => judgePublished('server-everything'));
    expect(rowsThat(report, 'fail')).toEqual(BATCHES);
    expect(rowsThat(report, 'warn')).toEqual([
      '2025-11-25 cancel.id-zero',
      '2025-11-25 cancel.stops-progress',
      '2025-11-25 shutdown.eof-owed-answer',
    ]);
    expect(rowsThat(report, 'unobserved', '2025-11-25')).toEqual(['cancel.server-sent', 'progress.server-token']);
    expect(rowsThat(report, 'note', '2025-11-25')).toEqual(NOTES);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('server-everything 0.6.2 never leaves at the end of its input, and asks for what nobody declared', async () => {
    const { code, report } = await judgePublished('server-everything-0.6.2');
    expect(rowsThat(report, 'fail')).toEqual([]);
    expect(rowsThat(report, 'warn')).toEqual([
      '2024-11-05 cancel.stops-progress',
      '2024-11-05 capability.undeclared',
      '2024-11-05 shutdown.eof-idle',
      '2024-11-05 shutdown.eof-mid-handshake',
      '2024-11-05 shutdown.eof-mid-request',
      '2024-11-05 shutdown.eof-owed-answer',
    ]);
    expect(rowsThat(report, 'unobserved', '2024-11-05')).toEqual([
      'cancel.server-sent',
      'progress.server-token',
      'shutdown.survivors',
    ]);
    expect(rowsThat(report, 'unobserved', '2025-03-26')).toEqual(
      expect.arrayContaining(['rpc.batch', 'rpc.batch-mixed']),
    );
    expect(rowsThat(report, 'note', '2024-11-05')).toEqual(NOTES);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('firecrawl-mcp 3.22.2 asks for the roots too early, and stays for the answer', async () => {
    const { code, report } = await judgePublished('firecrawl-mcp');
    expect(rowsThat(report, 'fail')).toEqual(BATCHES);
    expect(rowsThat(report, 'warn')).toEqual([
      '2024-11-05 handshake.no-early-requests',
      '2025-03-26 handshake.no-early-requests',
      '2025-06-18 handshake.no-early-requests',
      '2025-06-18 shutdown.eof-mid-handshake',
      '2025-06-18 shutdown.eof-owed-answer',
    ]);
    expect(rowsThat(report, 'unobserved', '2025-06-18')).toEqual(NEEDS_TOOLS);
    expect(rowsThat(report, 'note', '2025-06-18')).toEqual(NOTES);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('context7-mcp 4.1.1 passes', async () => {
    const { code, report } = await judgePublished('context7-mcp');
    expect(rowsThat(report, 'fail')).toEqual(BATCHES);
    expect(rowsThat(report, 'warn')).toEqual([]);
    expect(rowsThat(report, 'unobserved', '2025-11-25')).toEqual([...ASKS_NOTHING].sort());
    expect(rowsThat(report, 'note', '2025-11-25')).toEqual(NOTES);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('kubernetes-mcp-server 0.0.67 writes text to stdout when it is told to go', async () => {
    const { code, report } = await judgePublished('kubernetes-mcp-server');
    expect(rowsThat(report, 'fail')).toEqual([
      '2024-11-05 stdout.clean',
      '2025-03-26 rpc.batch-mixed',
      '2025-03-26 stdout.clean',
      '2025-06-18 stdout.clean',
      '2025-11-25 stdout.clean',
    ]);
    expect(rowsThat(report, 'warn')).toEqual(['2025-11-25 rpc.malformed']);
    expect(rowsThat(report, 'unobserved', '2025-11-25')).toEqual([...ASKS_NOTHING].sort());
    expect(rowsThat(report, 'note', '2025-11-25')).toEqual(NOTES);
    expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
  });

  it('@stripe/mcp 0.3.3 without a network never answers: no handshake', async () => {
    const { code, report } = await judgePublished('stripe-mcp', '--timeout-scale', '0.4');
    expect({ code, verdict: report.verdict, checks: report.checks }).toEqual({
      code: 3,
      verdict: 'no-handshake',
      checks: [],
    });
  });
});

/** Runs something while two processes take all the time that they can get. */
async function besideBusyLoops<Result>(run: () => Promise<Result>): Promise<Result> {
  const hogs: readonly ChildProcess[] = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);']));
  try {
    return await run();
  } finally {
    for (const hog of hogs) {
      const exited = new Promise((resolve) => hog.once('exit', resolve));
      hog.kill('SIGKILL');
      await exited;
    }
  }
}
