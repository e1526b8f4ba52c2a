import type { Config, TimerName } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { expired, type SessionStep } from '../../watchers/session/step.js';

/** How timers are armed, disarmed and heard. */
export function timerRules({ role }: Config, countsUp: boolean): readonly Rule<SessionStep>[] {
  const stale: Rule<SessionStep> = {
    id: `${role}.timers.stale`,
    title: `A timer of the ${role} that was disarmed and runs out all the same changes nothing`,
    source: 'packages/core/README.md',
    judge: (step) => {
      if (step.input.type !== 'elapsed' || expired(step) !== null) return null;
      return step.effects.length === 0 ? 'right' : wrong(`${step.input.name} was not armed`);
    },
  };
  return [
    ...(countsUp ? [stale] : []),
    {
      id: `${role}.timers.paired`,
      title: `The ${role} disarms no timer that is not armed, and arms none that is, but to look at calls earlier`,
      source: 'packages/core/README.md',
      judge: judgePaired,
    },
    {
      id: `${role}.timers.felt`,
      title: `A timer of the ${role} that runs out does something: it ends, tells, asks or is armed anew`,
      source: 'packages/core/README.md',
      judge: (step) => {
        const name = expired(step);
        // One that looked at calls which all settled meanwhile has nothing left to look at.
        if (name === null || (name === 'calls' && step.before.calls.length === 0)) return null;
        return step.effects.length > 0 ? 'right' : wrong(`nothing came of ${name}`);
      },
    },
    {
      id: `${role}.timers.none-left`,
      title: `No timer of the ${role} is armed once it is closed`,
      source: 'packages/core/README.md',
      judge: ({ after }) => {
        if (after.phase !== 'closed') return null;
        const names = after.armed.map(({ name }) => name);
        return names.length === 0 ? 'right' : wrong(`armed: ${names.join(', ')}`);
      },
    },
  ];
}

function judgePaired(step: SessionStep): Judged {
  const gone = expired(step);
  const armed = new Set<TimerName>(step.before.armed.flatMap(({ name }) => (name === gone ? [] : [name])));
  let isPut = false;
  for (const effect of step.effects) {
    if (effect.type !== 'arm' && effect.type !== 'disarm') continue;
    isPut = true;
    const { name } = effect;
    if (effect.type === 'disarm' && !armed.delete(name)) return wrong(`${name} is disarmed and was not armed`);
    if (effect.type !== 'arm') continue;
    if (armed.has(name) && name !== 'calls') return wrong(`${name} is armed twice`);
    armed.add(name);
  }
  return isPut ? 'right' : null;
}
