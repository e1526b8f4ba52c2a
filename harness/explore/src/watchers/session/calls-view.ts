import type { RequestId } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { answerId, type Heard } from './heard.js';
import { asked, requestsIn } from './step.js';
import type { GivenUp, OurCall, SessionView } from './view.js';
import type { Unviewed } from './viewing.js';

/** What becomes of our calls in a step. */
export function viewCalls(step: Unviewed): Pick<SessionView, 'calls' | 'givenUp'> {
  const { before, heard } = step;
  const settled = asked(step, 'settle');
  let { calls } = before;
  for (const one of heard) calls = viewProgress(calls, one);
  const left = settled.flatMap(({ key, outcome }) => {
    const call = calls.find((one) => one.key === key);
    if (call === undefined) return [];
    if (outcome.ok)
      return call.hasToken && call.isTask && isJsonObject(outcome.result['task']) ? [given(call, 'task')] : [];
    return GIVEN_UP.includes(outcome.kind) ? [given(call, call.isTask ? 'lateTask' : 'late')] : [];
  });
  if (settled.length > 0) calls = calls.filter(({ key }) => settled.every((one) => one.key !== key));
  const sent = callSent(step);
  if (sent !== null) calls = [...calls, sent];
  return { calls, givenUp: viewGivenUp(step, left) };
}

/** Whether a call asks for a task that its receiver will make of it (page `basic/utilities/tasks`). */
function asksForTask({ before, input }: Unviewed): boolean {
  if (input.type !== 'call' || before.revision === null || before.revision < '2025-11-25') return false;
  const path = TASK_REQUESTS.get(input.method);
  return (
    path !== undefined && isJsonObject(input.params?.['task']) && before.declared.includes(`tasks.requests.${path}`)
  );
}

/** What was given up, sorted: in which order says nothing. Of too many the newest are remembered. */
export function remembered(givenUp: readonly GivenUp[]): readonly GivenUp[] {
  const sorted = givenUp.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return sorted.length > 2 * GIVEN_UP_KEPT ? sorted.slice(-GIVEN_UP_KEPT) : sorted;
}

/** The requests that may ask for a task, each with its path in the receiver's `tasks.requests`. */
const TASK_REQUESTS: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'tools.call'],
  ['sampling/createMessage', 'sampling.createMessage'],
  ['elicitation/create', 'elicitation.create'],
]);

/** How many calls that were given up the core remembers at least. */
const GIVEN_UP_KEPT = 1_024;

/** The outcomes that an answer may still follow. */
const GIVEN_UP: readonly string[] = ['timeout', 'maxTotal', 'cancelled'];

function given({ id }: OurCall, as: GivenUp['as']): GivenUp {
  return { id, as };
}

function viewGivenUp(step: Unviewed, left: readonly GivenUp[]): readonly GivenUp[] {
  const { before, heard, input } = step;
  const answered = heard.map(answerId).filter((id) => id !== null);
  const isOver = ({ id, as }: GivenUp): boolean => as !== 'task' && answered.includes(id);
  const still = answered.length === 0 ? before.givenUp : before.givenUp.filter((one) => !isOver(one));
  // The task of a call that was given up is cancelled by a request that nobody waits for.
  const own = input.type === 'call' ? [] : requestsIn(step).filter(({ method }) => method === 'tasks/cancel');
  const added = [...left, ...own.map(({ id }): GivenUp => ({ id: id as RequestId, as: 'late' }))];
  return added.length === 0 ? still : remembered([...still, ...added]);
}

function callSent(step: Unviewed): OurCall | null {
  const { input } = step;
  if (input.type !== 'call') return null;
  const request = requestsIn(step).find(({ method }) => method === input.method);
  if (request === undefined) return null;
  const meta = isJsonObject(request.params) ? request.params._meta : undefined;
  const hasToken = isJsonObject(meta) && meta.progressToken !== undefined;
  return { key: input.key, id: request.id as RequestId, hasToken, progress: null, isTask: asksForTask(step) };
}

function viewProgress(calls: readonly OurCall[], one: Heard): readonly OurCall[] {
  if (one.kind !== 'notification' || one.method !== 'notifications/progress') return calls;
  const { progressToken, progress } = one.params;
  if (typeof progress !== 'number') return calls;
  return calls.map((call) => (call.id === progressToken && call.hasToken ? { ...call, progress } : call));
}
