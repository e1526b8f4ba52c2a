import { describe, expect, it } from 'vitest';
import { isGroupAlive, listProcesses, parseStat, signalGroup } from '../src/group.js';

const onLinux = process.platform === 'linux';

describe('the process table', () => {
  it.skipIf(!onLinux)('lists ourselves', () => {
    const own = listProcesses()?.find(({ pid }) => pid === process.pid);
    expect(own).toMatchObject({ pid: process.pid });
    expect(own?.state).toMatch(/^[RS]$/);
    expect(own?.group).toBeGreaterThan(0);
  });

  it('is null where it cannot be read: nobody found there would mean nothing', () => {
    expect(listProcesses('/no/such/folder')).toBeNull();
    expect(listProcesses('/dev')).toBeNull();
  });
});

describe('a line of the process table', () => {
  it('is read', () => {
    expect(parseStat(4711, '4711 (node) S 1 4700 4700 0 -1 4194560 9 0 0 0 12 3 0 0')).toEqual({
      pid: 4711,
      name: 'node',
      state: 'S',
      group: 4700,
      cpuMs: 150,
    });
  });

  it.each(['two words', 'a) R 1 1 (b', ')', '((', ' ', ''])('is read when the name is "%s"', (name) => {
    expect(parseStat(7, `7 (${name}) Z 1 42 42 0 -1`)).toMatchObject({ pid: 7, name, state: 'Z', group: 42 });
  });
});

describe('a group that does not exist', () => {
  it('is not alive, and gets no signal', () => {
    expect(isGroupAlive(NOBODY)).toBe(false);
    expect(signalGroup(NOBODY, 'SIGTERM')).toBe(false);
  });
});

/** Beyond the largest process id of any Linux. */
const NOBODY = 2 ** 22 + 1;
