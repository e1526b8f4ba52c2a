import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clausesOf, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/ledger/ledger.ts';
import { run } from '../../src/run.ts';
import { fakeIo } from '../fake-io.ts';

describe('the ledger as JSON', () => {
  it('has a row for each clause of each revision, in their order', async () => {
    const { code, entries } = await ledger();
    expect(code).toBe(0);
    expect(entries.map(({ id }) => id)).toEqual(REVISIONS.flatMap(clausesOf).map(({ id }) => id));
  });

  it('says of a row what judges it, checks of servers and invariants over clients alike', async () => {
    const { entries } = await ledger('2025-11-25/ping/respond');
    expect(entries).toEqual([
      {
        id: '2025-11-25/ping/respond',
        revision: '2025-11-25',
        page: 'basic/utilities/ping',
        level: 'MUST',
        role: 'receiver',
        judgedBy: ['handshake.ping-before', 'ping.ready', 'ping.busy', 'client.ping.pong'],
      },
    ]);
  });

  it('says of a row why nothing judges it', async () => {
    const { entries } = await ledger('2025-11-25/ping/periodic');
    expect(entries).toMatchObject([{ judgedBy: [], excluded: expect.stringContaining('names no figure') }]);
  });

  it('can be of one revision, and of what nothing judges', async () => {
    const { entries } = await ledger('--revision', '2025-06-18', '--unjudged');
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.every(({ revision, judgedBy }) => revision === '2025-06-18' && judgedBy.length === 0)).toBe(true);
  });

  it('goes into a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-ledger-'));
    const io = fakeIo({ cwd: folder });
    expect(await run(['clauses', '--json', 'ledger.json', 'ping/respond'], io)).toBe(0);
    expect(io.out()).toBe('');
    expect(JSON.parse(readFileSync(join(folder, 'ledger.json'), 'utf8'))).toHaveLength(REVISIONS.length);
    rmSync(folder, { recursive: true });
  });
});

describe('the summary', () => {
  it('counts each page of each revision, and all of them', async () => {
    const lines = await told('clauses', '--summary', '--revision', '2025-11-25');
    expect(lines[0]?.trim().split(/ {2,}/)).toEqual([
      'revision',
      'page',
      'clauses',
      'judged',
      'excluded',
      'neither',
      'share',
    ]);
    const rows = lines.slice(1).map((line) => line.trim().split(/ {2,}/));
    const sums = [2, 3, 4, 5].map((column) => rows.slice(0, -1).reduce((sum, row) => sum + Number(row[column]), 0));
    const total = rows.at(-1);
    expect(total?.slice(0, 2)).toEqual(['2025-11-25', 'all pages']);
    expect(total?.slice(2, 6).map(Number)).toEqual(sums);
    expect(sums[0]).toBe(clausesOf('2025-11-25').length);
    expect(total?.[6]).toBe(`${Math.round(((sums[1] ?? 0) / (sums[0] ?? 1)) * 100)} %`);
  });
});

describe('the difference of two revisions', () => {
  it('is what one added, what it took back, and what it changed', async () => {
    const lines = await told('clauses', '--diff', '2024-11-05', '2025-03-26');
    const names = (mark: string) =>
      lines.filter((line) => line.startsWith(`${mark} `)).map((line) => line.split(' ')[1]);
    const [before, after] = (['2024-11-05', '2025-03-26'] as const).map((revision) =>
      clausesOf(revision).map(({ name }) => name),
    );
    expect(names('+')).toEqual(after?.filter((name) => !before?.includes(name)));
    expect(names('-')).toEqual(before?.filter((name) => !after?.includes(name)));
    expect(lines[0]).toBe(
      `from 2024-11-05 to 2025-03-26: ${names('+').length} added, ${names('-').length} removed, ${names('~').length} changed`,
    );
  });

  it('tells a level that became stronger', async () => {
    const lines = await told('clauses', '--diff', '2025-03-26', '2025-06-18');
    const at = lines.indexOf('~ lifecycle/negotiated-capabilities');
    expect(lines[at + 1]).toBe('    level: SHOULD -> MUST');
  });

  it('tells both texts where the words changed', async () => {
    const lines = await told('clauses', '--diff', '2025-06-18', '2025-11-25');
    const at = lines.indexOf('~ messages/response-id');
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '    - A response carries the id of the request it answers.',
      '    + A result carries the id of the request it answers.',
    ]);
  });

  it('is nothing between a revision and itself', async () => {
    expect(await told('clauses', '--diff', '2025-06-18', '2025-06-18')).toEqual([
      'from 2025-06-18 to 2025-06-18: 0 added, 0 removed, 0 changed',
    ]);
  });
});

describe('bad usage', () => {
  it.each<[string[], RegExp]>([
    [['--diff', '2025-06-18'], /: --diff needs two revisions: /],
    [['--diff', '2025-06-18', '2025-11-25', '2024-11-05'], /: --diff needs two revisions: /],
    [['--diff', 'x', '2025-11-25'], /: --diff "x" is not known; it takes two of 2024-11-05, /],
    [['ping/respond', '--diff', '2025-06-18', '2025-11-25'], /: --diff goes with no other option, and with no id$/],
    [['--diff', '2025-06-18', '2025-11-25', '--json', 'x'], /: --diff goes with no other option/],
    [['--summary', '--json', '-'], /: --summary and --json do not go together$/],
    [['--summary', '--unjudged'], /: --summary and --unjudged do not go together$/],
    [['--json', '/no/such/x'], /: --json: \/no\/such\/x cannot be written: its folder does not exist$/],
    [['--json', '--summary'], /: --json needs a path, and got --summary/],
  ])('%j is one line and exit code 2', async (args, message) => {
    const io = fakeIo();
    expect(await run(['clauses', ...args], io)).toBe(2);
    expect(io.out()).toBe('');
    expect(io.err().trimEnd()).toMatch(message);
    expect(io.err().trimEnd()).not.toContain('\n');
  });
});

async function ledger(...options: readonly string[]): Promise<{ code: number; entries: readonly LedgerEntry[] }> {
  const io = fakeIo();
  const code = await run(['clauses', ...options, '--json', '-'], io);
  return { code, entries: JSON.parse(io.out()) };
}

async function told(...args: readonly string[]): Promise<readonly string[]> {
  const io = fakeIo();
  expect(await run(args, io)).toBe(0);
  return io.out().trimEnd().split('\n');
}
