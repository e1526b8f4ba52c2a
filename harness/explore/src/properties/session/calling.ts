import type { Config } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { isAllowed } from '../../watchers/session/allowed.js';
import { failureAfter } from '../../watchers/session/failure.js';
import { asked, requestsIn, type SessionStep, sentIn } from '../../watchers/session/step.js';
import type { Stage } from '../../watchers/session/view.js';

/** How our calls go out, or do not. */
export function callingRules({ role, maxCalls }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.calls.one-fate`,
      title: `A call of the ${role} is sent, or settles unsent, in the step in which it is made: never both`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeFate,
    },
    {
      id: `${role}.calls.wait`,
      title: `No call of the ${role} is sent before the handshake allows it, nor once the end has begun`,
      source: `2025-11-25/lifecycle/early-${role}-requests`,
      judge: judgeWaiting,
    },
    {
      id: `${role}.calls.go-out`,
      title: `A call of the ${role} that was negotiated is sent as soon as the handshake allows it`,
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      judge: (step) => {
        if (!mayBeSent(step) || step.input.type !== 'call') return null;
        if (!isAllowed('request', step.input.method, step.config.role, step)) return null;
        return requestsIn(step).length === 1 ? 'right' : wrong(`${step.input.method} was not sent`);
      },
    },
    {
      id: `${role}.calls.refused`,
      title: `A call of the ${role} for what was not negotiated is refused, and not sent`,
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      judge: (step) => {
        if (!mayBeSent(step) || step.input.type !== 'call') return null;
        if (isAllowed('request', step.input.method, step.config.role, step)) return null;
        const [settled] = asked(step, 'settle');
        const isRefused = settled !== undefined && !settled.outcome.ok && settled.outcome.kind === 'refused';
        return isRefused && sentIn(step).length === 0 ? 'right' : wrong(`${step.input.method} was not refused`);
      },
    },
    {
      id: `${role}.calls.bounded`,
      title: `The ${role} has no more calls open than it may: one more is refused`,
      source: 'docs/limits.md',
      judge: ({ input, before, after, effects, stage }) => {
        if (input.type !== 'call') return null;
        if (after.calls.length > maxCalls) return wrong(`${after.calls.length} calls are open`);
        if (stage !== 'ready' || before.calls.length < maxCalls) return 'right';
        const isRefused = effects.some(
          (effect) => effect.type === 'settle' && !effect.outcome.ok && effect.outcome.kind === 'refused',
        );
        return isRefused ? 'right' : wrong('one more was not refused');
      },
    },
    {
      id: `${role}.calls.as-asked`,
      title: `A call of the ${role} goes out as it was made: with its params, and with its id for a token where progress is wanted`,
      source: '2025-11-25/progress/token-unique',
      judge: judgeSent,
    },
    {
      id: `${role}.calls.new-id`,
      title: `No request of the ${role} goes out with the id of another that may still be answered`,
      source: '2025-11-25/messages/request-id-unique',
      judge: judgeIds,
    },
  ];
}

function judgeFate(step: SessionStep): Judged {
  const { input } = step;
  if (input.type !== 'call') return null;
  const sent = requestsIn(step).length;
  const settled = asked(step, 'settle').filter(({ key }) => key === input.key);
  if (sent + settled.length !== 1) return wrong(`sent ${sent} times, settled ${settled.length} times`);
  const isUnsent = settled.every(({ outcome }) => !outcome.ok && outcome.kind !== 'peer' && !outcome.sent);
  return isUnsent ? 'right' : wrong('it settles as if it had been sent');
}

function judgeWaiting(step: SessionStep): Judged {
  const { input, stage, before } = step;
  if (input.type !== 'call' || mayCall(stage, input.method)) return null;
  if (sentIn(step).length > 0) return wrong(`${input.method} was sent in ${stage}`);
  const [settled] = asked(step, 'settle');
  const isOver = before.phase === 'closing' || before.phase === 'closed';
  const kind = isOver ? failureAfter(before.why) : 'refused';
  if (settled === undefined || settled.outcome.ok) return wrong(`${input.method} did not fail in ${stage}`);
  return settled.outcome.kind === kind ? 'right' : wrong(`it settled as ${settled.outcome.kind}, and not as ${kind}`);
}

/** Pings need not wait for the handshake, only for somebody to ask. */
function mayCall(stage: Stage, method: string): boolean {
  return stage === 'ready' || (method === 'ping' && (stage === 'negotiating' || stage === 'answered'));
}

function mayBeSent({ input, stage, before, config }: SessionStep): boolean {
  return input.type === 'call' && mayCall(stage, input.method) && before.calls.length < config.maxCalls;
}

function judgeSent(step: SessionStep): Judged {
  const { input } = step;
  const [request] = requestsIn(step);
  if (input.type !== 'call' || request === undefined) return null;
  if (request.method !== input.method) return wrong(`${String(request.method)} went out`);
  const { _meta: meta, ...params } = isJsonObject(request.params) ? request.params : {};
  const { _meta: given, ...asked } = input.params ?? {};
  const { progressToken: token, ...others } = isJsonObject(meta) ? meta : {};
  const { progressToken: _, ...othersGiven } = isJsonObject(given) ? given : {};
  if (JSON.stringify([params, others]) !== JSON.stringify([asked, othersGiven])) return wrong('its params are others');
  const due = input.wantsProgress !== false && input.method !== 'ping' ? request.id : undefined;
  return token === due ? 'right' : wrong(`the token is ${JSON.stringify(token)}, and not ${JSON.stringify(due)}`);
}

function judgeIds(step: SessionStep): Judged {
  const sent = requestsIn(step).map(({ id }) => id);
  if (sent.length === 0) return null;
  const { calls, givenUp, initializeId, pingId } = step.before;
  const taken: unknown[] = [...calls.map(({ id }) => id), ...givenUp.map(({ id }) => id), initializeId, pingId];
  for (const id of sent) {
    // A request that was answered in this very step frees its id to nobody yet.
    if (taken.includes(id)) return wrong(`the id ${JSON.stringify(id)} is in use`);
    taken.push(id);
  }
  return 'right';
}
