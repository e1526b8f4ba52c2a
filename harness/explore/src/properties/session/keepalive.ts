import type { Config } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { asked, enters, expired, requestsIn, type SessionStep } from '../../watchers/session/step.js';

/** How a peer that fell silent is noticed, where that is wanted; and that nobody is asked where it is not. */
export function keepaliveRules(config: Config): readonly Rule<SessionStep>[] {
  const { role, keepaliveMs } = config;
  if (keepaliveMs === null) {
    return [
      {
        id: `${role}.keepalive.off`,
        title: `The ${role} pings nobody by itself where keepalive is off`,
        source: 'docs/adr/0010-keepalive-and-strictness.md',
        judge: (step) => {
          if (step.after.phase !== 'ready') return null;
          return isPinging(step) || isWatching(step) > 0 ? wrong('a ping, or a timer for one') : 'right';
        },
      },
    ];
  }
  return [
    {
      id: `${role}.keepalive.watches`,
      title: `As long as the session is ready, the ${role} waits for a quiet time or for a pong, and for one of them`,
      source: '2025-11-25/ping/periodic',
      judge: (step) => {
        if (step.after.phase !== 'ready') return null;
        const count = isWatching(step);
        return count === 1 ? 'right' : wrong(`${count} of the two timers are armed`);
      },
    },
    {
      id: `${role}.keepalive.asks`,
      title: `After a whole quiet interval without calls the ${role} pings, and else it waits for another`,
      source: '2025-11-25/ping/periodic',
      judge: (step) => judgeInterval(step, keepaliveMs),
    },
    {
      id: `${role}.keepalive.misses`,
      title: `Each pong that does not come is reported by the ${role}: the last it waits for ends the session, others bring a new ping`,
      source: '2025-11-25/ping/unanswered-stale',
      judge: (step) => judgeMiss(step, config.misses),
    },
    {
      id: `${role}.keepalive.busy`,
      title: `A peer that works on a call of the ${role} has missed no pong`,
      source: 'docs/adr/0010-keepalive-and-strictness.md',
      judge: (step) => {
        if (expired(step) !== 'pong' || step.before.calls.length === 0) return null;
        const isQuiet = asked(step, 'report').length === 0 && !isPinging(step) && !enters(step, 'closing');
        return isQuiet && isArmed(step, 'keepalive') ? 'right' : wrong('it counted as a miss, or nobody watches on');
      },
    },
    {
      id: `${role}.keepalive.life`,
      title: `Whatever comes in while the ${role} waits for a pong is a sign of life`,
      source: 'docs/adr/0010-keepalive-and-strictness.md',
      judge: (step) => {
        const { input, before, after } = step;
        const isWaiting = before.phase === 'ready' && before.armed.some(({ name }) => name === 'pong');
        if (!isWaiting || (input.type !== 'received' && input.type !== 'garbled')) return null;
        if (after.phase !== 'ready') return null;
        return isArmed(step, 'keepalive') && !isArmed(step, 'pong') ? 'right' : wrong('it still waits for a pong');
      },
    },
    {
      id: `${role}.keepalive.only-then`,
      title: `The ${role} pings by itself when an interval or a wait for a pong has run out, and never otherwise`,
      source: 'docs/adr/0010-keepalive-and-strictness.md',
      judge: (step) => {
        if (!isPinging(step)) return null;
        const name = expired(step);
        return name === 'keepalive' || name === 'pong' ? 'right' : wrong(`a ping on ${step.input.type}`);
      },
    },
  ];
}

function judgeInterval(step: SessionStep, keepaliveMs: number): Judged {
  const { input, before } = step;
  if (input.type !== 'elapsed' || expired(step) !== 'keepalive') return null;
  const isQuiet = input.now - Math.min(input.heard, input.now) >= keepaliveMs && before.calls.length === 0;
  if (isQuiet) return isPinging(step) && isArmed(step, 'pong') ? 'right' : wrong('no ping after a quiet interval');
  return !isPinging(step) && isArmed(step, 'keepalive')
    ? 'right'
    : wrong('a ping, or no new interval, though it was not quiet');
}

function judgeMiss(step: SessionStep, most: number): Judged {
  if (expired(step) !== 'pong' || step.before.calls.length > 0) return null;
  if (!asked(step, 'report').some(({ fault }) => fault.code === 'missedPong')) return wrong('a miss was not reported');
  if (step.before.misses + 1 >= most) {
    const isOver = asked(step, 'phase').some(({ phase, why }) => phase === 'closing' && why === 'silent');
    return isOver ? 'right' : wrong(`${most} misses in a row did not end the session`);
  }
  return isPinging(step) && isArmed(step, 'pong') ? 'right' : wrong('no new ping after a miss');
}

function isPinging(step: SessionStep): boolean {
  return step.input.type !== 'call' && requestsIn(step).some(({ method }) => method === 'ping');
}

function isArmed({ after }: SessionStep, name: string): boolean {
  return after.armed.some((one) => one.name === name);
}

function isWatching(step: SessionStep): number {
  return Number(isArmed(step, 'keepalive')) + Number(isArmed(step, 'pong'));
}
