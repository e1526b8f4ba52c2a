import type { Config, Outcome } from '@mcp-lifeline/core';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { asked, cancelledId, expired, type SessionStep, sentIn } from '../../watchers/session/step.js';
import type { OurCall } from '../../watchers/session/view.js';

/** What becomes of our calls that are open, beside answers. */
export function callRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.calls.settle-once`,
      title: `Only what is open settles at the ${role}, and once`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeSettling,
    },
    {
      id: `${role}.calls.cancel`,
      title: `A call that the application of the ${role} cancels is cancelled on the wire, and settles then, in one step`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeCancel,
    },
    {
      id: `${role}.calls.time-out`,
      title: `A call of the ${role} times out when time is up and not otherwise, and is cancelled on the wire before it settles`,
      source: '2025-11-25/lifecycle/timeout-cancel',
      judge: judgeTimeouts,
    },
    {
      id: `${role}.calls.watched`,
      title: `As long as a call of the ${role} is open, a timer will look at it`,
      source: 'packages/core/README.md',
      judge: ({ after }) => {
        if (after.calls.length === 0) return null;
        const isWatched = after.armed.some(({ name }) => name === 'calls');
        return isWatched ? 'right' : wrong('a call is open, and no timer is armed');
      },
    },
  ];
}

function judgeSettling(step: SessionStep): Judged {
  const settled = asked(step, 'settle').map(({ key }) => key);
  if (settled.length === 0) return null;
  const { input, before } = step;
  const open = new Set(before.calls.map(({ key }) => key));
  if (input.type === 'call') open.add(input.key);
  for (const key of settled) if (!open.delete(key)) return wrong(`the call ${key} settled and was not open`);
  return 'right';
}

function judgeCancel(step: SessionStep): Judged {
  const { input, before } = step;
  if (input.type !== 'cancel') return null;
  const call = before.calls.find(({ key }) => key === input.key);
  if (call === undefined) return step.effects.length === 0 ? 'right' : wrong('what is not open was cancelled');
  const [settled, ...more] = asked(step, 'settle');
  if (settled?.key !== call.key || more.length > 0) return wrong(`it did not settle, or not alone`);
  if (failureOf(settled.outcome) !== 'cancelled, sent') return wrong(`it settled as ${failureOf(settled.outcome)}`);
  const notice = noticeOf(step, call);
  const reason = isJsonObject(notice?.params) ? notice.params.reason : undefined;
  if (notice !== undefined && reason !== input.reason) return wrong('the peer is told another reason');
  return judgeNotice(step, call);
}

function judgeTimeouts(step: SessionStep): Judged {
  const late = asked(step, 'settle').filter(({ outcome }) => LATE.includes(failureOf(outcome).split(',')[0] ?? ''));
  if (late.length === 0) return null;
  if (expired(step) !== 'calls') return wrong('a call timed out, and no timer had run out');
  for (const { key, outcome } of late) {
    if (!failureOf(outcome).endsWith(', sent')) return wrong(`the call ${key} settled as if it had not been sent`);
    const call = step.before.calls.find((one) => one.key === key);
    const judged = call === undefined ? 'right' : judgeNotice(step, call);
    if (judged !== 'right') return judged;
  }
  return 'right';
}

const LATE = ['timeout', 'maxTotal'];

function failureOf(outcome: Outcome): string {
  if (outcome.ok) return 'ok';
  return outcome.kind === 'peer' ? 'peer' : `${outcome.kind}${outcome.sent ? ', sent' : ''}`;
}

/** The peer hears of it before the application does; not where nothing can be written, nor in this way of a task. */
function judgeNotice(step: SessionStep, call: OurCall): Judged {
  const notice = noticeOf(step, call);
  if (call.isTask) return notice === undefined ? 'right' : wrong('a task is cancelled as if it were a request');
  if (step.stage === 'hearingOut') {
    return notice === undefined ? 'right' : wrong('something was sent where nothing can be written');
  }
  if (notice === undefined) return wrong(`the peer is not told that ${call.key} was given up`);
  const sentAt = step.effects.findIndex((effect) => sentIn({ effects: [effect] }).includes(notice));
  const settledAt = step.effects.findIndex((effect) => effect.type === 'settle' && effect.key === call.key);
  return sentAt < settledAt ? 'right' : wrong(`${call.key} settles before the peer is told`);
}

function noticeOf(step: SessionStep, { id }: OurCall): JsonObject | undefined {
  return sentIn(step).find((message) => cancelledId(message) === id);
}
