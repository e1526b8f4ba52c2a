import { describe, expect, test } from 'vitest';
import { cutEverywhere, OURS, type Script, scripts } from '../../src/core/index.ts';
import { without } from './tampering.ts';

const TIMEOUT_MS = 600_000;
const named = scripts().map((script): [string, Script] => [script.name, script]);

describe('cut after every single move, by every end, all that is open settles and both sides are closed', () => {
  let steps = 0;

  test.each(named)(
    '%s',
    (_, script) => {
      const cut = cutEverywhere(OURS, script);
      expect(cut.failure).toBe(null);
      expect(cut.runs).toBeGreaterThan(25 * script.case.moves.length);
      steps += cut.steps;
    },
    TIMEOUT_MS,
  );

  test('in some hundred thousand steps', () => {
    process.stdout.write(`cut: ${steps} steps\n`);
    expect(steps).toBeGreaterThan(700_000);
  });
});

test('a cut is found where a core does not take it', () => {
  const stubborn = without((effect) => effect.type === 'closeChannel' && effect.mode === 'now');
  const failures = named.map(([, script]) => cutEverywhere(stubborn, script).failure);
  for (const failure of failures) expect(failure?.what).toMatch(/the channel/);
});
