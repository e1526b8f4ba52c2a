import type { Config } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { alone, asked, requestsIn, type SessionStep } from '../../watchers/session/step.js';

/** What becomes of the tasks that our calls were made of (2025-11-25). */
export function taskRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.tasks.cancelled`,
      title: `A task that the ${role} gave up before it knew of it is cancelled in the step in which it does, where it can be`,
      source: '2025-11-25/cancellation/task',
      judge: judgeLateTask,
    },
    {
      id: `${role}.tasks.only-then`,
      title: `The ${role} cancels no task by itself but one that it gave up`,
      source: '2025-11-25/cancellation/task',
      judge: (step) => {
        if (step.input.type === 'call' || !requestsIn(step).some(({ method }) => method === 'tasks/cancel'))
          return null;
        return lateTaskIn(step) === null ? wrong(`a task is cancelled on ${step.input.type}`) : 'right';
      },
    },
    {
      id: `${role}.tasks.progress`,
      title: `Progress of a task of the ${role} is handed on after the answer that told of it`,
      source: '2025-11-25/progress/task-token-lifetime',
      judge: judgeTaskProgress,
    },
  ];
}

function judgeLateTask(step: SessionStep): Judged {
  const taskId = lateTaskIn(step);
  if (taskId === null) return null;
  const sent = requestsIn(step);
  const isDue = step.stage === 'ready' && step.before.declared.includes('tasks.cancel');
  if (!isDue) return sent.length === 0 ? 'right' : wrong('something was sent that may not be');
  const [request, ...more] = sent;
  const isRight =
    request?.method === 'tasks/cancel' && isJsonObject(request.params) && request.params.taskId === taskId;
  return isRight && more.length === 0 ? 'right' : wrong('the task is not cancelled, or not it alone');
}

/** The task that a late answer tells of, where its call was given up; null for none. */
function lateTaskIn(step: SessionStep): string | null {
  const one = alone(step);
  if (one?.kind !== 'result' || !isJsonObject(one.result.task)) return null;
  const isLate = step.before.givenUp.some(({ id, as }) => id === one.id && as === 'lateTask');
  const { taskId } = one.result.task;
  return isLate && typeof taskId === 'string' ? taskId : null;
}

function judgeTaskProgress(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'notification' || one.method !== 'notifications/progress') return null;
  const { progressToken, progress } = one.params;
  const isTask = step.before.givenUp.some(({ id, as }) => id === progressToken && as === 'task');
  if (!isTask || typeof progress !== 'number') return null;
  const items = asked(step, 'deliver').map(({ item }) => item);
  const isTold = items.length === 1 && items[0]?.kind === 'notification' && items[0].method === one.method;
  return isTold && asked(step, 'report').length === 0 ? 'right' : wrong('it is not handed on, or is taken for a fault');
}
