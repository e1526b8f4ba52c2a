import type { CallKey, Config, Why } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { failureAfter } from '../../watchers/session/failure.js';
import { asked, enters, expired, placeOf, type SessionStep, sentIn } from '../../watchers/session/step.js';
import { ALIVE, type Stage } from '../../watchers/session/view.js';

/** What every end has in common, whoever ends. */
export function endingRules({ role }: Config): readonly Rule<SessionStep>[] {
  return [
    {
      id: `${role}.ending.cause`,
      title: `The ${role} ends for what ended it first, and tells that in the step in which it begins to end`,
      source: 'docs/machines/client.md',
      judge: judgeCause,
    },
    {
      id: `${role}.ending.settles`,
      title: `In the step in which the ${role} has no hope left for them, all open calls settle, in the order of sending`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeSettled,
    },
    {
      id: `${role}.ending.aborts`,
      title: `In the step in which nobody can be answered any more the ${role} aborts every handler`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeAborted,
    },
    {
      id: `${role}.ending.deaf`,
      title: `Once the ${role} leaves, nothing that comes in or was overtaken by the end changes anything`,
      source: 'docs/adr/0009-session-core.md',
      judge: judgeDeaf,
    },
    {
      id: `${role}.ending.mute`,
      title: `The ${role} sends nothing once it leaves, or cannot write`,
      source: 'docs/adr/0009-session-core.md',
      judge: ({ before, effects, ...step }) => {
        const cannot = !before.writable || step.input.type === 'writeFailed' || isGoing(step.stage);
        if (!cannot) return null;
        return sentIn({ effects }).length === 0 ? 'right' : wrong('something was sent');
      },
    },
    {
      id: `${role}.ending.silent-after`,
      title: `A closed ${role} asks for nothing more; a call that is made then settles at once`,
      source: 'docs/adr/0009-session-core.md',
      judge: (step) => {
        if (step.stage !== 'closed') return null;
        const { input, effects } = step;
        const isRefused = input.type === 'call' && effects.length === 1 && effects[0]?.type === 'settle';
        return isRefused || effects.length === 0
          ? 'right'
          : wrong(`asked for ${effects.map(({ type }) => type).join(', ')}`);
      },
    },
  ];
}

/** The stages in which the end is certain, and no message counts. */
function isGoing(stage: Stage): boolean {
  return stage === 'leaving' || stage === 'forced' || stage === 'draining' || stage === 'closed';
}

/** Whether in this step the calls lost their last hope: an answer cannot come any more. */
export function losesHope(step: SessionStep): boolean {
  return !isGoing(step.stage) && (step.after.phase === 'closed' || step.after.cleaning || hasLeft(step));
}

function hasLeft({ config, after }: SessionStep): boolean {
  return config.role === 'client' && (after.channel === 'graceful' || after.channel === 'now');
}

function judgeCause(step: SessionStep): Judged {
  const told = asked(step, 'phase').filter(({ phase }) => phase === 'closing' || phase === 'closed');
  const { before } = step;
  if (told.length === 0) return null;
  const due = before.why ?? causeOf(step);
  const other = told.find(({ why }) => why !== due);
  return other === undefined ? 'right' : wrong(`it ends as ${String(other.why)}, and not as ${String(due)}`);
}

/** Why a session begins to end in this step; null where nothing in it is a reason. */
function causeOf(step: SessionStep): Why | null {
  const { input, stage } = step;
  if (stage === 'idle') return input.type === 'close' || input.type === 'kill' ? 'asked' : null;
  switch (input.type) {
    case 'close':
    case 'kill':
      return 'asked';
    case 'ended':
      return 'peerEnded';
    case 'gone':
      return stage === 'opening' ? 'neverOpened' : 'peerGone';
    case 'writeFailed':
      return 'writeFailed';
    case 'signalled':
      return 'signal';
    case 'uncaught':
      return 'uncaught';
    case 'elapsed':
      return expired(step) === 'startup' ? 'startup' : 'silent';
    case 'received':
      return asked(step, 'report').some(({ fault }) => fault.code === 'unsupportedRevision')
        ? 'unsupportedRevision'
        : 'refused';
    default:
      return null;
  }
}

function judgeSettled(step: SessionStep): Judged {
  if (!losesHope(step) || step.before.calls.length === 0) return null;
  const open = step.before.calls.map(({ key }) => key);
  const settled = asked(step, 'settle');
  const keys = settled.map(({ key }) => key);
  if (!isSame(keys, open)) return wrong(`settled ${keys.join(', ') || 'none'} of ${open.join(', ')}`);
  const kind = failureAfter(step.after.why);
  const other = settled.find(({ outcome }) => outcome.ok || outcome.kind !== kind || !outcome.sent);
  if (other !== undefined) return wrong(`the call ${other.key} did not settle as ${kind}`);
  const last = step.effects.findLastIndex(({ type }) => type === 'settle');
  const close = placeOf(step, 'closeChannel');
  return close === -1 || last < close ? 'right' : wrong('a call settles after the channel is closed');
}

function isSame(some: readonly CallKey[], others: readonly CallKey[]): boolean {
  return some.length === others.length && some.every((key, at) => key === others[at]);
}

function judgeAborted(step: SessionStep): Judged {
  const isFirst = step.before.writable && step.after.phase !== step.before.phase && enters(step, 'closing');
  const isHopeless = losesHope(step) || (isFirst && step.config.role === 'client');
  const { requests } = step.before;
  const { input } = step;
  const left = requests.filter(({ key }) => input.type !== 'answer' || key !== input.key);
  if (!isHopeless || left.length === 0) return null;
  const aborted = asked(step, 'abort').map(({ key }) => key);
  const missed = left.find(({ key }) => !aborted.includes(key));
  return missed === undefined ? 'right' : wrong(`the handler ${missed.key} works on`);
}

/** What can change something while a session leaves: who ends it, who asks again, a new call, and time. */
const FELT = ['gone', 'close', 'kill', 'signalled', 'uncaught', 'cleanedUp', 'call', 'elapsed'];

function judgeDeaf(step: SessionStep): Judged {
  if (!isGoing(step.stage) || FELT.includes(step.input.type)) return null;
  const { effects } = step;
  return effects.length === 0
    ? 'right'
    : wrong(`${step.input.type} brought ${effects.map(({ type }) => type).join(', ')}`);
}

/** Whether an end may begin in this step: the session is under way, or begins to be. */
export function isAlive(step: SessionStep): boolean {
  return ALIVE.includes(step.stage);
}
