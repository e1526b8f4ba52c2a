import type { CallKey, Config, Outcome } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { answerId } from '../../watchers/session/heard.js';
import { alone, asked, type SessionStep } from '../../watchers/session/step.js';
import type { OurCall } from '../../watchers/session/view.js';
import { losesHope } from './ending.js';

/** What comes of the answers to our calls. */
export function answerRules({ role }: Config, countsUp: boolean): readonly Rule<SessionStep>[] {
  const which: Rule<SessionStep> = {
    id: `${role}.answers.which-stray`,
    title: `A second answer to the ${role} and one to what it never sent are told apart`,
    source: 'docs/adr/0009-session-core.md',
    judge: judgeWhich,
  };
  return [
    ...(countsUp ? [which] : []),
    {
      id: `${role}.answers.settle`,
      title: `An answer that comes in settles the call of the ${role} that it is for in the same step, and no other`,
      source: '2025-11-25/messages/response-id',
      judge: judgeAnswers,
    },
    {
      id: `${role}.answers.exact-id`,
      title: `An answer whose id only looks like that of a call of the ${role} settles nothing`,
      source: 'docs/adr/0009-session-core.md',
      judge: (step) => {
        const id = answerId(alone(step));
        if (id === null || !isLookalike(id, step.before.calls)) return null;
        return asked(step, 'settle').length === 0 ? 'right' : wrong('a call settled');
      },
    },
    {
      id: `${role}.answers.malformed`,
      title: `What looks like an answer to a call of the ${role} and is none is reported, and may have had an effect all the same`,
      source: '2025-11-25/messages/json-rpc',
      judge: (step) => {
        const one = alone(step);
        if (one?.kind !== 'brokenAnswer' || !step.before.calls.some(({ id }) => id === one.id)) return null;
        const [settled] = asked(step, 'settle');
        const isSent = settled?.outcome.ok === false && settled.outcome.kind !== 'peer' && settled.outcome.sent;
        const told = asked(step, 'report').map(({ fault }) => fault.code);
        if (!isSent) return wrong('it settled as if it had not been sent, or not at all');
        return told.join() === 'malformedAnswer' ? 'right' : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
    {
      id: `${role}.answers.late`,
      title: `A late answer to what the ${role} gave up changes nothing, and is no fault`,
      source: '2025-11-25/cancellation/late-response',
      judge: (step) => {
        const id = answerId(alone(step));
        if (id === null || !step.before.givenUp.some((one) => one.id === id && one.as !== 'task')) return null;
        const isHeard = asked(step, 'settle').length + asked(step, 'deliver').length + asked(step, 'report').length > 0;
        return isHeard ? wrong('it settled something, or was told') : 'right';
      },
    },
    {
      id: `${role}.answers.stray`,
      title: `An answer to nothing that the ${role} has open is reported, and settles nothing`,
      source: '2025-11-25/messages/response-id',
      judge: (step) => {
        const one = alone(step);
        const isStray = one?.kind === 'error' && one.id === null ? true : isUnknown(step, answerId(one));
        if (!isStray) return null;
        const told = asked(step, 'report').map(({ fault }) => fault.code);
        if (asked(step, 'settle').length > 0) return wrong('a call settled');
        const isTold = told.length === 1 && (told[0] === 'unknownAnswer' || told[0] === 'duplicateAnswer');
        return isTold ? 'right' : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
  ];
}

/** The calls that settle in a step in which something came in are those that were answered, each as its answer says. */
function judgeAnswers(step: SessionStep): Judged {
  const answered = answeredIn(step);
  // Where the session ends in the same step, or a server has waited for its last handler, all calls settle.
  if (step.input.type !== 'received' || losesHope(step)) return null;
  if (answered.size === 0 && asked(step, 'settle').length === 0) return null;
  for (const { key, outcome } of asked(step, 'settle')) {
    const answer = answered.get(key);
    if (answer === undefined) return wrong(`the call ${key} settled and was not answered`);
    if (kindOf(outcome) !== answer) return wrong(`the call ${key} settled as ${kindOf(outcome)}, and not as ${answer}`);
    answered.delete(key);
  }
  const [left] = answered.keys();
  return left === undefined ? 'right' : wrong(`the call ${left} was answered and did not settle`);
}

/** What came for each open call that was answered; a second answer to it is for nobody. */
function answeredIn({ heard, before }: SessionStep): Map<CallKey, string> {
  const answered = new Map<CallKey, string>();
  for (const one of heard) {
    const id = answerId(one);
    const call = id === null ? undefined : before.calls.find((open) => open.id === id);
    if (call !== undefined && !answered.has(call.key)) answered.set(call.key, OUTCOMES[one.kind] ?? '');
  }
  return answered;
}

const OUTCOMES: Readonly<Record<string, string>> = { result: 'ok', error: 'peer', brokenAnswer: 'malformedAnswer' };

function kindOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : outcome.kind;
}

function judgeWhich(step: SessionStep): Judged {
  const id = answerId(alone(step));
  if (id === null || !isUnknown(step, id)) return null;
  const wasSent = Number.isInteger(id) && Number(id) > 0 && Number(id) <= step.before.lastId;
  const due = wasSent ? 'duplicateAnswer' : 'unknownAnswer';
  const [told] = asked(step, 'report').map(({ fault }) => fault.code);
  return told === due ? 'right' : wrong(`reported: ${told ?? 'nothing'}, due: ${due}`);
}

function isLookalike(id: string | number, calls: readonly OurCall[]): boolean {
  return calls.some((call) => call.id !== id && String(call.id) === String(id));
}

function isUnknown({ before, stage }: SessionStep, id: string | number | null): boolean {
  if (id === null || stage === 'idle' || stage === 'opening') return false;
  const { calls, givenUp, initializeId, pingId } = before;
  const isOurs = [...calls, ...givenUp.filter(({ as }) => as !== 'task')].some((one) => one.id === id);
  return id !== initializeId && id !== pingId && !isOurs;
}
