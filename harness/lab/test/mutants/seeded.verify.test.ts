import { CONFIGURATIONS, explore } from '@mcp-lifeline/explore';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import { TIMED } from '@mcp-lifeline/explore/timed';
import { fuzzCore } from '@mcp-lifeline/fuzz/core';
import { describe, expect, it } from 'vitest';
import { editedCore } from '../../src/mutants/source/edited-core.ts';

/** Faults that all unit tests of the core, the driver and the memory channel let pass, and who finds each. */
const SEEDED = [
  {
    name: 'after a look at the deadlines the timer is set for the oldest call, not for the earliest deadline',
    file: 'calls/our-calls.ts',
    find: 'for (const [, call] of turn.calls.entries()) next = Math.min(next, call.due);',
    replace: 'next = inOrder(turn.calls)[0]?.due ?? next;',
    foundBy: ['fuzzer'],
  },
  {
    name: 'the pong after the last miss is reported as a fault of the peer',
    file: 'calls/our-calls.ts',
    find: "if (turn.pingId !== null) giveUp(turn, turn.pingId, 'late');",
    replace: "if (turn.pingId !== null && turn.snapshot.context.misses < 2) giveUp(turn, turn.pingId, 'late');",
    foundBy: ['explorer'],
  },
  {
    name: 'progress that is still on its way when we can write no more is lost',
    file: 'calls/answers.ts',
    find: 'if (call?.hasToken === true) takeCallProgress',
    replace: "if (call?.hasToken === true && turn.tags.has('mayAnswer')) takeCallProgress",
    foundBy: ['fuzzer', 'explorer'],
  },
  {
    name: 'a batch is never answered once a member was cancelled that had made progress',
    file: 'calls/peer-requests.ts',
    find: '  if (request.batch !== null) changeBatch(turn, request.batch, (open) => ({ ...open, open: open.open - 1 }));\n}\n\n/** Aborts every',
    replace:
      '  if (request.batch !== null && request.progress === null) changeBatch(turn, request.batch, (open) => ({ ...open, open: open.open - 1 }));\n}\n\n/** Aborts every',
    foundBy: ['fuzzer'],
  },
  {
    name: 'a request of a batch that makes progress twice is answered outside of it',
    file: 'calls/peer-requests.ts',
    find: 'turn.peers = turn.peers.set(key, { key, id, method, token, progress, revision, batch });',
    replace:
      'turn.peers = turn.peers.set(key, { key, id, method, token, progress, revision, batch: progress > 1 ? null : batch });',
    foundBy: ['fuzzer'],
  },
  {
    name: 'a server that lets its handlers finish waits on when the last one is cancelled in a batch',
    file: 'session/step.ts',
    find: '      receive(turn, input.json);\n      noteAnswered(turn);',
    replace: '      receive(turn, input.json);\n      if (!Array.isArray(input.json)) noteAnswered(turn);',
    foundBy: ['fuzzer', 'explorer'],
  },
  {
    name: 'keepalive counts from now, not from the last byte, while a call is open',
    file: 'session/machine-steps.ts',
    find: "delay === 'keepalive' && fromHeard > turn.now ?",
    replace: "delay === 'keepalive' && fromHeard > turn.now && turn.calls.size === 0 ?",
    foundBy: ['schedules'],
  },
] as const;

const INSTRUMENTS: Readonly<Record<string, (core: CoreUnderTest) => string | null>> = {
  schedules: (core) => TIMED.map(({ judge }) => judge(core)).find((wrong) => wrong !== null) ?? null,
  fuzzer: (core) => fuzzCore(core, { seed: 1, steps: 400_000, shrinks: false })?.what ?? null,
  explorer: (core) => {
    for (const { id, build } of CONFIGURATIONS) {
      const { system, properties } = build(core);
      const { findings } = explore(system, properties, { stopAtViolation: true });
      const broken = findings.find(({ status }) => status === 'violated');
      if (broken !== undefined) return `${id}: ${broken.id}`;
    }
    return null;
  },
};

describe('a fault that the unit tests do not see', () => {
  it.each(SEEDED)('is found: $name', async ({ file, find, replace, foundBy }) => {
    const core = await editedCore(file, { find, replace });
    const found = Object.entries(INSTRUMENTS).flatMap(([name, judge]) => {
      const began = performance.now();
      const wrong = judge(core);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      process.stdout.write(`${name} ${wrong === null ? 'finds nothing' : `finds ${wrong}`} in ${seconds} s\n`);
      return wrong === null ? [] : [name];
    });
    expect(found).toEqual(foundBy);
  });
});
