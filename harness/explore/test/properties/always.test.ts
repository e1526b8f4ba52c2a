import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { APP_INVARIANTS, CLIENT_INVARIANTS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { alwaysOf, eventuallyOf, statesOf } from '../../src/properties/index.ts';
import { LEFT } from '../../src/properties/left.ts';
import { CLIENT, SERVER, WATCHING } from './played.ts';

const NOTHING = { client: null, server: null, process: null };
const ALL = { client: CLIENT, server: SERVER, process: PROCESS_DEFAULTS };

describe('what must always hold', () => {
  it('is read from one memory for each part, and from one for each invariant', () => {
    const groups = alwaysOf(ALL);
    expect(groups.slice(0, 3).map(({ readings }) => readings[0]?.id)).toEqual([
      'client.handshake.start',
      'server.handshake.answer',
      'process.spawn.once',
    ]);
    expect(groups.slice(3).every(({ readings }) => readings.length === 1)).toBe(true);
  });

  it('has an id and a title each, and no id twice', () => {
    const readings = alwaysOf({ ...ALL, client: { ...CLIENT, ...WATCHING } }).flatMap((group) => group.readings);
    expect(new Set(readings.map(({ id }) => id)).size).toBe(readings.length);
    expect(readings.filter(({ title }) => title === '')).toEqual([]);
  });

  it('is about the parts that there are', () => {
    expect(idsOf(NOTHING)).toEqual([]);
    expect(idsOf({ ...NOTHING, process: PROCESS_DEFAULTS }).every((id) => id.startsWith('process.'))).toBe(true);
    const served = idsOf({ ...NOTHING, server: SERVER });
    expect(served.every((id) => id.startsWith('server.'))).toBe(true);
    expect(served).toContain('server.app.clean-up-once');
  });

  it('asks for keepalive where it is on, and that nobody is pinged where it is off', () => {
    expect(idsOf({ ...NOTHING, client: CLIENT })).toContain('client.keepalive.off');
    const watching = idsOf({ ...NOTHING, client: { ...CLIENT, ...WATCHING } });
    expect(watching).not.toContain('client.keepalive.off');
    expect(watching).toContain('client.keepalive.misses');
  });

  it('asks for stale expiries where there may be some', () => {
    expect(idsOf(ALL).filter((id) => id.endsWith('.stale'))).toEqual([]);
    expect(idsOf({ ...ALL, countsUp: true }).filter((id) => id.endsWith('.stale'))).toEqual([
      'client.timers.stale',
      'server.timers.stale',
      'process.timers.stale',
    ]);
  });

  it('knows of every invariant over a client whether it is carried along, or why it is left', () => {
    const carried = idsOf(ALL);
    const ofApplications = APP_INVARIANTS.map(({ id }) => id);
    for (const id of ofApplications) expect(carried).toContain(`server.${id}`);
    const ids = CLIENT_INVARIANTS.map(({ id }) => id).filter((id) => !ofApplications.includes(id));
    expect(ids.filter((id) => carried.includes(id) === Object.hasOwn(LEFT, id))).toEqual([]);
  });

  it('judges by rules of its own what is left', () => {
    const known = [...idsOf(ALL), ...[...statesOf(ALL), ...eventuallyOf(ALL)].map(({ id }) => id)];
    const named = Object.values(LEFT).flatMap(({ instead }) => instead);
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('is broken by nothing in a state that nothing has happened in', () => {
    for (const { initial, readings } of alwaysOf(ALL)) {
      expect(readings.map(({ violation }) => violation(initial))).toEqual(readings.map(() => null));
      expect(readings.some(({ triggered }) => triggered(initial))).toBe(false);
    }
  });
});

function idsOf(setup: Parameters<typeof alwaysOf>[0]): readonly string[] {
  return alwaysOf(setup).flatMap(({ readings }) => readings.map(({ id }) => id));
}
