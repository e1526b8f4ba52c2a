#!/usr/bin/env node
// npm test [-- --only STEP,...]: everything that must pass before a change lands. The last line is `N passed, N failed`.
import { root } from './bootstrap/commands.mjs';
import { build, install } from './bootstrap/prepare.mjs';
import { requireNode } from './bootstrap/require-node.mjs';
import { run } from './bootstrap/run.mjs';
import {
  countLine,
  countStep,
  failuresOf,
  forgetReport,
  STEP_LIMIT_MS,
  STEPS,
  skipsAreFailures,
} from './bootstrap/test-steps.mjs';

requireNode();
const chosen = chooseSteps(process.argv.slice(2));
if (typeof chosen === 'string') {
  process.stderr.write(
    `${chosen}; usage: npm test [-- --only STEP,...] with steps out of: ${stepNames().join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  process.exitCode = await test(chosen);
}

/** Runs the steps, all of them even if one fails, and gives the exit code. */
async function test(steps) {
  const rows = [];
  const failures = [];
  const prepared = await timed(() => prepare(steps));
  if (prepared.interrupted) return prepared.code;
  rows.push({ name: 'bootstrap', seconds: prepared.seconds, ...countStep({ name: 'bootstrap' }, prepared) });
  // Without the dependencies there is nothing to run the steps with.
  for (const step of prepared.installed ? steps : []) {
    process.stdout.write(`\n=== ${step.name}\n`);
    forgetReport(step);
    const result = await timed(() => runStep(step));
    if (result.interrupted) return result.code;
    rows.push({ name: step.name, seconds: result.seconds, ...judgeSkips(countStep(step, result)) });
    failures.push(...failuresOf(step));
  }
  const total = sum(rows);
  process.stdout.write(`\n${table([...rows, { name: 'total', ...total }])}\n`);
  if (failures.length > 0) process.stdout.write(`\nfailed:\n${failures.map((one) => `  ${one}\n`).join('')}`);
  process.stdout.write(`\n${countLine(total)}\n`);
  return total.failed > 0 ? 1 : 0;
}

/** Tests of whole programs run what is built; the types step builds as well. */
async function prepare(steps) {
  const installed = await install();
  if (installed.code !== 0 || steps.some((step) => step.name === 'types')) {
    return { overLimit: false, ...installed, installed: installed.code === 0 };
  }
  return { ...(await build()), installed: true };
}

async function runStep(step) {
  try {
    return await run(step.command(), { cwd: root, limitMs: STEP_LIMIT_MS });
  } catch (error) {
    // Its program is not where it should be.
    process.stderr.write(`${error.message}\n`);
    return { code: 127, interrupted: false, overLimit: false };
  }
}

async function timed(action) {
  const began = performance.now();
  const result = await action();
  return { ...result, seconds: (performance.now() - began) / 1000 };
}

function judgeSkips(counts) {
  if (counts.skipped === 0 || !skipsAreFailures()) return counts;
  const why = [counts.why, `${counts.skipped} skipped, which counts as failed on Linux CI`].filter(Boolean).join('; ');
  return { ...counts, failed: counts.failed + counts.skipped, skipped: 0, why };
}

function sum(rows) {
  const total = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
  for (const row of rows) for (const key of Object.keys(total)) total[key] += row[key];
  return total;
}

function table(rows) {
  const line = (name, ...cells) => `${name.padEnd(10)}${cells.map((cell) => String(cell).padStart(9)).join('')}`;
  const body = rows.map(({ name, passed, failed, skipped, seconds, why }) => {
    return line(name, passed, failed, skipped, seconds.toFixed(1)) + (why === undefined ? '' : `   ${why}`);
  });
  return [line('step', 'passed', 'failed', 'skipped', 'seconds'), ...body].join('\n');
}

function stepNames() {
  return STEPS.map((step) => step.name);
}

/** @returns the chosen steps, or a complaint */
function chooseSteps(args) {
  if (args.length === 0) return STEPS;
  const list = args[0] === '--only' && args.length === 2 ? args[1] : args[0].match(/^--only=(.+)$/)?.[1];
  if (list === undefined || (args[0] !== '--only' && args.length > 1)) return `unknown arguments: ${args.join(' ')}`;
  const names = list.split(',');
  const unknown = names.filter((name) => !stepNames().includes(name));
  return unknown.length > 0 ? `no such step: ${unknown.join(', ')}` : STEPS.filter((step) => names.includes(step.name));
}
