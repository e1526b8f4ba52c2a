import type { Params } from '@mcp-lifeline/core';
import { REVISIONS, type Revision } from '@mcp-lifeline/core/revision';
import type { Call, Case, LoneWorld, Move, PairWorld, Saying, Side, World } from './case.js';

/** A case with a name: one thing that a session may go through, as single steps. */
export interface Script {
  readonly name: string;
  readonly case: Case;
}

/** What every session may go through, in each revision and over each link; to be cut after every single move. */
export function scripts(): readonly Script[] {
  return [
    ...REVISIONS.flatMap((revision) =>
      PAIRS.map(({ name, world, moves }) => script(`${name}, ${revision}`, world(revision), moves)),
    ),
    ...LONE.map(({ name, world, moves }) => script(name, world, moves)),
  ];
}

function script(name: string, world: World, moves: readonly Move[]): Script {
  return { name, case: { format: 1, world, moves } };
}

const start: readonly Move[] = [{ type: 'reopen', isShaken: false }, { type: 'start' }];
const complete = (part: Side | 'host'): Move => ({ type: 'complete', part, nth: 0, fails: false });
const deliver = (to: Side, cut = 0, every = 0): Move => ({ type: 'deliver', to, count: 1, cut, every });
const call = (side: Side, more: Partial<Call> & { readonly method: string }): Move => ({
  type: 'call',
  side,
  call: { asksForTask: false, wantsProgress: true, timeoutMs: 200, ...more },
});
const answer = (side: Side, fails = false): Move => ({ type: 'answer', side, nth: 0, fails });
const progress = (side: Side): Move => ({ type: 'progress', side, nth: 0, goesBack: false });
const expire = (part: Side | 'host'): Move => ({ type: 'expire', part, nth: 0, lateMs: 0 });
const cancel = (side: Side): Move => ({ type: 'cancel', side, nth: 0 });
const close = (side: Side): Move => ({ type: 'close', side });

const byProcess: readonly Move[] = [
  ...start,
  complete('host'),
  complete('server'),
  deliver('server'),
  deliver('client'),
  deliver('server'),
];
const byPage: readonly Move[] = [
  ...start,
  complete('client'),
  complete('server'),
  deliver('server'),
  deliver('client'),
  deliver('server'),
];

/** Both make a call that is told of progress, answered, refused, cancelled or given up. */
const busy: readonly Move[] = [
  call('client', { method: 'tools/call' }),
  call('client', { method: 'x/custom' }),
  call('server', { method: 'x/custom' }),
  deliver('server', -4),
  deliver('server', 0, 1),
  deliver('client'),
  progress('server'),
  deliver('client'),
  answer('server'),
  answer('server', true),
  progress('client'),
  deliver('client'),
  deliver('client'),
  answer('client'),
  deliver('server'),
  deliver('server'),
  call('client', { method: 'tools/call' }),
  call('server', { method: 'ping' }),
  deliver('server'),
  cancel('client'),
  deliver('server'),
  deliver('client'),
  deliver('server'),
  call('client', { method: 'tools/list', timeoutMs: 0 }),
  expire('client'),
  deliver('server'),
];

/** A call that becomes a task, one that is given up before, and progress of the task. */
const tasks: readonly Move[] = [
  call('client', { method: 'tools/call', asksForTask: true }),
  call('client', { method: 'tools/call', asksForTask: true }),
  deliver('server'),
  deliver('server'),
  progress('server'),
  deliver('client'),
  cancel('client'),
  answer('server'),
  answer('server'),
  deliver('client'),
  deliver('client'),
  deliver('server'),
  answer('server'),
  deliver('client'),
];

const batches: readonly Move[] = [
  ...[1, 2, 3].map(() => call('client', { method: 'x/custom', timeoutMs: 5_000 })),
  { type: 'notify', side: 'client', method: 'x/told' },
  { type: 'deliverBatch', to: 'server', count: 4 },
  answer('server'),
  cancel('client'),
  deliver('server'),
  progress('server'),
  answer('server', true),
  answer('server'),
  { type: 'deliverBatch', to: 'client', count: 3 },
  deliver('client'),
];

const idle: readonly Move[] = [
  expire('client'),
  deliver('server'),
  expire('client'),
  deliver('client'),
  expire('client'),
  expire('client'),
  expire('client'),
];

const leaving: readonly Move[] = [
  call('client', { method: 'tools/call', timeoutMs: 5_000 }),
  call('server', { method: 'x/custom', timeoutMs: 5_000 }),
  deliver('server'),
  deliver('client'),
  close('client'),
  deliver('server'),
  answer('server'),
  complete('server'),
  deliver('client'),
  complete('host'),
  deliver('client'),
  complete('host'),
];

/** A server that neither ends nor answers: the ladder is climbed to its last step. */
const ladder: readonly Move[] = [
  call('client', { method: 'tools/call' }),
  deliver('server'),
  close('client'),
  expire('host'),
  expire('host'),
  complete('host'),
  complete('host'),
  expire('host'),
];

const of =
  (more: Partial<PairWorld>) =>
  (revision: Revision): PairWorld => ({
    kind: 'pair',
    link: 'bytes',
    host: 'process',
    descendant: 'none',
    ...more,
    client: { revisions: [revision], ...more.client },
    server: { revisions: [revision], ...more.server },
  });

const keepalive = { keepaliveMs: 300 };
const poor: Params = {};

const PAIRS: readonly {
  readonly name: string;
  world(revision: Revision): PairWorld;
  readonly moves: readonly Move[];
}[] = [
  { name: 'a busy session over bytes', world: of({}), moves: [...byProcess, ...busy] },
  { name: 'a busy session by reference', world: of({ link: 'reference', host: 'page' }), moves: [...byPage, ...busy] },
  { name: 'tasks', world: of({ link: 'json' }), moves: [...byProcess, ...tasks] },
  { name: 'batches', world: of({}), moves: [...byProcess, ...batches] },
  { name: 'batches within a page', world: of({ link: 'json', host: 'page' }), moves: [...byPage, ...batches] },
  { name: 'keepalive of both', world: of({ client: keepalive, server: keepalive }), moves: [...byProcess, ...idle] },
  { name: 'leaving', world: of({ server: { drainMs: 400 } }), moves: [...byProcess, ...leaving] },
  {
    name: 'leaving a page',
    world: of({ link: 'json', host: 'page', server: { drainMs: 400 } }),
    moves: [...byPage, ...leaving],
  },
  { name: 'the ladder, to its end', world: of({ descendant: 'forever' }), moves: [...byProcess, ...ladder] },
  { name: 'a descendant', world: of({ descendant: 'untilTerm' }), moves: [...byProcess, ...leaving] },
  {
    name: 'nothing declared',
    world: of({ client: { capabilities: poor }, server: { capabilities: poor } }),
    moves: [...byProcess, ...busy],
  },
];

const say = (...sayings: readonly Saying[]): Move => ({ type: 'speak', sayings, isBatch: false });
const batch = (...sayings: readonly Saying[]): Move => ({ type: 'speak', sayings, isBatch: true });
const asked = (id: string | number, method = 'x/custom'): Saying => ({ as: 'request', id, method, token: id });

/** A peer that answers as something else, twice, late and never, and asks twice under one id. */
const nonsense: readonly Move[] = [
  call('client', { method: 'x/custom' }),
  call('server', { method: 'x/custom' }),
  call('client', { method: 'x/custom' }),
  call('server', { method: 'x/custom' }),
  say({ as: 'answer', nth: 0, how: 'asText' }),
  say({ as: 'progress', nth: 0, progress: 1, asText: false }),
  say({ as: 'answer', nth: 0, how: 'both' }),
  say({ as: 'answer', nth: 0, how: 'malformed' }),
  say({ as: 'answer', nth: 0, how: 'result' }),
  cancel('client'),
  cancel('server'),
  say({ as: 'answer', nth: 1, how: 'task' }),
  say(asked(7)),
  say(asked(7)),
  say({ as: 'cancel', id: 7 }),
  say({ as: 'cancel', id: 7 }),
  batch(asked('__proto__'), asked(8), { as: 'cancel', id: 8 }, { as: 'value', json: 5 }),
  answer('client'),
  answer('server'),
  batch(asked(9), asked(10), asked(11), asked(12), asked(13), asked(14), asked(15)),
  { type: 'speakBytes', hex: 'fffe0a' },
];

const lone = (role: Side, revision: Revision, link: World['link']): LoneWorld => ({
  kind: 'lone',
  link,
  role,
  config: { revisions: [revision], keepaliveMs: 300 },
});

const greeted: Readonly<Record<Side, (version: string) => readonly Move[]>> = {
  client: (version) => [...start, complete('client'), say({ as: 'handshake', version, isSound: true })],
  server: (version) => [...start, say({ as: 'handshake', version, isSound: true }), say({ as: 'initialized' })],
};

const LONE = (['client', 'server'] as const).flatMap((role) =>
  (['2025-03-26', '2025-11-25'] as const).map((revision) => ({
    name: `a ${role} among nonsense, ${revision}`,
    world: lone(role, revision, revision === '2025-03-26' ? 'json' : 'reference'),
    moves: [...greeted[role](revision), ...nonsense],
  })),
);
