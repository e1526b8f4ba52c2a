import type { Config, Effect } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import type { SessionStep } from '../../watchers/session/step.js';

/** In which order one step asks for things, and that it asks for each once. */
export function orderRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.order.once`,
      title: `One step of the ${role} never asks for the same thing twice`,
      source: 'packages/core/README.md',
      judge: judgeOnce,
    },
    {
      id: `${role}.order.timers`,
      title: `The ${role} disarms a timer before it arms it anew`,
      source: 'packages/core/README.md',
      judge: judgeTimers,
    },
    {
      id: `${role}.order.end`,
      title: `On the way out the ${role} settles and aborts first, then cleans up or closes its channel, and then tells the phase`,
      source: 'packages/core/README.md',
      judge: judgeEnd,
    },
    {
      id: `${role}.order.last`,
      title: `When the ${role} is closed nothing follows but its exit, which is the last of all`,
      source: 'packages/core/README.md',
      judge: judgeLast,
    },
    {
      id: `${role}.order.channel`,
      title: `The ${role} opens its channel once and closes it after that, gracefully before it does so now`,
      source: 'packages/core/README.md',
      judge: judgeChannel,
    },
  ];
}

function judgeOnce({ effects, input }: SessionStep): Judged {
  if (effects.length < 2) return null;
  // The members of a batch may each bring the same message, and the same fault.
  const isBatch = input.type === 'received' && Array.isArray(input.json);
  const asked = new Set<string>();
  for (const effect of effects) {
    const name = nameOf(effect, isBatch);
    if (name === null) continue;
    if (asked.has(name)) return wrong(`${name}, twice`);
    asked.add(name);
  }
  return 'right';
}

/** What an effect asks for; null where it may be asked for again. */
function nameOf(effect: Effect, isBatch: boolean): string | null {
  switch (effect.type) {
    case 'send':
      return isBatch ? null : `send ${JSON.stringify(effect.message)}`;
    case 'report':
      return isBatch ? null : `report ${effect.fault.code}`;
    case 'deliver':
      return effect.item.kind === 'request' ? `deliver request ${effect.item.key}` : null;
    case 'arm':
    case 'disarm':
      return `${effect.type} ${effect.name}`;
    case 'settle':
    case 'abort':
      return `${effect.type} ${effect.key}`;
    case 'closeChannel':
      return `close the channel ${effect.mode}`;
    case 'phase':
      return `phase ${effect.phase}`;
    default:
      return effect.type;
  }
}

function judgeTimers({ effects }: SessionStep): Judged {
  const armed = new Set<string>();
  let isPut = false;
  for (const effect of effects) {
    if (effect.type === 'arm') armed.add(effect.name);
    if (effect.type !== 'arm' && effect.type !== 'disarm') continue;
    isPut = true;
    if (effect.type === 'disarm' && armed.has(effect.name))
      return wrong(`${effect.name} is disarmed after it was armed`);
  }
  return isPut ? 'right' : null;
}

/** What comes before what, where a step asks for both. */
const BEFORE: readonly (readonly [first: Effect['type'], second: Effect['type']])[] = [
  ['settle', 'cleanUp'],
  ['settle', 'closeChannel'],
  ['abort', 'cleanUp'],
  ['abort', 'closeChannel'],
  ['send', 'cleanUp'],
  ['send', 'closeChannel'],
  ['deliver', 'closeChannel'],
];

function judgeEnd({ effects }: SessionStep): Judged {
  if (!effects.some(({ type }) => type === 'cleanUp' || type === 'closeChannel')) return null;
  for (const [first, second] of BEFORE) {
    const last = effects.findLastIndex(({ type }) => type === first);
    const next = effects.findIndex(({ type }) => type === second);
    if (next !== -1 && last > next) return wrong(`${first} after ${second}`);
  }
  const phase = effects.findIndex((effect) => effect.type === 'phase' && ENDS.includes(effect.phase));
  const acted = effects.findLastIndex(({ type }) => type !== 'phase' && type !== 'exit');
  return phase === -1 || acted < phase ? 'right' : wrong(`${effects[acted]?.type} after the phase is told`);
}

const ENDS = ['closing', 'closed'];

function judgeLast({ effects }: SessionStep): Judged {
  const closed = effects.findIndex((effect) => effect.type === 'phase' && effect.phase === 'closed');
  const exit = effects.findIndex(({ type }) => type === 'exit');
  if (closed === -1 && exit === -1) return null;
  const follows = effects.slice(closed + 1).find(({ type }) => type !== 'exit');
  if (closed !== -1 && follows !== undefined) return wrong(`${follows.type} after closed`);
  return exit === -1 || exit === effects.length - 1 ? 'right' : wrong('something after the exit');
}

function judgeChannel({ before, effects }: SessionStep): Judged {
  let { channel } = before;
  let isPut = false;
  for (const effect of effects) {
    if (effect.type === 'openChannel') {
      if (channel !== 'unopened') return wrong('it is opened a second time');
      channel = 'open';
    } else if (effect.type === 'closeChannel') {
      const isDue = channel === 'open' || (channel === 'graceful' && effect.mode === 'now');
      if (!isDue) return wrong(`it is closed ${effect.mode}, and is ${channel}`);
      channel = effect.mode;
    } else continue;
    isPut = true;
  }
  return isPut ? 'right' : null;
}
