import { describe, expect, test } from 'vitest';
import {
  LocalProtocolError,
  openProcess,
  PROCESS_DEFAULTS,
  PROCESS_PATIENT,
  PROCESS_QUICK,
  save,
} from '../../src/process/index.ts';

const NAMES = ['drainMs', 'graceMs', 'termMs', 'reapMs'] as const;

describe('the configuration', () => {
  test('the presets are as documented', () => {
    expect(PROCESS_DEFAULTS).toEqual({ drainMs: 250, graceMs: 2_000, termMs: 2_000, reapMs: 2_000 });
    expect(PROCESS_PATIENT).toEqual({ drainMs: 250, graceMs: 10_000, termMs: 10_000, reapMs: 2_000 });
    expect(PROCESS_QUICK).toEqual({ drainMs: 250, graceMs: 700, termMs: 700, reapMs: 500 });
  });

  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5', undefined, null]) {
    test(`${String(value)} is no duration, and the error names the one that is wrong`, () => {
      for (const name of NAMES) {
        const open = () => openProcess({ ...PROCESS_DEFAULTS, [name]: value }, 0);
        expect(open).toThrow(LocalProtocolError);
        expect(open).toThrow(name);
      }
    });
  }

  test('zero and the longest timer are durations', () => {
    for (const ms of [0, 2 ** 31 - 1]) {
      expect(() => openProcess({ drainMs: ms, graceMs: ms, termMs: ms, reapMs: ms }, 0)).not.toThrow();
    }
  });

  test('the state keeps a copy', () => {
    const config = { ...PROCESS_DEFAULTS };
    const state = openProcess(config, 0);
    config.graceMs = 1;
    expect(save(state).config).toEqual(PROCESS_DEFAULTS);
  });
});
