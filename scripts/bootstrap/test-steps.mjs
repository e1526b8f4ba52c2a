// The steps of `npm test`, and how each is counted.
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, tool } from './commands.mjs';

/** A step may take this long; all of them together are meant to take 12 minutes at most. */
export const STEP_LIMIT_MS = 900_000;

const PROJECTS = ['unit', 'process', 'published'];

/**
 * The steps by name, in order; each gives its command when its turn comes, since tools are there only after the installation.
 *
 * @type {readonly {name: string, command: () => string[], report?: string}[]}
 */
export const STEPS = [
  { name: 'biome', command: () => [...tool('@biomejs/biome', 'biome'), 'ci', '.'] },
  { name: 'types', command: () => [...tool('typescript', 'tsc'), '-b'] },
  { name: 'generated', command: () => [process.execPath, join(root, 'scripts/generate.mjs'), '--check'] },
  { name: 'knip', command: () => [...tool('knip'), '--no-progress'] },
  ...PROJECTS.map((name) => {
    const report = join(root, 'reports', `vitest-${name}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    return { name, report, command: () => [...tool('vitest'), 'run', '--project', name, ...reporters] };
  }),
];

/** Removes what an earlier run reported, so that a run that dies cannot be taken for it. */
export function forgetReport(step) {
  if (step.report !== undefined) rmSync(step.report, { force: true });
}

/**
 * Counts a finished step: a vitest project by its report, any other as one test.
 *
 * @param {{name: string, report?: string}} step
 * @param {{code: number, overLimit: boolean}} result
 * @returns {{passed: number, failed: number, skipped: number, why?: string}}
 */
export function countStep(step, result) {
  const why = result.overLimit ? `took longer than ${STEP_LIMIT_MS / 60_000} minutes` : `exited ${result.code}`;
  if (step.report === undefined) {
    return result.code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0, why };
  }
  let report;
  try {
    report = JSON.parse(readFileSync(step.report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, why: `${why} without a report` };
  }
  const counts = countReport(report);
  if (counts.failed > 0 || result.code === 0) return counts;
  // An error outside any test: vitest fails the run, and its report shows nothing.
  return { ...counts, failed: 1, why: `${why} though no test failed` };
}

/** Counts vitest's JSON report; a file that could not even be loaded is one failure. */
function countReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  const counts = {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
  return broken.length === 0 ? counts : { ...counts, why: `${broken.length} file(s) failed outside any test` };
}

/**
 * The tests of a finished step that failed, each with the first line of why, for the end of a long log.
 *
 * @param {{name: string, report?: string}} step
 * @returns {readonly string[]}
 */
export function failuresOf(step) {
  if (step.report === undefined) return [];
  try {
    const { testResults } = JSON.parse(readFileSync(step.report, 'utf8'));
    return testResults.flatMap((file) => failuresIn(file));
  } catch {
    return [];
  }
}

function failuresIn({ name, message, assertionResults }) {
  const path = relative(root, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return message ? [`${path}: ${firstLine(message)}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) => `${path}: ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`,
  );
}

function firstLine(text) {
  return text.split('\n', 1)[0].slice(0, 300);
}

/** On Linux CI everything can run: a skip there is a test that quietly stopped testing. */
export function skipsAreFailures(env = process.env, platform = process.platform) {
  return platform === 'linux' && env.CI === 'true';
}

/** The last line of `npm test`. */
export function countLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
