import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { jsonReportSchema } from './json-report-schema.ts';
import { cli } from './spawn-cli.ts';

const SERVER = fileURLToPath(new URL('../../../examples/echo-server/server.mjs', import.meta.url));

describe('our own server, judged as anybody is', () => {
  let code: number | null;
  let report: ReturnType<typeof jsonReportSchema.parse>;

  beforeAll(async () => {
    const options = ['--revision', 'all', '--jobs', '6', '--json', '-'];
    const ended = await cli(['check', ...options, '--', process.execPath, SERVER]);
    code = ended.code;
    report = jsonReportSchema.parse(JSON.parse(ended.stdout));
  });

  it('passes in all four revisions', () => {
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: 'pass' });
    expect(report.counted).toEqual(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']);
  });

  it('breaks nothing, and leaves nothing unobserved', () => {
    const rest = report.checks.filter(({ status }) => status !== 'pass' && status !== 'note');
    expect(rest.map(({ id, revision, status, why }) => ({ id, revision, status, why }))).toEqual([]);
  });

  it('answers batches where there are any', () => {
    const batches = report.checks.filter(({ id, status }) => id.startsWith('rpc.batch') && status === 'pass');
    expect(batches.map(({ id, revision }) => `${id} ${revision}`)).toEqual([
      'rpc.batch 2025-03-26',
      'rpc.batch-mixed 2025-03-26',
    ]);
  });

  it('keeps what was asked right before the end of its input', () => {
    const kept = report.checks.filter(({ id }) => id === 'shutdown.answers-kept');
    expect(kept.map(({ observed }) => observed)).toEqual(kept.map(() => '6 of 6 requests answered'));
  });
});
