import type { TimerName } from '@mcp-lifeline/core';
import type { ProcessTimer, SavedProcess } from '@mcp-lifeline/core/process';
import type { Saved } from '@mcp-lifeline/core/saving';

/**
 * What stands for every request of a side that was settled and forgotten: smaller than any that is known, so that the core
 * takes an answer to it for a duplicate.
 */
export const SPENT_ID = 1;

/** Our requests that are known count up from here. */
export const FIRST_ID = 2;

/** The handles of their requests count up from here. */
export const FIRST_KEY = 1;

/** A session in its normal form, and what its ids and handles were before. */
export interface NormalForm {
  readonly saved: Saved;
  /** What was {@link FIRST_ID}, the one after it, and so on. */
  readonly ids: readonly number[];
  /** What was {@link FIRST_KEY}, the one after it, and so on. */
  readonly keys: readonly number[];
}

/**
 * The one session that stands for all that behave alike: they differ by their clock, by generations, by how far they counted,
 * and by how long it is until a timer runs out, which the model lets happen at any moment.
 *
 * Of deadlines only the order is kept, in steps that are longer than the core's looks at them, and which are the last ones. Calls
 * keep the order of sending; what was given up has none.
 *
 * @param rankOf orders what was given up, by its id, so that one set of it has one form.
 */
export function normalForm(saved: Saved, rankOf: (id: number) => number): NormalForm {
  const { ids, newId } = renumberIds(saved, rankOf);
  const keys = saved.peers.map(({ key }) => key);
  const newKey = numbering(keys, FIRST_KEY);
  const batches = saved.batches.map(([batch]) => batch);
  const newBatch = numbering(batches, FIRST_KEY);
  return {
    ids,
    keys,
    saved: {
      ...saved,
      calls: normalCalls(saved.calls, newId),
      givenUp: saved.givenUp.map(([id, as]) => [newId(id), as] as const).sort(([a], [b]) => a - b),
      peers: saved.peers.map((request) => ({
        ...request,
        key: newKey(request.key),
        revision: ANY_REVISION,
        batch: request.batch === null ? null : newBatch(request.batch),
      })),
      peerKeys: saved.peerKeys.map(([id, key]) => [id, newKey(key)]),
      batches: saved.batches.map(([batch, open]) => [newBatch(batch), open]),
      initializeId: saved.initializeId === null ? null : newId(saved.initializeId),
      pingId: saved.pingId === null ? null : newId(saved.pingId),
      timers: normalTimers(saved),
      counters: {
        generation: TIMERS.length,
        nextId: FIRST_ID + ids.length,
        nextPeer: FIRST_KEY + Math.max(keys.length, batches.length),
      },
      now: 0,
    },
  };
}

/** The same for the core of a process, which counts nothing but generations. */
export function normalProcess(saved: SavedProcess): SavedProcess {
  const timers = PROCESS_TIMERS.filter((name) => saved.timers[name]).map(
    (name) => [name, { generation: processGenerationOf(name), at: SOON }] as const,
  );
  return { ...saved, timers: Object.fromEntries(timers), generation: PROCESS_TIMERS.length, now: 0 };
}

/** Every timer of a session. */
export const TIMERS: readonly TimerName[] = [
  'startup',
  'slowStart',
  'keepalive',
  'pong',
  'calls',
  'hearOut',
  'drain',
  'cleanUp',
  'closing',
];

/** The generation of no timer in a normal form: an expiry under it is stale. */
export const NO_GENERATION = 0;

/** The generation of a timer in a normal form. */
export function generationOf(name: TimerName): number {
  return TIMERS.indexOf(name) + 1;
}

/** The same of a process's timer. */
export function processGenerationOf(name: ProcessTimer): number {
  return PROCESS_TIMERS.indexOf(name) + 1;
}

/** When a timer of a normal form is due, in ms; the looks at deadlines have times of their own. */
const SOON = 1_000;

/** From one deadline to the next, in ms: longer than the core's steps of 50. */
const APART = 1_000;

/** When the core looks at deadlines though the first of them is not due yet. */
const EARLY = 500;

/** Where the last deadlines of calls begin that are not near them: beyond all others. */
const FAR = 300_000;

/** Deadlines are looked at in steps of so many ms: see the core's `SWEEP_MS`. */
const SWEEP_MS = 50;

/** Each request keeps the revision that it came under, and nothing in this era depends on it. */
const ANY_REVISION = '2025-11-25';

const PROCESS_TIMERS: readonly ProcessTimer[] = ['drain', 'grace', 'term', 'reap'];

function renumberIds(
  { calls, givenUp, initializeId, pingId }: Saved,
  rankOf: (id: number) => number,
): { readonly ids: readonly number[]; readonly newId: (id: number) => number } {
  const forgotten = [...givenUp].sort(([a, as], [b, bs]) => (as === bs ? rankOf(a) - rankOf(b) : as < bs ? -1 : 1));
  const own = [initializeId, pingId].filter((id) => id !== null);
  const ids = [...calls.map(({ id }) => id), ...own, ...forgotten.map(([id]) => id)];
  return { ids, newId: numbering(ids, FIRST_ID) };
}

/** Tells each number its place in a list, counted from `first`. */
function numbering(numbers: readonly number[], first: number): (number: number) => number {
  return (number) => {
    const place = numbers.indexOf(number);
    if (place === -1) throw new Error(`the session points to ${number}, which it does not have`);
    return first + place;
  };
}

function normalCalls(calls: Saved['calls'], newId: (id: number) => number): Saved['calls'] {
  const rankOfDue = ranking(calls.map(({ due }) => due));
  const rankOfLast = ranking(calls.filter(({ due, lastDue }) => due !== lastDue).map(({ lastDue }) => lastDue));
  return calls.map((call) => {
    const due = APART * (rankOfDue(call.due) + 1);
    const lastDue = call.due === call.lastDue ? due : FAR + APART * rankOfLast(call.lastDue);
    // What cannot make progress is never given more time.
    const timeoutMs = call.hasToken ? call.timeoutMs : 0;
    return { ...call, id: newId(call.id), due, lastDue, timeoutMs, revision: ANY_REVISION };
  });
}

function ranking(values: readonly number[]): (value: number) => number {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  return (value) => sorted.indexOf(value);
}

function normalTimers({ timers, calls }: Saved): Saved['timers'] {
  const armed = TIMERS.flatMap((name) => {
    const timer = timers[name];
    if (timer === undefined) return [];
    const at = name === 'calls' ? normalLook(timer.at, calls) : SOON;
    return [[name, { generation: generationOf(name), at }] as const];
  });
  return Object.fromEntries(armed);
}

/** The timer stays armed for a call that was settled: then it runs out before any other is due. */
function normalLook(at: number, calls: Saved['calls']): number {
  const first = Math.min(...calls.map(({ due }) => due));
  return at >= Math.ceil(first / SWEEP_MS) * SWEEP_MS ? APART : EARLY;
}
