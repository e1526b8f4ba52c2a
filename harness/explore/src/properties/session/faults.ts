import type { Config, Fault } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { alone, asked, type SessionStep } from '../../watchers/session/step.js';

/** Faults of progress, of early requests, and of a phase. */
export function faultRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.faults.progress`,
      title: `Progress that the ${role} did not ask for, or that says nothing, or does not grow, is told; any other is not`,
      source: '2025-11-25/progress/active-token',
      judge: judgeProgress,
    },
    {
      id: `${role}.faults.own-progress`,
      title: `Progress that a handler of the ${role} tells and that does not grow is told as a fault of ours`,
      source: '2025-11-25/progress/increases',
      judge: ({ input, before, effects }) => {
        if (input.type !== 'progress') return null;
        const request = before.requests.find(({ key }) => key === input.key);
        const isFault =
          request !== undefined &&
          request.token !== null &&
          request.progress !== null &&
          input.progress <= request.progress;
        const told = effects.flatMap((effect) =>
          effect.type === 'report' ? [`${effect.fault.blame} ${effect.fault.code}`] : [],
        );
        return told.join() === (isFault ? 'us progressNotIncreasing' : '')
          ? 'right'
          : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
    ...(role === 'client' ? [EARLY] : []),
  ];
}

const EARLY: Rule<SessionStep> = {
  id: 'client.faults.early-request',
  title: 'A request other than a ping that comes before the answer to initialize is told, though it is served',
  source: '2025-11-25/lifecycle/early-server-requests',
  judge: (step) => {
    const one = alone(step);
    if (one?.kind !== 'request' || one.method === 'ping') return null;
    const isTold = asked(step, 'report').some(({ fault }) => fault.code === 'earlyRequest');
    if (step.stage !== 'negotiating') return isTold ? wrong(`${one.method} is told to be early`) : null;
    return isTold ? 'right' : wrong('it was not told');
  },
};

function judgeProgress(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'notification' || one.method !== 'notifications/progress') return null;
  const due = faultOf(step, one.params.progressToken, one.params.progress);
  const told = asked(step, 'report').map(({ fault }) => fault.code);
  return told.join() === (due ?? '')
    ? 'right'
    : wrong(`reported: ${told.join(', ') || 'nothing'}, due: ${due ?? 'nothing'}`);
}

function faultOf({ before }: SessionStep, token: unknown, progress: unknown): Fault['code'] | null {
  const isToken = typeof token === 'string' || Number.isInteger(token);
  if (!isToken || typeof progress !== 'number') return 'invalidMessage';
  const call = before.calls.find(({ id, hasToken }) => id === token && hasToken);
  if (call !== undefined) return call.progress !== null && progress <= call.progress ? 'progressNotIncreasing' : null;
  // It crossed our giving up, or is that of a task.
  return before.givenUp.some(({ id }) => id === token) ? null : 'unknownProgress';
}
