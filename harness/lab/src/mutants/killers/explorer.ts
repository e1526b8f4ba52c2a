import { CONFIGURATIONS, explore } from '@mcp-lifeline/explore';
import type { Killer } from './killer.js';

/** The whole session, with both ends and what is between them, in every configuration that `npm test` explores. */
export const EXPLORER_KILLER: Killer = {
  name: 'explorer',
  kills: (core) => {
    for (const { id, build } of CONFIGURATIONS) {
      const { system, properties } = build(core);
      const { findings, thrown } = explore(system, properties, { stopAtViolation: true, maxStates: MAX_STATES });
      if (thrown !== null) return `${id}: threw ${thrown.error instanceof Error ? thrown.error.message : thrown.error}`;
      for (const finding of findings) {
        if (finding.status === 'violated') return `${id}: ${finding.id} (${finding.why})`;
      }
    }
    return null;
  },
};

/** More than any of them has with our core. What is not looked at any more is held against nobody. */
const MAX_STATES = 500_000;
