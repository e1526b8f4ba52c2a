import type { Config, Fault } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { answerId } from '../../watchers/session/heard.js';
import { alone, asked, expired, type SessionStep } from '../../watchers/session/step.js';
import { HEARING } from '../../watchers/session/view.js';

/** Who is blamed for what, and that nobody is blamed for nothing. */
export function reportRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.reports.blame`,
      title: `The ${role} blames its peer only for what came or did not come from it, and itself for the rest`,
      source: 'packages/core/README.md',
      judge: judgeBlame,
    },
    {
      id: `${role}.reports.blameless`,
      title: `The ${role} reports nothing where nobody is at fault: an end, a wish, what was expected, what crossed`,
      source: 'docs/adr/0009-session-core.md',
      judge: (step) => {
        if (!isBlameless(step)) return null;
        const [told] = asked(step, 'report');
        return told === undefined ? 'right' : wrong(`${told.fault.code} on ${step.input.type}`);
      },
    },
    {
      id: `${role}.reports.garbled`,
      title: `What comes in and is no JSON is reported by the ${role}, and changes nothing else`,
      source: '2025-11-25/messages/json-rpc',
      judge: (step) => {
        if (step.input.type !== 'garbled' || !HEARING.includes(step.stage)) return null;
        if (step.before.phase !== step.after.phase) return wrong('it changed the phase');
        const told = asked(step, 'report').map(({ fault }) => fault.code);
        const rest = step.effects.some(({ type }) => type === 'settle' || type === 'deliver' || type === 'send');
        return told.join() === 'garbled' && !rest ? 'right' : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
    {
      id: `${role}.reports.where`,
      title: `Each report of the ${role} names the state it was seen in`,
      source: 'packages/core/README.md',
      judge: (step) => {
        const told = asked(step, 'report');
        if (told.length === 0) return null;
        return told.every(({ fault }) => fault.state !== '') ? 'right' : wrong('a report without a state');
      },
    },
  ];
}

/** The faults of our own. */
const OURS: readonly Fault['code'][] = ['notAllowed', 'uncaught', 'stuck'];

function judgeBlame(step: SessionStep): Judged {
  const told = asked(step, 'report').map(({ fault }) => fault);
  if (told.length === 0) return null;
  for (const { code, blame } of told) {
    const isTheirs = step.input.type === 'received' || step.input.type === 'garbled' || isWaitedFor(step);
    const due = isTheirs && !OURS.includes(code) ? 'peer' : 'us';
    if (blame !== due) return wrong(`${code} is blamed on ${blame}`);
  }
  return 'right';
}

/** What did not come in time. */
function isWaitedFor(step: SessionStep): boolean {
  const name = expired(step);
  return name === 'pong' || name === 'slowStart';
}

/** What can bring no report, from whichever side it comes. */
const NO_FAULTS = [
  'start',
  'opened',
  'ended',
  'writeFailed',
  'gone',
  'signalled',
  'cleanedUp',
  'call',
  'answer',
  'cancel',
  'close',
  'kill',
];

function isBlameless(step: SessionStep): boolean {
  const { input, before } = step;
  if (NO_FAULTS.includes(input.type)) return true;
  if (input.type === 'elapsed') return !['slowStart', 'pong', 'closing'].includes(expired(step) ?? '');
  const one = alone(step);
  if (one === null) return false;
  if (one.kind === 'request') return one.method === 'ping';
  if (one.kind === 'notification') return one.method === 'notifications/cancelled';
  const id = one.kind === 'brokenAnswer' ? null : answerId(one);
  return id !== null && (id === before.pingId || before.calls.some((call) => call.id === id));
}
