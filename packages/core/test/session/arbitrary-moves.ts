import fc from 'fast-check';
import type { ClientConfig, Params, ServerConfig } from '../../src/index.ts';
import { REVISIONS } from '../../src/revision.ts';
import { CLIENT_CAPABILITIES, clientConfig, SERVER_CAPABILITIES, serverConfig } from './drive.ts';
import { LinkedPair, type Move } from './linked-pair.ts';

const METHODS = {
  client: ['tools/call', 'tools/list', 'x/custom', 'ping', 'roots/list'],
  server: ['sampling/createMessage', 'roots/list', 'x/custom', 'ping', 'tools/list'],
};
const NOTIFICATIONS = ['notifications/message', 'notifications/roots/list_changed', 'x/told', 'tools/list'];

const side = fc.constantFrom('client', 'server');
const nth = fc.nat(5);
const call: fc.Arbitrary<Move> = side.chain((side) =>
  fc
    .record({
      method: fc.constantFrom(...METHODS[side]),
      asksForTask: fc.boolean(),
      wantsProgress: fc.constantFrom(true, true, false),
      timeoutMs: fc.constantFrom(0, 200, 5_000),
    })
    .map((call) => ({ type: 'call', side, call })),
);

/** What an application and its world do all the time; how it ends comes with `ends`. */
const steady: fc.Arbitrary<Move> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ type: fc.constant('deliver'), side }) },
  { weight: 5, arbitrary: call },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('answer'), side, nth, fails: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('progress'), side, nth }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('cancel'), side, nth }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('notify'), side, method: fc.constantFrom(...NOTIFICATIONS) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('complete'), side }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('expire'), side, nth }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('expireStale'), side }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait'), ms: fc.nat(400) }) },
);

const ends: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ type: fc.constantFrom('close', 'kill'), side }),
  fc.record({ type: fc.constantFrom('signal', 'uncaught', 'crash', 'start') }),
  fc.record({ type: fc.constant('breakPipe'), side }),
);

/** Until both are ready. */
const HANDSHAKE: readonly Move[] = [
  { type: 'start' },
  { type: 'complete', side: 'client' },
  { type: 'deliver', side: 'server' },
  { type: 'deliver', side: 'client' },
  { type: 'deliver', side: 'server' },
];

/** As long as they may be, since a call that is made, delivered, worked on and answered takes a while. */
const LONG = { maxLength: 120, size: 'max' } as const;
const steadily = fc.array(steady, LONG);
const restlessly = fc.array(fc.oneof({ weight: 40, arbitrary: steady }, { weight: 1, arbitrary: ends }), LONG);

/** Random schedules; most begin with the handshake, so that what lies behind it is met often. */
const moves: fc.Arbitrary<readonly Move[]> = fc.oneof(
  { weight: 1, arbitrary: restlessly.map((rest): readonly Move[] => [{ type: 'start' }, ...rest]) },
  { weight: 2, arbitrary: steadily.map((rest) => [...HANDSHAKE, ...rest]) },
  { weight: 2, arbitrary: restlessly.map((rest) => [...HANDSHAKE, ...rest]) },
  {
    weight: 3,
    arbitrary: fc.tuple(steadily, ends, steadily).map(([rest, end, last]) => [...HANDSHAKE, ...rest, end, ...last]),
  },
);

const revisions = fc.oneof(
  { weight: 3, arbitrary: fc.constant(REVISIONS) },
  { weight: 1, arbitrary: fc.subarray([...REVISIONS], { minLength: 1 }) },
);
const keepaliveMs = fc.constantFrom(null, null, 300);
const COMMON = { requestTimeoutMs: 500, maxTotalTimeoutMs: 1_200, pongMs: 100, misses: 2, maxCalls: 4 };

function declared(all: Params): fc.Arbitrary<Params> {
  const some = fc.subarray(Object.entries(all)).map((entries): Params => Object.fromEntries(entries));
  return fc.oneof({ weight: 3, arbitrary: fc.constant(all) }, { weight: 1, arbitrary: some });
}

const clients: fc.Arbitrary<ClientConfig> = fc
  .record({ revisions, keepaliveMs, capabilities: declared(CLIENT_CAPABILITIES) })
  .map((more) => clientConfig({ ...COMMON, ...more, startupMs: 2_000, slowStartMs: 500, closingMs: 3_000 }));

const servers: fc.Arbitrary<ServerConfig> = fc
  .record({
    revisions,
    keepaliveMs,
    capabilities: declared(SERVER_CAPABILITIES),
    drainMs: fc.constantFrom(0, 400, 400),
  })
  .map((more) => serverConfig({ ...COMMON, ...more, cleanUpMs: 300 }));

/** All that decides how a pair is played, as plain data: what a failing property shows. */
export interface Play {
  readonly client: ClientConfig;
  readonly server: ServerConfig;
  readonly moves: readonly Move[];
}

export const plays: fc.Arbitrary<Play> = fc.record({ client: clients, server: servers, moves });

/** Plays it from the opening on, and to the end of both where it is `finished`. */
export function play({ client, server, moves }: Play, finished: boolean): LinkedPair {
  const pair = new LinkedPair(client, server);
  for (const move of moves) pair.move(move);
  if (finished) pair.finish();
  return pair;
}
