import type { Effect, Json } from '@mcp-lifeline/core';
import { type ClauseId, type Invariant, REVISIONS } from '@mcp-lifeline/specs';
import type { End, TraceEvent } from '@mcp-lifeline/trace';
import type { Observation } from '../contract.js';
import type { Source, WatcherGroup } from './group.js';
import { tellsServerDead } from './session/viewing.js';
import type { Trim } from './trimming.js';

/** What is remembered for an invariant: its own state; null once it is broken, or has nothing more to say. */
export interface InvariantState {
  readonly memory: Json;
  readonly broken: string | null;
}

/** How an invariant is carried along. */
export interface Carrying {
  /** The end whose events it gets. */
  readonly at: End;
  /** Its name where it is carried more than once; that of the invariant by default. */
  readonly id?: string;
  /** The same memory with the facts left out that no later verdict can rest on. */
  readonly trim?: Trim;
  /** The same memory with the facts left out that only tell that it held. */
  readonly forget?: Trim;
  /** It has nothing more to say once the channel is closed: that nothing is sent from then on is a rule of its own. */
  readonly endsWithChannel?: boolean;
}

/**
 * Carries an invariant over traces along with the steps of a core.
 *
 * It is broken as soon as its verdict on a trace that is cut here says so: no later event takes that back. What shows only at the
 * end of a whole trace, such as an answer that never came, is beyond it.
 */
export function carry(invariant: Invariant<unknown>, carrying: Carrying): WatcherGroup<InvariantState> {
  const { at, id = invariant.id, trim = same, forget = same, endsWithChannel = false } = carrying;
  // The state of each invariant is JSON, and its own affair.
  const { verdict } = invariant as Invariant<Json>;
  return {
    initial: { memory: invariant.initial as Json, broken: null },
    see: (state, observation) => {
      const events = observation.events.filter((event) => event.at === at);
      if (state.memory === null) return state;
      const memory = trim(seeAll(invariant, state.memory, events));
      const finding = verdict(memory, 'cut');
      if (finding.found === 'broken') {
        return { memory: null, broken: `expected ${finding.expected}, observed ${finding.observed}` };
      }
      const isOver = (endsWithChannel && isEnd(observation, at)) || (at === 'server' && tellsServerDead(observation));
      return isOver ? OVER : { memory, broken: null };
    },
    forget: ({ memory, broken }) => ({ memory: memory === null ? null : forget(memory), broken }),
    readings: [
      {
        id,
        title: invariant.title,
        source: sourceOf(invariant),
        violation: ({ broken }) => broken,
        triggered: ({ memory, broken }) =>
          broken !== null || (memory !== null && verdict(memory, 'quiet').found !== 'nothing'),
      },
    ],
  };
}

/** Its first clause, in the newest revision that has one. What cites none is there for users. */
function sourceOf({ clauses }: Invariant<unknown>): Source {
  const [id] = REVISIONS.toReversed().flatMap((revision) => clauses(revision));
  return id === undefined ? 'docs/adr/0011-judging-a-client.md' : (id as ClauseId);
}

function seeAll(invariant: Invariant<unknown>, memory: Json, events: readonly TraceEvent[]): Json {
  let state: unknown = memory;
  for (const event of events) state = invariant.see(state, event);
  return state as Json;
}

function isEnd(observation: Observation, at: End): boolean {
  if (observation.part !== at) return false;
  return observation.effects.some((effect) => effect.type === 'closeChannel' || isClosed(effect));
}

function isClosed(effect: Effect): boolean {
  return effect.type === 'phase' && effect.phase === 'closed';
}

const OVER: InvariantState = Object.freeze({ memory: null, broken: null });

function same(memory: Json): Json {
  return memory;
}
