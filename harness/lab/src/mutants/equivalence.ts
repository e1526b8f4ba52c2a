import { type CoreUnderTest, ours } from '@mcp-lifeline/explore/core-under-test';
import { type Comparison, compare } from './lockstep/difference.js';
import type { Subject } from './mutant.js';
import { CLIENT_SCENES, SERVER_SCENES } from './scenes/machine-scenes.js';
import { PROCESS_SETTING } from './scenes/process-scene.js';
import { settingOf } from './scenes/scene.js';
import { SOURCE_SCENES } from './scenes/source-scenes.js';

/** Ten times what any setting has with our core on both sides. */
const LIMIT = 200_000;

/**
 * Compares a core with ours in every setting of what may differ.
 *
 * @returns the first difference; else one that is complete where all of them were.
 */
export function compareWithOurs(core: CoreUnderTest, subject: Subject): Comparison {
  let pairs = 0;
  for (const comparison of comparisons(core, subject)) {
    pairs += comparison.pairs;
    if (comparison.difference !== null || !comparison.isComplete) return comparison;
  }
  return { difference: null, pairs, isComplete: true };
}

function* comparisons(core: CoreUnderTest, subject: Subject): Generator<Comparison> {
  if (subject === 'process') {
    yield compare(PROCESS_SETTING, ours, core, LIMIT);
    return;
  }
  const scenes = { client: CLIENT_SCENES, server: SERVER_SCENES, calls: ALL_SCENES, session: ALL_SCENES }[subject];
  for (const scene of scenes) yield compare(settingOf(scene), ours, core, LIMIT);
}

const ALL_SCENES = [...SOURCE_SCENES, ...CLIENT_SCENES, ...SERVER_SCENES];
