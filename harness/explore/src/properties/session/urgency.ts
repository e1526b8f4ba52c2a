import type { Config, Json } from '@mcp-lifeline/core';
import { isJsonObject } from '@mcp-lifeline/trace';
import { type Rule, wrong } from '../../watchers/rules.js';
import { asked, type SessionStep } from '../../watchers/session/step.js';

/** What passes where others wait for room. */
export function urgencyRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.sending.urgent`,
      title: `What the ${role} owes its peer, and what keeps the session alive, waits for no room; what its application sends does`,
      source: 'packages/core/README.md',
      judge: (step) => {
        const sent = asked(step, 'send');
        if (sent.length === 0) return null;
        const other = sent.find(({ message, urgent }) => urgent !== isUrgent(message, step));
        return other === undefined ? 'right' : wrong(`urgent: ${other.urgent}, ${JSON.stringify(other.message)}`);
      },
    },
  ];
}

/** Pings, the handshake, cancellations and answers, alone or in a batch. */
const URGENT = ['ping', 'initialize', 'notifications/initialized', 'notifications/cancelled'];

function isUrgent(message: Json, { input }: SessionStep): boolean {
  if (!isJsonObject(message) || typeof message.method !== 'string') return true;
  // Nobody asked for the cancellation of a task that comes with a late answer.
  return URGENT.includes(message.method) || (input.type === 'received' && message.method === 'tasks/cancel');
}
