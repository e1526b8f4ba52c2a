import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countLine, countStep, failuresOf, skipsAreFailures } from '../../scripts/bootstrap/test-steps.mjs';

const folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-counts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const finished = { code: 0, overLimit: false };
const failed = { code: 1, overLimit: false };
const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('counting a step', () => {
  it('takes a command for one test', () => {
    expect(countStep({ name: 'types' }, finished)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(countStep({ name: 'types' }, failed)).toMatchObject({ passed: 0, failed: 1, why: 'exited 1' });
  });

  it('says when a step ran over its limit', () => {
    expect(countStep({ name: 'knip' }, { code: 143, overLimit: true })).toMatchObject({
      failed: 1,
      why: 'took longer than 15 minutes',
    });
  });

  it('counts the tests of a project, those to be written as skipped', () => {
    const report = { ...empty, numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 };
    expect(countStep(reported(report), failed)).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts a file that could not be loaded', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    const report = { ...empty, numPassedTests: 1, numFailedTests: 1, testResults };
    expect(countStep(reported(report), failed)).toMatchObject({ passed: 1, failed: 2 });
  });

  it('counts a project that failed though no test did', () => {
    expect(countStep(reported({ ...empty, numPassedTests: 3 }), failed)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
      why: 'exited 1 though no test failed',
    });
  });

  it('counts a project that left no report', () => {
    const step = { name: 'unit', report: join(folder, 'nowhere.json') };
    expect(countStep(step, { code: 134, overLimit: false })).toMatchObject({
      failed: 1,
      why: 'exited 134 without a report',
    });
  });
});

describe('what failed', () => {
  it('is named with the first line of why', () => {
    const testResults = [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'a holds' },
          { status: 'failed', fullName: 'a breaks', failureMessages: ['Error: 1 is not 2\n    at a.test.ts'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module\nx', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ];
    expect(failuresOf(reported({ ...empty, testResults }))).toEqual([
      expect.stringMatching(/a\.test\.ts: a breaks: Error: 1 is not 2$/),
      expect.stringMatching(/b\.test\.ts: no such module$/),
    ]);
  });

  it('is told by their own output for what left no report', () => {
    expect(failuresOf({ name: 'types' })).toEqual([]);
    expect(failuresOf({ name: 'unit', report: join(folder, 'nowhere.json') })).toEqual([]);
  });
});

describe('the last line', () => {
  it('names what was skipped only when something was', () => {
    expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(countLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('lets nothing be skipped on Linux CI', () => {
    expect(skipsAreFailures({ CI: 'true' }, 'linux')).toBe(true);
    expect(skipsAreFailures({ CI: 'true' }, 'darwin')).toBe(false);
    expect(skipsAreFailures({}, 'linux')).toBe(false);
  });
});

function reported(report: object): { name: string; report: string } {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return { name: 'unit', report: path };
}
