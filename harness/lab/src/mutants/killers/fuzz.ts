import { fuzzCore } from '@mcp-lifeline/fuzz/core';
import type { Killer } from './killer.js';

/** Random schedules against a reference, always the same ones. */
export function fuzzKiller(steps: number): Killer {
  return {
    name: 'fuzz',
    kills: (core) => fuzzCore(core, { seed: 1, steps, shrinks: false })?.what ?? null,
  };
}
