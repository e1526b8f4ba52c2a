import fc from 'fast-check';
import type { Case, Misuse, Move, Side, World } from './case.js';
import { sayings, strayBytes } from './hostile.js';
import { calmed, loneWorlds, oneIn, pairWorlds } from './worlds.js';

type Weighted = fc.WeightedArbitrary<Move>;

const METHODS: Readonly<Record<Side, readonly string[]>> = {
  client: ['tools/call', 'tools/list', 'x/custom', 'ping', 'roots/list'],
  server: ['sampling/createMessage', 'roots/list', 'x/custom', 'ping', 'tools/list'],
};
const NOTIFICATIONS = ['notifications/message', 'notifications/roots/list_changed', 'x/told', 'tools/list'];

const sides = fc.constantFrom<Side>('client', 'server');
const parts = fc.constantFrom('client', 'server', 'client', 'server', 'host');
const nth = fc.nat(5);

/** In ms. Zero, about what timers take, hours; and back. */
const spans = fc.oneof(
  { weight: 8, arbitrary: fc.nat(120) },
  { weight: 3, arbitrary: fc.nat(1_600).map((quarters) => quarters / 4) },
  { weight: 1, arbitrary: fc.constantFrom(3_600_000, 12 * 3_600_000, 0) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: -1 }) },
);

/** In ms: at its due, late, much too late; a little early. */
const lateness = fc.constantFrom(0, 0, 0, 0, 1, 40, 700, 3_600_000, -1);

const deliveries = fc.record({
  type: fc.constant('deliver' as const),
  to: sides,
  count: fc.constantFrom(1, 1, 1, 2, 3),
  cut: fc.constantFrom(0, 0, 0, -1, -9, 1, 17),
  every: fc.constantFrom(0, 0, 0, 1, 7),
});

const misuses = fc.constantFrom<Misuse>(
  ...(['initialize', 'usedKey', 'ownNotification', 'endlessProgress', 'badDeadline', 'noTime', 'otherRole'] as const),
);

const calls = sides.chain((side) =>
  fc
    .record({
      method: fc.constantFrom(...METHODS[side]),
      asksForTask: fc.boolean(),
      wantsProgress: fc.constantFrom(true, true, false),
      timeoutMs: fc.constantFrom(0, 200, 5_000),
    })
    .map((call) => ({ type: 'call' as const, side, call })),
);

/** What goes on in a session. */
const traffic: readonly Weighted[] = [
  oneMove(14, calls),
  oneMove(14, fc.record({ type: fc.constant('answer' as const), side: sides, nth, fails: oneIn(4) })),
  oneMove(12, fc.record({ type: fc.constant('progress' as const), side: sides, nth, goesBack: oneIn(8) })),
  oneMove(6, fc.record({ type: fc.constant('cancel' as const), side: sides, nth })),
  oneMove(
    3,
    fc.record({ type: fc.constant('notify' as const), side: sides, method: fc.constantFrom(...NOTIFICATIONS) }),
  ),
  oneMove(8, fc.record({ type: fc.constant('complete' as const), part: parts, nth, fails: oneIn(12) })),
  oneMove(8, fc.record({ type: fc.constant('expire' as const), part: parts, nth, lateMs: lateness })),
  oneMove(3, fc.record({ type: fc.constant('expireStale' as const), part: parts, nth })),
  oneMove(5, fc.record({ type: fc.constant('wait' as const), ms: spans })),
  oneMove(1, fc.record({ type: fc.constant('misuse' as const), side: sides, how: misuses })),
];

/** What goes on between two honest cores. */
const honest: readonly Weighted[] = [
  oneMove(60, deliveries),
  oneMove(
    8,
    fc.record({ type: fc.constant('deliverBatch' as const), to: sides, count: fc.integer({ min: 1, max: 6 }) }),
  ),
  oneMove(
    2,
    fc.record({
      type: fc.constant('garble' as const),
      to: sides,
      text: fc.constantFrom('', 'hello', '{"a":', '\ufeff{}'),
    }),
  ),
];

/** What a peer says that keeps no rule. */
const rogue: readonly Weighted[] = [
  oneMove(
    50,
    fc.record({
      type: fc.constant('speak' as const),
      sayings: fc.array(sayings, { minLength: 1, maxLength: 4 }),
      isBatch: oneIn(5),
    }),
  ),
  oneMove(12, deliveries),
  oneMove(5, strayBytes),
];

/** How sessions begin. */
const beginnings: readonly Weighted[] = [
  oneMove(5, fc.constant({ type: 'start' as const })),
  oneMove(12, fc.record({ type: fc.constant('reopen' as const), isShaken: oneIn(6).map((isRaw) => !isRaw) })),
];

/** How they end. */
const ends: readonly Weighted[] = [
  oneMove(4, fc.record({ type: fc.constantFrom('close' as const, 'kill' as const), side: sides })),
  oneMove(
    3,
    fc.record({ type: fc.constant('signal' as const), signal: fc.constantFrom('SIGTERM', 'SIGINT', 'SIGHUP') }),
  ),
  oneMove(1, fc.constant({ type: 'uncaught' as const })),
  oneMove(2, fc.record({ type: fc.constant('breakPipe' as const), side: sides })),
  oneMove(2, fc.record({ type: fc.constant('crash' as const), lost: fc.nat(40) })),
  oneMove(1, fc.constant({ type: 'end' as const })),
];

/** One end comes with others: what comes upon an end is met nowhere else. */
const endings: fc.Arbitrary<readonly Move[]> = fc.array(fc.oneof(...ends, oneMove(4, deliveries)), {
  minLength: 1,
  maxLength: 4,
});

/** One side's timers run out one after the other: calls are given up, pings are missed, a ladder is climbed. */
const silences: fc.Arbitrary<readonly Move[]> = parts.chain((part) =>
  fc.array(fc.constant<Move>({ type: 'expire', part, nth: 0, lateMs: 0 }), { minLength: 2, maxLength: 8 }),
);

const restorations = fc.record({
  type: fc.constant('restore' as const),
  part: parts,
  // Deadlines are looked at in steps of 50 ms of the clock: another phase of it would round them otherwise.
  shiftMs: fc.integer({ min: -20, max: 80 }).map((steps) => steps * 50),
});

/** Two honest cores, whatever their applications and their world do. */
export const pairCases: fc.Arbitrary<Case> = casesOf(pairWorlds, honest);

/** One core and a peer that keeps no rule. */
export const loneCases: fc.Arbitrary<Case> = casesOf(loneWorlds, rogue);

/** Either; a lone core less often, since most that is said to it is nonsense. */
export const anyCases: fc.Arbitrary<Case> = fc.oneof(
  { weight: 3, arbitrary: pairCases },
  { weight: 2, arbitrary: loneCases },
);

/** Most schedules are short, so that they shrink well; some have thousands of moves, in many sessions or in one. */
function casesOf(worlds: fc.Arbitrary<World>, spoken: readonly Weighted[]): fc.Arbitrary<Case> {
  const restless = [...spoken, ...traffic, ...beginnings];
  const turns = fc.oneof(endings, silences);
  // To restore what is remembered of thousands of calls is slow.
  const old = [...spoken, ...traffic, oneMove(2, restorations)];
  return fc.oneof(
    { weight: 20, arbitrary: cases(worlds, schedule(passages(restless, turns), 300)) },
    {
      weight: 10,
      arbitrary: cases(worlds, schedule(passages([...restless, oneMove(20, restorations)], turns), 300)),
    },
    { weight: 2, arbitrary: cases(worlds, schedule(passages(restless, turns), 4_000)) },
    { weight: 1, arbitrary: cases(worlds.map(calmed), schedule(passages(old), 12_000)) },
  );
}

function cases(worlds: fc.Arbitrary<World>, moves: fc.Arbitrary<readonly Move[]>): fc.Arbitrary<Case> {
  return fc.record({ world: worlds, moves }).map((drawn) => ({ format: 1, ...drawn }));
}

/** Mostly single moves. Ends are rare, or no session would grow old. */
function passages(moves: readonly Weighted[], rare?: fc.Arbitrary<readonly Move[]>): fc.Arbitrary<readonly Move[]> {
  const single = fc.oneof(...moves).map((move): readonly Move[] => [move]);
  return rare === undefined ? single : fc.oneof({ weight: 80, arbitrary: single }, { weight: 1, arbitrary: rare });
}

/** A schedule begins with a session. */
function schedule(passage: fc.Arbitrary<readonly Move[]>, most: number): fc.Arbitrary<readonly Move[]> {
  const first = fc.record({ type: fc.constant('reopen' as const), isShaken: oneIn(4).map((isRaw) => !isRaw) });
  return fc
    .tuple(first, fc.array(passage, { maxLength: most, size: 'max' }))
    .map(([one, rest]) => [one, ...rest.flat()]);
}

function oneMove<M extends Move>(weight: number, arbitrary: fc.Arbitrary<M>): Weighted {
  return { weight, arbitrary };
}
