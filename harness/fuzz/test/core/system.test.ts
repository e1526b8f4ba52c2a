import { describe, expect, test } from 'vitest';
import { act } from '../../src/core/actions.ts';
import type { Case, Move, PairWorld } from '../../src/core/case.ts';
import { OURS } from '../../src/core/index.ts';
import { runCase } from '../../src/core/run-case.ts';
import { wholeSubject } from '../../src/core/subject.ts';
import { System } from '../../src/core/system.ts';

const WORLD: PairWorld = { kind: 'pair', link: 'json', host: 'page', descendant: 'none', client: {}, server: {} };
const CALL: Move = {
  type: 'call',
  side: 'client',
  call: { method: 'x/custom', asksForTask: false, wantsProgress: true, timeoutMs: 5_000 },
};

describe('a system', () => {
  test('has one session after another on one clock, the next only when one is over', () => {
    const system = systemOf(WORLD);
    for (const move of [{ type: 'reopen', isShaken: true }, { type: 'wait', ms: 100 }, CALL] as const)
      act(system, move);
    const first = system.session;
    act(system, { type: 'reopen', isShaken: true });
    expect(system.session).toBe(first);
    system.finish();
    const then = system.stage.now;
    act(system, { type: 'reopen', isShaken: true });
    expect([system.sessions, system.session === first]).toEqual([2, false]);
    expect(system.stage.now).toBe(then);
    system.finish();
  });

  test('finds it wrong when all is quiet and a call waits: here its request was lost', () => {
    const system = systemOf(WORLD);
    for (const move of [{ type: 'reopen', isShaken: true }, CALL] as const) act(system, move);
    system.session?.link('server')?.lose(1);
    expect(() => system.finish()).toThrow(/all is quiet, and the client waits for 1/);
  });

  test.each(['reference', 'json', 'bytes'] as const)('takes the same steps over a link by %s', (link) => {
    const moves: readonly Move[] = [{ type: 'reopen', isShaken: true }, CALL, { type: 'close', side: 'server' }];
    const one: Case = { format: 1, world: { ...WORLD, link }, moves };
    expect(runCase(OURS, one, true)).toEqual(runCase(OURS, { ...one, world: WORLD }, true));
  });

  test.each(['none', 'untilTerm', 'untilKill', 'forever'] as const)(
    'ends with its process, whose descendant lives %s',
    (descendant) => {
      const world: PairWorld = { ...WORLD, host: 'process', descendant };
      const moves: readonly Move[] = [{ type: 'reopen', isShaken: true }, CALL];
      expect(runCase(OURS, { format: 1, world, moves }, true).wrong).toBe(null);
    },
  );
});

function systemOf(world: PairWorld): System {
  return new System(wholeSubject(OURS), world);
}
