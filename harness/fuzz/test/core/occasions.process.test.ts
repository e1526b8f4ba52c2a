import type { Effect, Params } from '@mcp-lifeline/core';
import type { ProcessEffect } from '@mcp-lifeline/core/process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { act } from '../../src/core/actions.ts';
import type { Case } from '../../src/core/case.ts';
import { loneCases, pairCases } from '../../src/core/generators.ts';
import { OURS } from '../../src/core/index.ts';
import type { Audience } from '../../src/core/stage.ts';
import { wholeSubject } from '../../src/core/subject.ts';
import { System } from '../../src/core/system.ts';

const TIMEOUT_MS = 300_000;

test(
  'what is checked happens between honest cores: no rule holds for want of occasion',
  () => expectSeen(pairCases, [...BOTH, ...HONEST, ...HOST]),
  TIMEOUT_MS,
);

test('and to a core whose peer keeps no rule', () => expectSeen(loneCases, [...BOTH, ...FAULTS]), TIMEOUT_MS);

const ofEach = (...names: readonly string[]): string[] => names.flatMap((name) => [`client ${name}`, `server ${name}`]);

const BOTH: readonly string[] = [
  ...ofEach(
    'elapsed calls',
    'elapsed keepalive',
    'elapsed pong',
    'writeFailed',
    'ended',
    'gone',
    'garbled',
    'cancel',
    'notify',
  ),
  ...['client elapsed startup', 'client elapsed slowStart', 'client elapsed hearOut', 'client elapsed closing'],
  ...['server elapsed drain', 'server elapsed cleanUp', 'server signalled', 'server uncaught', 'server cleanedUp'],
  ...ofEach('settles ok', 'settles peer', 'settles timeout', 'settles maxTotal', 'settles cancelled', 'settles closed'),
  ...ofEach(
    'settles connectionLost',
    'settles refused',
    'delivers request',
    'delivers notification',
    'delivers progress',
  ),
  ...ofEach('sends notifications/cancelled', 'sends notifications/progress', 'sends ping', 'sends a batch', 'aborts'),
  ...ofEach('sends tasks/cancel', 'ends asked', 'ends peerEnded', 'ends peerGone', 'ends writeFailed', 'ends silent'),
  ...['client ends startup', 'server ends signal', 'server ends uncaught', 'client ends unsupportedRevision'],
  ...['server exits 0', 'server exits 1', 'server exits 129', 'server exits 130', 'server exits 143'],
  ...ofEach('agrees on 2024-11-05', 'agrees on 2025-03-26', 'agrees on 2025-06-18', 'agrees on 2025-11-25'),
];

const HONEST: readonly string[] = ['client ends neverOpened', ...ofEach('reports tooMany', 'reports missedPong')];

const HOST: readonly string[] = [
  ...['elapsed grace', 'elapsed term', 'elapsed reap', 'elapsed drain', 'inputBroken', 'spawnFailed'],
  ...['SIGTERM', 'SIGKILL', 'stopReading', 'over reaped', 'over abandoned', 'over neverStarted'],
].map((name) => `host ${name}`);

const FAULTS: readonly string[] = [
  ...ofEach('settles malformedAnswer', 'reports unknownAnswer', 'reports duplicateAnswer', 'reports malformedAnswer'),
  ...ofEach(
    'reports duplicateRequestId',
    'reports undeclared',
    'reports batch',
    'reports tooMany',
    'reports unknownProgress',
  ),
  ...ofEach('reports invalidMessage', 'reports progressNotIncreasing', 'reports refusedInitialize'),
  ...[
    'client ends refused',
    'server reports secondInitialize',
    'server reports earlyRequest',
    'client reports earlyRequest',
  ],
];

function expectSeen(cases: fc.Arbitrary<Case>, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const one of fc.sample(cases, { numRuns: 700, seed: 1 })) play(one, (name) => seen.add(name));
  expect(names.filter((name) => !seen.has(name))).toEqual([]);
}

function play({ world, moves }: Case, see: (name: string) => void): void {
  const audienceOf = (): Audience => ({
    stepped({ side, input, effects }) {
      see(`${side} ${input.type === 'elapsed' ? `elapsed ${input.name}` : input.type}`);
      for (const effect of effects) for (const name of namesOf(effect)) see(`${side} ${name}`);
    },
    hostStepped({ input, effects }) {
      see(`host ${input.type === 'elapsed' ? `elapsed ${input.name}` : input.type}`);
      for (const effect of effects) see(`host ${nameOfHost(effect)}`);
    },
    said() {},
    saidText() {},
    saidEnd() {},
    ended() {},
  });
  const system = new System(wholeSubject(OURS), world, audienceOf);
  for (const move of moves) act(system, move);
  system.finish();
  for (const { account, side } of system.session?.players ?? []) see(`${side} agrees on ${account.revision}`);
}

function namesOf(effect: Effect): string[] {
  switch (effect.type) {
    case 'settle':
      return [`settles ${effect.outcome.ok ? 'ok' : effect.outcome.kind}`];
    case 'deliver':
      return [`delivers ${effect.item.kind}`];
    case 'send':
      return [`sends ${Array.isArray(effect.message) ? 'a batch' : (effect.message as Params)['method']}`];
    case 'report':
      return [`reports ${effect.fault.code}`];
    case 'phase':
      return effect.phase === 'closed' ? [`ends ${effect.why}`] : [];
    case 'exit':
      return [`exits ${effect.code}`];
    case 'abort':
      return ['aborts'];
    default:
      return [];
  }
}

function nameOfHost(effect: ProcessEffect): string {
  if (effect.type === 'signalGroup') return effect.signal;
  return effect.type === 'over' ? `over ${effect.how}` : effect.type;
}
