import { TIMED } from '@mcp-lifeline/explore/timed';
import type { Killer } from './killer.js';

/** Schedules on a virtual clock. */
export const TIMED_KILLER: Killer = {
  name: 'timed schedules',
  kills: (core) => {
    for (const { id, judge } of TIMED) {
      const broken = judge(core);
      if (broken !== null) return `${id}: ${broken}`;
    }
    return null;
  },
};
