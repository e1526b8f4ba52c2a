import type { Effect, State } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES, PROCESS_TIMES, SERVER_TIMES } from './durations.js';
import { BEGIN } from './session-life.js';
import { Broken, timed } from './timed-property.js';

const { startupMs } = CLIENT_TIMES;

/** What is promised of the clock itself: of one that was exchanged, one that runs backwards, and expiries that come late. */
export const CLOCK = [
  timed(
    {
      id: 'clock.restored',
      title: 'What was saved and restored on another clock has as much time left as before, under the same generation',
      source: 'docs/adr/0009-session-core.md',
    },
    (core) => {
      const saved = core.save(play(core, core.open(CLIENT_TIMES, BEGIN)[0], READY).state);
      const [state, effects] = core.restore(JSON.parse(JSON.stringify(saved)), 7);
      sameTimeLeft(saved.timers, saved.now, effects, 7);
      const [call] = core.save(state).calls;
      if (call?.due !== 7 + CLIENT_TIMES.requestTimeoutMs) throw new Broken(`the call is due at ${call?.due}`);
      if (call.lastDue !== 7 + CLIENT_TIMES.maxTotalTimeoutMs) throw new Broken(`its maximum is at ${call.lastDue}`);
    },
    (core) => {
      const [opened] = core.open(SERVER_TIMES, BEGIN);
      const saved = core.save(core.step(opened, { type: 'close', now: BEGIN + 11 })[0]);
      sameTimeLeft(saved.timers, saved.now, core.restore(saved, 7)[1], 7);
    },
    (core) => {
      const started = core.stepProcess(core.openProcess(PROCESS_TIMES, BEGIN), { type: 'start', now: BEGIN })[0];
      const running = core.stepProcess(started, { type: 'spawned', now: BEGIN })[0];
      const saved = core.saveProcess(core.stepProcess(running, { type: 'close', now: BEGIN + 13 })[0]);
      sameTimeLeft(saved.timers, saved.now, core.restoreProcess(saved, 7)[1], 7);
    },
  ),
  timed(
    {
      id: 'clock.backwards',
      title: 'A clock that runs backwards stands still: no duration becomes shorter by it',
      source: 'docs/adr/0009-session-core.md',
    },
    (core) => {
      const [opened] = core.open(CLIENT_TIMES, BEGIN);
      const [, effects] = core.step(opened, { type: 'start', now: BEGIN - 5_000 });
      const at = effects.find((effect) => effect.type === 'arm' && effect.name === 'startup');
      if (at?.type !== 'arm' || at.at !== BEGIN + startupMs)
        throw new Broken(`startup is due at ${JSON.stringify(at)}`);
    },
    // A byte that came before it ran backwards, and completed no message, is none of the future.
    (core) => {
      const { state, generations } = play(core, core.open(CLIENT_TIMES, BEGIN)[0], READY);
      const generation = generations.get('keepalive') ?? -1;
      const now = BEGIN + CLIENT_TIMES.keepaliveMs;
      const elapsed = { type: 'elapsed', name: 'keepalive', generation, heard: now + 700, now } as const;
      const next = core.step(state, elapsed)[1].find((effect) => effect.type === 'arm' && effect.name === 'keepalive');
      if (next?.type !== 'arm' || next.at !== now + CLIENT_TIMES.keepaliveMs)
        throw new Broken(`keepalive is due at ${JSON.stringify(next)}`);
    },
    (core) => {
      const opened = core.openProcess(PROCESS_TIMES, BEGIN);
      const spawning = core.stepProcess(opened, { type: 'start', now: BEGIN })[0];
      const running = core.stepProcess(spawning, { type: 'spawned', now: BEGIN - 900 })[0];
      const [, effects] = core.stepProcess(running, { type: 'close', now: BEGIN - 500 });
      const grace = effects.find((effect) => effect.type === 'arm');
      if (grace?.at !== BEGIN + PROCESS_TIMES.graceMs) throw new Broken(`grace is due at ${grace?.at}`);
    },
  ),
  timed(
    {
      id: 'clock.stale',
      title: 'The expiry of a timer that was disarmed or armed anew meanwhile changes nothing',
      source: 'docs/adr/0009-session-core.md',
    },
    (core) => {
      const { state, generations } = play(core, core.open(CLIENT_TIMES, BEGIN)[0], READY);
      for (const name of ['startup', 'slowStart'] as const) {
        const generation = generations.get(name) ?? -1;
        const [, effects] = core.step(state, { type: 'elapsed', name, generation, heard: BEGIN, now: BEGIN });
        if (effects.length > 0) throw new Broken(`a stale ${name} asked for ${effects.map(({ type }) => type).join()}`);
      }
    },
    // The wake-up that was armed anew: its first arming may still be on its way.
    (core) => {
      const { state, generations } = play(core, core.open(CLIENT_TIMES, BEGIN)[0], READY);
      const generation = generations.get('keepalive') ?? -1;
      const now = BEGIN + CLIENT_TIMES.keepaliveMs;
      const elapsed = { type: 'elapsed', name: 'keepalive', generation, heard: now, now } as const;
      const [again] = core.step(state, elapsed);
      const [, effects] = core.step(again, { ...elapsed, heard: 0 });
      if (effects.length > 0) throw new Broken(`a stale wake-up asked for ${effects.map(({ type }) => type).join()}`);
    },
    (core) => {
      const spawning = core.stepProcess(core.openProcess(PROCESS_TIMES, BEGIN), { type: 'start', now: BEGIN })[0];
      const running = core.stepProcess(spawning, { type: 'spawned', now: BEGIN })[0];
      const ending = core.stepProcess(running, { type: 'close', now: BEGIN })[0];
      const killing = core.stepProcess(ending, { type: 'kill', now: BEGIN })[0];
      const [, effects] = core.stepProcess(killing, {
        type: 'elapsed',
        name: 'grace',
        generation: 1,
        now: BEGIN + 9_999,
      });
      if (effects.length > 0) throw new Broken(`a stale grace asked for ${effects.map(({ type }) => type).join()}`);
    },
  ),
];

/** To a client that is ready and has one open call. */
const READY = [
  { type: 'start' },
  { type: 'opened' },
  {
    type: 'received',
    json: {
      jsonrpc: '2.0',
      id: 1,
      result: { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'peer', version: '0' } },
    },
  },
  { type: 'call', key: 1, method: 'custom/work' },
] as const;

interface Played {
  readonly state: State;
  /** Of the last arming under each name. */
  readonly generations: ReadonlyMap<string, number>;
}

function play(core: CoreUnderTest, first: State, inputs: typeof READY): Played {
  let state = first;
  const generations = new Map<string, number>();
  for (const input of inputs) {
    const [next, effects] = core.step(state, { ...input, now: BEGIN });
    state = next;
    for (const effect of effects) if (effect.type === 'arm') generations.set(effect.name, effect.generation);
  }
  return { state, generations };
}

type Timers = Readonly<Record<string, { readonly generation: number; readonly at: number } | undefined>>;

/** Every armed timer is armed again, and no other. */
function sameTimeLeft(timers: Timers, then: number, effects: readonly object[], now: number): void {
  const armed = (effects as readonly Effect[]).flatMap((effect) =>
    effect.type === 'arm' ? [`${effect.name} ${effect.generation} ${effect.at - now}`] : [],
  );
  const expected = Object.entries(timers).flatMap(([name, timer]) =>
    timer === undefined ? [] : [`${name} ${timer.generation} ${timer.at - then}`],
  );
  if (armed.length === 0 || armed.sort().join() !== expected.sort().join()) {
    throw new Broken(`armed again: ${armed.join()}; were armed: ${expected.join()}`);
  }
}
