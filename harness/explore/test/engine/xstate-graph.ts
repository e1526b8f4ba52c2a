import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createMachine, getInitialSnapshot, getNextSnapshot } from 'xstate';
import { getAdjacencyMap, getShortestPaths } from 'xstate/graph';
import type { System } from '../../src/contract.ts';
import { explore } from '../../src/engine/explore.ts';

/** What walking through the same model took. */
export interface Walk {
  readonly by: 'mcp-lifeline' | 'getAdjacencyMap' | 'getShortestPaths';
  readonly states: number;
  /** Of each state, one for each event; null where paths alone are told. */
  readonly edges: number | null;
  readonly seconds: number;
  readonly statesPerSecond: number;
  /** What is kept when it is done, per state. */
  readonly bytesPerState: number;
}

/**
 * Walks through some sessions side by side, each with a life of five states, by our engine and by `xstate/graph`.
 *
 * Both step the same statecharts by XState: the engine each session by itself and each of its steps once, `xstate/graph`
 * all of them as one machine with a region for each.
 *
 * @param sessions how many: 5 to that power states
 */
export function compareWithXstateGraph(sessions: number): readonly Walk[] {
  const machine = createMachine({ type: 'parallel', states: regions(sessions) });
  const events = [...Array(sessions).keys()].flatMap((session) =>
    EVENTS.map((type) => ({ type: `${type} ${session}` })),
  );
  const ours = walk(
    'mcp-lifeline',
    () => explore(systemOf(sessions), []),
    ({ states }) => states,
    ({ edges }) => edges,
  );
  return [
    // What the engine keeps lies outside of the heap, and is gone by now: it says itself how much that was.
    { ...ours.walk, bytesPerState: ours.result.bytesPerState },
    walk(
      'getAdjacencyMap',
      () => getAdjacencyMap(machine, { events }),
      (map) => Object.keys(map).length,
      (map) => Object.values(map).reduce((sum, { transitions }) => sum + Object.keys(transitions).length, 0),
    ).walk,
    walk(
      'getShortestPaths',
      () => getShortestPaths(machine, { events }),
      (paths) => paths.length,
      () => null,
    ).walk,
  ];
}

const EVENTS = ['open', 'answer', 'close', 'end'] as const;

/** The life of a session: the events that mean something in each of its states. */
const LIFE = {
  idle: { open: 'opening' },
  opening: { answer: 'ready', close: 'closing', end: 'closed' },
  ready: { close: 'closing', end: 'closed' },
  closing: { end: 'closed' },
  closed: { open: 'opening' },
} as const;

function region(named: (event: string) => string) {
  const states = Object.entries(LIFE).map(([state, on]) => {
    return [state, { on: Object.fromEntries(Object.entries(on).map(([event, target]) => [named(event), target])) }];
  });
  return { initial: 'idle', states: Object.fromEntries(states) };
}

function regions(sessions: number) {
  const all = [...Array(sessions).keys()].map((session) => [
    `session ${session}`,
    region((event) => `${event} ${session}`),
  ]);
  return Object.fromEntries(all);
}

/** Local states are interned and stepped once by XState; a row has the number of each session's. */
function systemOf(sessions: number): System {
  const machine = createMachine(region((event) => event));
  const snapshots = [getInitialSnapshot(machine)];
  const numbers = new Map([[JSON.stringify(snapshots[0]?.value), 0]]);
  const known: (number | undefined)[] = [];
  const step = (state: number, event: number): number => {
    const snapshot = snapshots[state];
    const type = EVENTS[event];
    if (snapshot === undefined || type === undefined) throw new Error('there is no such step');
    const next = getNextSnapshot(machine, snapshot, { type });
    const key = JSON.stringify(next.value);
    const number = numbers.get(key) ?? snapshots.push(next) - 1;
    numbers.set(key, number);
    return number;
  };
  const next = new Int32Array(sessions);
  return {
    width: sessions,
    initial: () => new Int32Array(sessions),
    expand(row, visit) {
      for (let session = 0; session < sessions; session += 1) {
        const state = row[session] ?? 0;
        for (let event = 0; event < EVENTS.length; event += 1) {
          const place = state * EVENTS.length + event;
          next.set(row);
          next[session] = known[place] ??= step(state, event);
          visit(session * EVENTS.length + event, next);
        }
      }
    },
    move: (move) => ({ name: `event ${move}`, fairness: 'weak' }),
  };
}

function walk<T>(
  by: Walk['by'],
  run: () => T,
  countStates: (result: T) => number,
  countEdges: (result: T) => number | null,
) {
  const before = heapInUse();
  const began = performance.now();
  const result = run();
  const seconds = (performance.now() - began) / 1000;
  const bytes = heapInUse() - before;
  const states = countStates(result);
  const edges = countEdges(result);
  const figures: Walk = {
    by,
    states,
    edges,
    seconds,
    statesPerSecond: states / seconds,
    bytesPerState: bytes / states,
  };
  return { walk: figures, result };
}

/** After a collection of garbage, in bytes. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
