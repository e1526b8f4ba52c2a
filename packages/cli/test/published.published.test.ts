import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installPeer, type PeerName } from '@mcp-lifeline/peers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../bin/mcp-lifeline.mjs', import.meta.url));

describe('a bundled real server, judged in every revision', () => {
  it('server-everything 2026.8.31 passes, and prefers 2025-11-25', async () => {
    const { code, report } = await check('server-everything');
    expect(report).toMatchObject({
      verdict: 'pass',
      target: { preferred: '2025-11-25', revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'] },
    });
    expect(besides(report, 'pass')).toEqual([
      '2024-11-05 handshake.ping-first note',
      '2025-03-26 handshake.ping-first note',
      '2025-06-18 handshake.ping-first note',
      '2025-11-25 handshake.ping-first note',
      '2026-07-28 version.counter-offer note',
    ]);
    expect(code).toBe(0);
  });
});

describe('published servers, with two busy loops beside them', () => {
  const hogs: ChildProcess[] = [];
  beforeAll(() => {
    for (let count = 0; count < 2; count += 1) hogs.push(spawn(process.execPath, ['-e', 'for (;;);']));
  });
  afterAll(async () => {
    for (const hog of hogs) {
      const exited = new Promise((resolve) => hog.once('exit', resolve));
      hog.kill('SIGKILL');
      await exited;
    }
  });

  it('server-everything 2026.8.31 passes', async () => {
    const { code, report } = await check('server-everything', '2025-11-25');
    expect(besides(report, 'pass', 'note')).toEqual([]);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('server-everything 0.6.2 never leaves at the end of its input, and nothing else', async () => {
    const { code, report } = await check('server-everything-0.6.2', '2024-11-05');
    expect(besides(report, 'pass', 'note')).toEqual(['2024-11-05 shutdown.eof-idle warn']);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('firecrawl-mcp 3.22.2 asks for the roots too early', async () => {
    const { code, report } = await check('firecrawl-mcp', '2025-06-18');
    expect(besides(report, 'pass', 'note')).toEqual(['2025-06-18 handshake.no-early-requests warn']);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('context7-mcp 4.1.1 passes', async () => {
    const { code, report } = await check('context7-mcp', '2025-11-25');
    expect(besides(report, 'pass', 'note')).toEqual([]);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
  });

  it('kubernetes-mcp-server 0.0.67 writes text to stdout when it is told to go', async () => {
    const { code, report } = await check('kubernetes-mcp-server', '2025-11-25');
    expect(besides(report, 'pass', 'note')).toEqual(['2025-11-25 stdout.clean fail']);
    expect({ code, verdict: report.verdict }).toEqual({ code: 1, verdict: 'fail' });
  });

  it('@stripe/mcp 0.3.3 without a network never answers: no handshake', async () => {
    const { code, report } = await check('stripe-mcp', 'preferred', ['--timeout-scale', '0.4']);
    expect({ code, verdict: report.verdict, checks: report.checks }).toEqual({
      code: 3,
      verdict: 'no-handshake',
      checks: [],
    });
  });
});

interface Report {
  readonly verdict: string;
  readonly target: unknown;
  readonly checks: readonly { readonly id: string; readonly revision: string; readonly status: string }[];
}

/** Judges a published server as a user would, and reads the report from stdout. */
async function check(name: PeerName, revision = 'preferred', options: readonly string[] = []) {
  const { command, env } = await installPeer(name);
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const args = ['check', '--json', '-', '--revision', revision, ...options, ...variables, '--', ...command];
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, report: JSON.parse(text) as Report };
}

/** The rows of any other status, as text. */
function besides({ checks }: Report, ...statuses: readonly string[]): readonly string[] {
  return checks
    .filter(({ status }) => !statuses.includes(status))
    .map(({ revision, id, status }) => `${revision} ${id} ${status}`)
    .sort();
}
