import type { Params } from '@mcp-lifeline/core';
import { REVISIONS, type Revision } from '@mcp-lifeline/core/revision';
import fc from 'fast-check';
import {
  CLIENT_CAPABILITIES,
  type LoneWorld,
  type PairWorld,
  SERVER_CAPABILITIES,
  type Side,
  type World,
} from './case.js';

const revisions: fc.Arbitrary<readonly Revision[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(REVISIONS) },
  { weight: 3, arbitrary: fc.constant<readonly Revision[]>(['2025-03-26']) },
  { weight: 2, arbitrary: fc.subarray([...REVISIONS], { minLength: 1 }) },
);
const links = fc.constantFrom('reference', 'json', 'bytes');
const common = { revisions, keepaliveMs: fc.constantFrom(null, 300) };

function declared(all: Params): fc.Arbitrary<Params> {
  const some = fc.subarray(Object.entries(all)).map((entries): Params => Object.fromEntries(entries));
  return fc.oneof({ weight: 3, arbitrary: fc.constant(all) }, { weight: 1, arbitrary: some });
}

const clients = fc.record({ ...common, capabilities: declared(CLIENT_CAPABILITIES) });
const servers = fc.record({
  ...common,
  capabilities: declared(SERVER_CAPABILITIES),
  drainMs: fc.constantFrom(0, 400, 400),
});

/** Two honest cores. */
export const pairWorlds: fc.Arbitrary<PairWorld> = fc
  .record({
    kind: fc.constant('pair' as const),
    link: links,
    host: fc.constantFrom('process', 'process', 'page'),
    descendant: fc.constantFrom('none', 'none', 'none', 'untilTerm', 'untilKill', 'forever'),
    client: clients,
    server: servers,
    isOfOneTime: oneIn(8).map((isNot) => !isNot),
  })
  .map(({ isOfOneTime, ...world }) =>
    // Where they cannot agree there is little to see.
    isOfOneTime ? { ...world, server: { ...world.server, revisions: world.client.revisions } } : world,
  );

/** One core, and a peer that keeps no rule. */
export const loneWorlds: fc.Arbitrary<LoneWorld> = fc.constantFrom<Side>('client', 'server').chain(
  (role): fc.Arbitrary<LoneWorld> =>
    fc.record({
      kind: fc.constant('lone' as const),
      link: links,
      role: fc.constant(role),
      config: role === 'client' ? clients : servers,
    }),
);

/** The same world, in which nothing ends by itself: both agree on a revision, and nobody pings. */
export function calmed(world: World): World {
  const silent = { keepaliveMs: null };
  if (world.kind === 'lone') return { ...world, config: { ...world.config, ...silent } };
  const { client, server } = world;
  const revisions = client.revisions ?? REVISIONS;
  return { ...world, client: { ...client, ...silent }, server: { ...server, ...silent, revisions } };
}

/** Once in so many times. */
export function oneIn(times: number): fc.Arbitrary<boolean> {
  return fc.nat(times - 1).map((drawn) => drawn === 1);
}
