import type { Config } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { isAllowed } from '../../watchers/session/allowed.js';
import { alone, asked, type SessionStep, sentIn } from '../../watchers/session/step.js';

/** Notifications of the application, and of the peer. */
export function notificationRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.notifications.sent`,
      title: `A notification of the ${role} goes out as it was made where it may, and is reported as a fault of ours where it may not`,
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      judge: judgeSent,
    },
    {
      id: `${role}.notifications.too-late`,
      title: `A notification that the ${role} makes once the end has begun is dropped without a word: that is a race`,
      source: 'docs/adr/0009-session-core.md',
      judge: ({ input, before, effects }) => {
        if (input.type !== 'notify' || (before.phase !== 'closing' && before.phase !== 'closed')) return null;
        return effects.length === 0 ? 'right' : wrong(`asked for ${effects.map(({ type }) => type).join(', ')}`);
      },
    },
    {
      id: `${role}.notifications.delivered`,
      title: `A notification that comes to the ${role} is handed on as it came, whether it was declared or not; before initialize it is not`,
      source: '2025-11-25/lifecycle/initialize-first',
      judge: judgeDelivered,
    },
  ];
}

function judgeSent(step: SessionStep): Judged {
  const { input, config, before } = step;
  if (input.type !== 'notify' || before.phase === 'closing' || before.phase === 'closed') return null;
  const isDue = isTime(step, input.method) && isAllowed('notification', input.method, config.role, step);
  const sent = sentIn(step);
  const told = asked(step, 'report').map(({ fault }) => `${fault.blame} ${fault.code}`);
  if (!isDue) {
    const isReported = sent.length === 0 && told.join() === 'us notAllowed';
    return isReported ? 'right' : wrong(`${input.method} was sent, or nobody was told that it was not`);
  }
  const [message, ...more] = sent;
  const isSame = message?.method === input.method && JSON.stringify(message.params) === JSON.stringify(input.params);
  if (told.length > 0) return wrong(`reported: ${told.join(', ')}`);
  return isSame && more.length === 0 && message.id === undefined
    ? 'right'
    : wrong(`${input.method} was not sent as made`);
}

/** Log messages may go out once `initialize` is answered, all else once the session is ready. */
function isTime({ stage }: SessionStep, method: string): boolean {
  return stage === 'ready' || (stage === 'answered' && method === 'notifications/message');
}

const OWN = ['notifications/initialized', 'notifications/cancelled', 'notifications/progress'];

function judgeDelivered(step: SessionStep): Judged {
  const one = alone(step);
  if (one?.kind !== 'notification' || OWN.includes(one.method)) return null;
  const { config, before, stage } = step;
  const told = asked(step, 'report').map(({ fault }) => fault.code);
  const items = asked(step, 'deliver').map(({ item }) => item);
  if (stage === 'listening') {
    return items.length === 0 && told.join() === 'earlyRequest' ? 'right' : wrong('it was handed on, or not reported');
  }
  const [item, ...more] = items;
  if (item?.kind !== 'notification' || item.method !== one.method || more.length > 0)
    return wrong('it was not handed on');
  if (JSON.stringify(item.params ?? {}) !== JSON.stringify(one.params)) return wrong('its params are others');
  const peer = config.role === 'client' ? 'server' : 'client';
  const isFault = before.revision !== null && !isAllowed('notification', one.method, peer, step);
  return told.join() === (isFault ? 'undeclared' : '') ? 'right' : wrong(`reported: ${told.join(', ') || 'nothing'}`);
}
