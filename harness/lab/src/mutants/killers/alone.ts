import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import { type AloneReport, exploreAlone } from '../alone/explore-alone.js';
import type { Subject } from '../mutant.js';
import { SMALL_CLIENT_SCENES, SMALL_SERVER_SCENES } from '../scenes/machine-scenes.js';
import { PROCESS_SETTING } from '../scenes/process-scene.js';
import { judgedOf, type Scene } from '../scenes/scene.js';
import { SOURCE_SCENES } from '../scenes/source-scenes.js';
import type { Killer } from './killer.js';

/** Twice what any of these scenes has with a core that is right. */
const LIMIT = 20_000;

const ALL_SCENES = [...SOURCE_SCENES, ...SMALL_CLIENT_SCENES, ...SMALL_SERVER_SCENES];

const SCENES: Readonly<Record<Exclude<Subject, 'process'>, readonly Scene[]>> = {
  client: SMALL_CLIENT_SCENES,
  server: SMALL_SERVER_SCENES,
  calls: ALL_SCENES,
  session: ALL_SCENES,
};

/** What must hold of each step of one core, in every state that its surroundings can bring it to. */
export const ALONE_KILLER: Killer = {
  name: 'rules on one core',
  kills: (core, subject) => {
    for (const { violation, isComplete } of explorations(core, subject)) {
      if (violation !== null) return violation;
      if (!isComplete) return `more than ${LIMIT} states`;
    }
    return null;
  },
};

function* explorations(core: CoreUnderTest, subject: Subject): Generator<AloneReport> {
  if (subject === 'process') yield exploreAlone(PROCESS_SETTING, core, LIMIT);
  else for (const scene of SCENES[subject]) yield exploreAlone(judgedOf(scene), core, LIMIT);
}
