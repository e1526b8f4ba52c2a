import fc from 'fast-check';
import { type Config, type Input, open, step } from '../../src/index.ts';
import { REVISIONS, type Revision } from '../../src/revision.ts';
import { anyMessage } from '../message/arbitrary-messages.ts';
import {
  cancelled,
  clientConfig,
  type Happening,
  INITIALIZED,
  initialize,
  initializeResult,
  notification,
  progress,
  request,
  result,
  serverConfig,
} from './drive.ts';
import type { Step } from './linked-pair.ts';

/** Ids that meet those that are in use, so that random messages are about something. */
const ids = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string | number>(1, 2, 3, 4, 5) },
  { weight: 1, arbitrary: fc.constantFrom<string | number>('1', '2', '', '__proto__', 0, -1, 1e300) },
);
const METHODS = ['tools/call', 'roots/list', 'sampling/createMessage', 'x/custom', 'ping', 'initialize', '__proto__'];
const NOTIFICATIONS = ['notifications/message', 'notifications/roots/list_changed', 'x/told', 'ping', 'constructor'];
const MALFORMED = [5, null, [], undefined, 'x'];
const numbers = fc.constantFrom(-1, 0, 0.5, 1, 2);

const single: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(ids, fc.constantFrom(...METHODS)).map(([id, method]) => request(id, method)) },
  {
    weight: 3,
    arbitrary: fc.tuple(ids, ids).map(([id, token]) => request(id, 'x/custom', { _meta: { progressToken: token } })),
  },
  { weight: 3, arbitrary: ids.map((id) => result(id, { task: { taskId: 't' } })) },
  { weight: 2, arbitrary: fc.tuple(ids, fc.constantFrom(...MALFORMED)).map(([id, value]) => answer(id, value)) },
  { weight: 3, arbitrary: ids.map((id) => cancelled(id, 'enough')) },
  { weight: 3, arbitrary: fc.tuple(ids, numbers).map(([token, value]) => progress(token, value)) },
  { weight: 2, arbitrary: fc.constantFrom(...NOTIFICATIONS).map((method) => notification(method)) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(INITIALIZED, initialize(), initializeResult('1.0.0')) },
  { weight: 4, arbitrary: anyMessage },
);

/** Whatever a peer may come up with: about what is open, about nothing, and no message at all; alone and in batches. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: single },
  { weight: 1, arbitrary: fc.array(single, { maxLength: 8 }) },
);

const garbled = fc.record({
  type: fc.constant('garbled' as const),
  why: fc.constantFrom('blank', 'notJson', 'notUtf8', 'tooLong', 'cutOff'),
  text: fc.string(),
  bytes: fc.nat(),
});

const keys = fc.integer({ min: 1, max: 12 });

/** What our own side does meanwhile; whatever it may not do is left out by `stepAll`. */
const ours: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    type: fc.constant('call' as const),
    key: fc.integer(),
    method: fc.constantFrom('tools/call', 'sampling/createMessage', 'x/custom'),
    params: fc.constantFrom({}, { task: {} }),
    timeoutMs: fc.constantFrom(0, 100, 5_000),
  }),
  fc.record({ type: fc.constant('answer' as const), key: keys, answer: fc.constant({ result: {} }) }),
  fc.record({ type: fc.constant('progress' as const), key: keys, progress: numbers }),
  fc.record({ type: fc.constant('notify' as const), method: fc.constant('x/told') }),
  fc.constantFrom({ type: 'close' }, { type: 'writeFailed' }),
);

const happenings: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: anything.map((json) => ({ type: 'received' as const, json })) },
  { weight: 1, arbitrary: garbled },
  { weight: 4, arbitrary: ours },
);

/** The bounds that every misbehaved session has. */
export const BOUNDS = { maxCalls: 4, maxPeerRequests: 4, maxBatch: 6 } as const;

/** What one side goes through whose peer keeps no rule, as plain data. */
export interface Ordeal {
  readonly role: 'client' | 'server';
  readonly revision: Revision;
  /** Most go through the handshake first. */
  readonly isReady: boolean;
  readonly happenings: readonly (readonly [Happening, waitMs: number])[];
}

export const ordeals: fc.Arbitrary<Ordeal> = fc.record({
  role: fc.constantFrom('client', 'server'),
  revision: fc.constantFrom(...REVISIONS),
  isReady: fc.constantFrom(true, true, true, false),
  happenings: fc.array(fc.tuple(happenings, fc.nat(200)), { maxLength: 40, size: 'max' }),
});

/** Steps it all from the opening on. */
export function endure({ role, revision, isReady, happenings }: Ordeal): readonly Step[] {
  const first = handshake(role, revision).slice(0, isReady ? undefined : 1);
  return stepAll(configOf(role), [...first.map((happening) => [happening, 0] as const), ...happenings]);
}

function configOf(role: 'client' | 'server'): Config {
  const more = { ...BOUNDS, keepaliveMs: 1_000 };
  return role === 'client' ? clientConfig(more) : serverConfig(more);
}

function handshake(role: 'client' | 'server', revision: Revision): Happening[] {
  return role === 'client'
    ? [{ type: 'start' }, { type: 'opened' }, { type: 'received', json: initializeResult(revision) }]
    : [
        { type: 'received', json: initialize(revision) },
        { type: 'received', json: INITIALIZED },
      ];
}

function stepAll(config: Config, happenings: readonly (readonly [Happening, waitMs: number])[]): readonly Step[] {
  let now = 1_000;
  let [before] = open(config, now);
  const used = new Set<number>();
  return happenings.flatMap(([happening, waitMs]) => {
    now += waitMs;
    if (happening.type === 'call') {
      if (used.has(happening.key)) return [];
      used.add(happening.key);
    }
    const input = { ...happening, now } as Input;
    const [after, effects] = step(before, input);
    const done: Step = { side: config.role, before, input, after, effects };
    before = after;
    return [done];
  });
}

function answer(id: string | number, value: unknown): unknown {
  return { jsonrpc: '2.0', id, result: value };
}
