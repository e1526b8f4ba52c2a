import type { Config } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { owedFor } from '../../watchers/session/requests-view.js';
import { alone, asked, responsesIn, type SessionStep } from '../../watchers/session/step.js';
import { ANSWERING } from '../../watchers/session/view.js';

/** What becomes of the peer's requests. */
export function requestRules({ role, maxPeerRequests }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.requests.taken`,
      title: `A request that comes to the ${role} is answered or handed to a handler in that step, never both`,
      source: '2025-11-25/messages/json-rpc',
      judge: judgeTaken,
    },
    {
      id: `${role}.requests.ping`,
      title: `The ${role} answers a ping in the step in which it comes, whatever else goes on`,
      source: '2025-11-25/ping/respond',
      judge: judgePing,
    },
    {
      id: `${role}.requests.answered-once`,
      title: `The ${role} sends no response but to a request that waits for one, and one to each`,
      source: '2025-11-25/messages/response-id',
      judge: judgeResponses,
    },
    {
      id: `${role}.requests.answer`,
      title: `What a handler of the ${role} answers goes out in that step; where nobody waits for it any more, nothing does`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeAnswer,
    },
    {
      id: `${role}.requests.cancelled`,
      title: `The ${role} aborts the handler of a request that is cancelled in that step, and leaves it unanswered`,
      source: '2025-11-25/cancellation/no-response',
      judge: judgeCancelled,
    },
    {
      id: `${role}.requests.aborted-once`,
      title: `The ${role} aborts only handlers that work`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeAborts,
    },
    {
      id: `${role}.requests.bounded`,
      title: `The ${role} lets no more handlers work than it may`,
      source: 'docs/limits.md',
      judge: (step) => {
        const begun = asked(step, 'deliver').filter(({ item }) => item.kind === 'request').length;
        const working = step.before.requests.length + begun - asked(step, 'abort').length;
        if (begun === 0) return null;
        return working <= maxPeerRequests ? 'right' : wrong(`${working} handlers work`);
      },
    },
  ];
}

function judgeTaken(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'request' || !ANSWERING.includes(step.stage)) return null;
  const started = asked(step, 'deliver').filter(({ item }) => item.kind === 'request').length;
  const answered = responsesIn(step).filter(({ id }) => id === one.id).length;
  return started + answered === 1 ? 'right' : wrong(`answered ${answered} times, handed on ${started} times`);
}

function judgePing(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'request' || one.method !== 'ping' || !ANSWERING.includes(step.stage)) return null;
  const [pong] = responsesIn(step);
  const isPong = pong?.id === one.id && isJsonObject(pong.result) && Object.keys(pong.result).length === 0;
  return isPong ? 'right' : wrong('no empty result');
}

function judgeResponses(step: SessionStep): Judged {
  const sent = responsesIn(step);
  if (sent.length === 0) return null;
  const owed: unknown[] = [...step.before.owed, ...step.heard.map(owedFor)];
  for (const { id } of sent) {
    const at = owed.indexOf(id);
    if (at === -1) return wrong(`a response with id ${JSON.stringify(id)}, which nobody waits for`);
    owed.splice(at, 1);
  }
  return 'right';
}

function judgeAnswer(step: SessionStep): Judged {
  const { input, before } = step;
  if (input.type !== 'answer') return null;
  const request = before.requests.find(({ key }) => key === input.key);
  const sent = responsesIn(step);
  if (request === undefined) return sent.length === 0 ? 'right' : wrong('an answer went out that nobody waits for');
  if (request.batch !== null) return null;
  const [response, ...more] = sent;
  if (response?.id !== request.id || more.length > 0) return wrong('no response, or not to that request');
  return 'result' in response === 'result' in input.answer ? 'right' : wrong('a result for an error, or the other way');
}

function judgeCancelled(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'notification' || one.method !== 'notifications/cancelled') return null;
  const { requestId } = one.params;
  const open = step.before.requests.find(({ id, isNewest }) => id === requestId && isNewest);
  const aborted = asked(step, 'abort').map(({ key }) => key);
  if (responsesIn(step).some(({ id }) => id === requestId)) return wrong('it was answered');
  if (open === undefined) {
    // Nothing that is unknown, answered or malformed is disturbed.
    return aborted.length === 0 ? 'right' : wrong('a handler was aborted that nobody cancelled');
  }
  return aborted.length >= 1 && aborted[0] === open.key ? 'right' : wrong(`the handler ${open.key} was not aborted`);
}

function judgeAborts(step: SessionStep): Judged {
  const aborted = asked(step, 'abort');
  if (aborted.length === 0) return null;
  const works = new Set(step.before.requests.map(({ key }) => key));
  for (const { item } of asked(step, 'deliver')) if (item.kind === 'request') works.add(item.key);
  for (const { key } of aborted) if (!works.delete(key)) return wrong(`the handler ${key} does not work`);
  return 'right';
}
