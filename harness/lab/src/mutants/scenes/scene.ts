import type { Config, Effect, Input, State } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import { alwaysOf } from '@mcp-lifeline/explore/properties';
import type { Group, JudgedSetting } from '../alone/explore-alone.js';
import type { Setting } from '../lockstep/difference.js';
import type { Bounds, Makes } from './inputs.js';
import { canHappen, type Surroundings, surroundingsAfter, surroundingsOf } from './surroundings.js';

/** One configuration of a session, and all that is tried on it. */
export interface Scene {
  /** In words, as findings are told with it. */
  readonly name: string;
  readonly config: Config;
  readonly makes: Makes;
  /** What is wrong in every state. */
  readonly misuse?: Makes;
  readonly bounds: Bounds;
  /** Nothing is armed for ever: then ids and generations may be told apart, though they count up. */
  readonly countsUp?: boolean;
}

/** A scene to be played side by side on two cores, with every input in every state. */
export function settingOf({ name, config, makes, misuse, bounds }: Scene): Setting<State, Input> {
  const entries = Object.entries({ ...makes, ...misuse });
  return {
    name,
    lifeOn: (core) => ({
      begin: () => core.open(config, BEGIN),
      step: core.step,
      save: core.save,
      abstract: core.abstract,
      read: (state) => [core.phase(state), core.peer(state)],
      identify: (state) => {
        const { nextId, nextPeer } = core.save(state).counters;
        return JSON.stringify([core.abstract(state), nextId, nextPeer]);
      },
    }),
    inputs: (saved) =>
      entries.flatMap(([input, make]) => {
        const made = make(saved as Saved, bounds);
        return made === null ? [] : [[input, made] as const];
      }),
  };
}

/**
 * A scene to be played on one core, with what its surroundings can do, and what must hold of each step carried along. Invariants
 * over traces are the explorer's: what they remember multiplies the states.
 */
export function judgedOf(scene: Scene): JudgedSetting<State, Input, Surroundings> {
  const { config, misuse = {}, countsUp = false } = scene;
  const { role } = config;
  const client = config.role === 'client' ? config : null;
  const server = config.role === 'server' ? config : null;
  return {
    ...settingOf(scene),
    groups: alwaysOf({ client, server, process: null, countsUp }).slice(0, 1) as readonly Group[],
    isMisuse: (name) => Object.hasOwn(misuse, name),
    surroundings: surroundingsOf(role),
    canHappen,
    after: (surroundings, input, effects) => surroundingsAfter(surroundings, input, effects as readonly Effect[]),
    observe: ({ input, effects, before, after }) => {
      return { part: role, events: [], input, effects: effects as readonly Effect[], before, after };
    },
  };
}

const BEGIN = 0;
