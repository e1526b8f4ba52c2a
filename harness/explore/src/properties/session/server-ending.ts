import type { ServerConfig } from '@mcp-lifeline/core';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { asked, enters, expired, type SessionStep } from '../../watchers/session/step.js';
import { SIGNAL_CODES } from '../../watchers/session/viewing.js';
import { isAlive } from './ending.js';

/** How a server leaves. */
export function serverEndingRules({ drainMs }: ServerConfig): readonly Rule<SessionStep>[] {
  return [
    {
      id: 'server.ending.begins',
      title:
        'The end of input, a signal and a close lead a server to its clean-up in that step, unless its handlers get time',
      source: 'docs/limits.md',
      judge: (step) => {
        const { type } = step.input;
        if (!isAlive(step) || (type !== 'ended' && type !== 'signalled' && type !== 'close')) return null;
        return drainMs > 0 && step.before.requests.length > 0 ? judgeFinishing(step) : judgeDraining(step);
      },
    },
    {
      id: 'server.ending.unreachable',
      title: 'A server whose client is gone, or cannot be written to, cleans up in that step: handlers get no time',
      source: 'docs/machines/server.md',
      judge: (step) => {
        const { type } = step.input;
        const isHere = isAlive(step) || step.stage === 'finishing';
        return isHere && (type === 'gone' || type === 'writeFailed') ? judgeDraining(step) : null;
      },
    },
    {
      id: 'server.ending.finishes',
      title:
        'A server that lets its handlers finish cleans up in the step in which none is left, time is up or it is signalled',
      source: 'docs/limits.md',
      judge: judgeFinished,
    },
    {
      id: 'server.ending.impatience',
      title: 'On the way out a second close or signal, and a kill, end a server now; a first close changes nothing',
      source: 'docs/machines/server.md',
      judge: judgeImpatience,
    },
    {
      id: 'server.ending.killed',
      title: 'A server that is killed exits in that step, without clean-up',
      source: 'docs/machines/server.md',
      judge: (step) => (step.input.type === 'kill' && step.stage !== 'closed' ? judgeExit(step, cutShort(step)) : null),
    },
    {
      id: 'server.ending.uncaught',
      title: 'An error that nobody caught is told, and ends a server in that step, without clean-up, with code 1',
      source: 'docs/limits.md',
      judge: (step) => {
        if (step.input.type !== 'uncaught' || step.stage === 'closed') return null;
        const told = asked(step, 'report').map(({ fault }) => `${fault.blame} ${fault.code}`);
        return told.join() === 'us uncaught' ? judgeExit(step, 1) : wrong(`reported: ${told.join(', ') || 'nothing'}`);
      },
    },
    {
      id: 'server.ending.cleaned-up',
      title: 'When its clean-up is done a server exits in that step, with code 0; time is up no later than it may be',
      source: 'docs/limits.md',
      judge: (step) => {
        if (expired(step) === 'cleanUp') return judgeExit(step, cutShort(step));
        if (step.input.type === 'cleanedUp' && step.stage === 'draining') return judgeExit(step, 0);
        if (step.after.phase !== 'closing' || !step.after.cleaning) return null;
        return isArmed(step, 'cleanUp') ? 'right' : wrong('nothing ends the clean-up');
      },
    },
    {
      id: 'server.ending.clean-up-once',
      title: 'A server cleans up once, after its handlers were aborted, and on no other way than a graceful one',
      source: 'docs/machines/server.md',
      judge: (step) => {
        const runs = asked(step, 'cleanUp').length;
        if (runs === 0) return null;
        if (runs > 1 || step.before.cleaning || step.before.phase === 'closed') return wrong('a second clean-up');
        const { type } = step.input;
        if (type === 'kill' || type === 'uncaught') return wrong(`a clean-up on ${type}`);
        const [cleanUp] = asked(step, 'cleanUp');
        return cleanUp?.why === step.after.why ? 'right' : wrong(`the clean-up is told ${String(cleanUp?.why)}`);
      },
    },
    {
      id: 'server.ending.exits-closed',
      title: 'A server is closed in the step in which it exits, and exits in the one in which it is closed',
      source: 'packages/core/README.md',
      judge: (step) => {
        const exits = asked(step, 'exit').length;
        if (exits === 0 && !enters(step, 'closed')) return null;
        return exits === 1 && enters(step, 'closed')
          ? 'right'
          : wrong(`${exits} exits in the step in which it is closed`);
      },
    },
  ];
}

function judgeDraining(step: SessionStep): Judged {
  if (asked(step, 'cleanUp').length !== 1) return wrong('the clean-up is not run');
  if (asked(step, 'exit').length > 0) return wrong('it exits before its clean-up is done');
  return step.after.phase === 'closing' ? 'right' : wrong(`the phase is ${step.after.phase}`);
}

function judgeFinishing(step: SessionStep): Judged {
  const isCut = asked(step, 'cleanUp').length + asked(step, 'abort').length + asked(step, 'settle').length > 0;
  if (isCut || step.after.phase !== 'closing') return wrong('the handlers get no time, or the end does not begin');
  return isArmed(step, 'drain') ? 'right' : wrong('nothing ends the wait for handlers');
}

function judgeFinished(step: SessionStep): Judged {
  if (step.stage !== 'finishing') return null;
  const { type } = step.input;
  const isLast = (type === 'answer' || type === 'received') && step.before.requests.length > 0 && noneLeft(step);
  const isSignalled = type === 'signalled' && step.before.signal === null;
  if (isLast || isSignalled || expired(step) === 'drain') return judgeDraining(step);
  const isEarly = !['gone', 'writeFailed'].includes(type) && asked(step, 'cleanUp').length > 0;
  return isEarly ? wrong(`the clean-up is run on ${type}`) : null;
}

function noneLeft({ before, input, effects }: SessionStep): boolean {
  const ended = effects.flatMap((effect) => (effect.type === 'abort' ? [effect.key] : []));
  return before.requests.every(({ key }) => ended.includes(key) || (input.type === 'answer' && input.key === key));
}

function judgeImpatience(step: SessionStep): Judged {
  const { stage, input, before, effects } = step;
  if (stage !== 'finishing' && stage !== 'draining') return null;
  const isSecond =
    (input.type === 'close' && before.asked) ||
    (input.type === 'signalled' && before.signal !== null) ||
    input.type === 'kill';
  if (isSecond) return judgeExit(step, cutShort(step));
  const isFirst = input.type === 'close' || (input.type === 'signalled' && stage === 'draining');
  if (!isFirst) return null;
  return effects.length === 0 ? 'right' : wrong('it changed something');
}

/** The code of an end before the clean-up is done: that of the last signal, or as if by SIGTERM. */
function cutShort({ before, input }: SessionStep): number {
  return (input.type === 'signalled' ? SIGNAL_CODES[input.signal] : before.signal) ?? SIGNAL_CODES.SIGTERM;
}

function judgeExit(step: SessionStep, code: number): Judged {
  const [exit] = asked(step, 'exit');
  if (exit === undefined) return wrong('it does not exit');
  if (exit.code !== code) return wrong(`it exits with ${exit.code}, and not with ${code}`);
  if (asked(step, 'cleanUp').length > 0) return wrong('a clean-up is begun');
  return asked(step, 'closeChannel').length === 1 ? 'right' : wrong('the channel is left open');
}

function isArmed({ after }: SessionStep, name: string): boolean {
  return after.armed.some((one) => one.name === name);
}
