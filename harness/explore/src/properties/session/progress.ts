import type { Config } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { answerId, type Heard } from '../../watchers/session/heard.js';
import { type SessionStep, sentIn } from '../../watchers/session/step.js';
import { ANSWERING } from '../../watchers/session/view.js';

/** Progress in both directions. */
export function progressRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.progress.delivered`,
      title: `Progress of an open call of the ${role} is delivered in the step in which it comes, before the call settles`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeDelivered,
    },
    {
      id: `${role}.progress.of-open-calls`,
      title: `The application of the ${role} hears of progress of open calls alone`,
      source: '2025-11-25/progress/active-token',
      judge: judgeProgressOfOpen,
    },
    {
      id: `${role}.progress.told`,
      title: `Progress that a handler of the ${role} tells goes out under the token of its request, as long as it grows`,
      source: '2025-11-25/progress/active-token',
      judge: judgeTold,
    },
  ];
}

interface Told {
  readonly key: number;
  /** How far it is, out of how much, and what is said of it, as text. */
  readonly told: string;
}

/** Progress that came in for calls that were open, in its order. */
function cameFor({ heard, before }: SessionStep): readonly Told[] {
  const answered: unknown[] = [];
  return heard.flatMap((one) => {
    const progress = progressIn(one);
    if (progress === null) {
      answered.push(answerId(one));
      return [];
    }
    const call = before.calls.find(({ id, hasToken }) => id === progress.token && hasToken);
    return call === undefined || answered.includes(call.id) ? [] : [{ key: call.key, told: progress.told }];
  });
}

function progressIn(one: Heard): { readonly token: unknown; readonly told: string } | null {
  if (one.kind !== 'notification' || one.method !== 'notifications/progress') return null;
  const { progressToken: token, progress, total, message } = one.params;
  if (typeof progress !== 'number') return null;
  const isTotal = typeof total === 'number';
  return {
    token,
    told: textOf(progress, isTotal ? total : undefined, typeof message === 'string' ? message : undefined),
  };
}

function textOf(
  ...told: readonly [progress: number, total?: number | undefined, message?: string | undefined]
): string {
  return JSON.stringify(told);
}

function delivered({ effects }: SessionStep): readonly (Told & { readonly at: number })[] {
  return effects.flatMap((effect, at) => {
    if (effect.type !== 'deliver' || effect.item.kind !== 'progress') return [];
    const { key, progress, total, message } = effect.item;
    return [{ key, told: textOf(progress, total, message), at }];
  });
}

function judgeDelivered(step: SessionStep): Judged {
  const came = cameFor(step);
  if (came.length === 0) return null;
  const handedOn = delivered(step);
  const isAll = handedOn.length === came.length && handedOn.every((one, at) => isSame(one, came[at]));
  if (!isAll) return wrong(`${handedOn.length} delivered of ${came.length}, or in another order, or not as it came`);
  const isLate = handedOn.some(({ key, at }) =>
    step.effects.some((effect, place) => effect.type === 'settle' && effect.key === key && place < at),
  );
  return isLate ? wrong('the call settled before its progress was delivered') : 'right';
}

function isSame(one: Told, other: Told | undefined): boolean {
  return one.key === other?.key && one.told === other.told;
}

function judgeProgressOfOpen(step: SessionStep): Judged {
  const isProgress = step.heard.some((one) => progressIn(one) !== null);
  const handedOn = delivered(step);
  if (!isProgress && handedOn.length === 0) return null;
  const came = cameFor(step);
  const extra = handedOn.find((one) => !came.some((other) => isSame(one, other)));
  return extra === undefined ? 'right' : wrong(`progress of the call ${extra.key}, which had none coming`);
}

function judgeTold(step: SessionStep): Judged {
  const { input, before, stage } = step;
  if (input.type !== 'progress') return null;
  const request = before.requests.find(({ key }) => key === input.key);
  const isDue =
    request !== undefined &&
    request.token !== null &&
    ANSWERING.includes(stage) &&
    (request.progress === null || input.progress > request.progress);
  const sent = sentIn(step);
  if (!isDue)
    return sent.length === 0 ? 'right' : wrong('it was told, though nobody waits for it, or it does not grow');
  const [message, ...more] = sent;
  if (message?.method !== 'notifications/progress' || more.length > 0) return wrong('it was not told');
  const { progress, total, message: text } = input;
  const due = { progressToken: request.token, progress, ...(total === undefined ? {} : { total }) };
  const isAll = JSON.stringify(message.params) === JSON.stringify(text === undefined ? due : { ...due, message: text });
  return isAll ? 'right' : wrong('it was told otherwise, or under another token');
}
