import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/bench/report/report.js';

const BENCH = fileURLToPath(new URL('../../bench.mjs', import.meta.url));
const run = promisify(execFile);

let folder: string;
let report: Report;
let stdout: string;

describe('the bench, on the floor alone', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mcp-lifeline-bench-'));
    const json = join(folder, 'all.json');
    const only = 'memory.ping.1,stdio.ping,progress,weight';
    const args = ['--quick', '--rounds', '1', '--subjects', 'floor', '--only', only, '--json', json];
    ({ stdout } = await run(process.execPath, [BENCH, ...args], { timeout: 110_000 }));
    report = JSON.parse(readFileSync(json, 'utf8'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('measures every figure of every workload that was chosen', () => {
    expect([...new Set(report.rows.map(({ workload }) => workload))]).toEqual([
      'memory.ping.1',
      'stdio.ping.100',
      'stdio.ping.1',
      'progress.flood',
      'progress.kept',
      'weight.import',
      'weight.pair',
      'weight.server',
    ]);
    for (const { workload, figure, values } of report.rows) {
      expect(values['floor']?.samples, `${workload} ${figure}`).toEqual([expect.any(Number)]);
    }
    expect(report.failures).toEqual([]);
  });

  it('loses no progress', () => {
    const kept = report.rows.filter(({ figure }) => figure === 'kept' || figure === 'whole');
    expect(kept.map(({ values }) => values['floor']?.median)).toEqual([100, 100, 100]);
  });

  it('prints a line for each figure', () => {
    expect(stdout.trimEnd().split('\n')).toHaveLength(1 + report.rows.length);
  });
});

describe('the bench', () => {
  it('prints its help, and measures nothing', async () => {
    const { stdout: help } = await run(process.execPath, [BENCH, '--help']);
    expect(help).toContain('usage: pnpm bench');
  });

  it('exits 2 when it is misused', async () => {
    await expect(run(process.execPath, [BENCH, '--only', 'nothing'])).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^no such workload: nothing/),
    });
  });
});
