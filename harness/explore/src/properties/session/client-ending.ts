import { type Judged, type Rule, wrong } from '../../watchers/rules.js';
import { asked, enters, expired, type SessionStep } from '../../watchers/session/step.js';
import { isAlive } from './ending.js';

/** How a client leaves. */
export const CLIENT_ENDING: readonly Rule<SessionStep>[] = [
  {
    id: 'client.ending.begins',
    title:
      'A client that is to end, or whose peer ends, closes its channel in that step: gracefully, or now when it is killed',
    source: '2025-11-25/lifecycle/stdio-shutdown',
    judge: (step) => {
      if (!isAlive(step) || !isReason(step)) return null;
      return judgeClosing(step, step.input.type === 'kill' ? 'now' : 'graceful');
    },
  },
  {
    id: 'client.ending.hears-out',
    title:
      'A client that cannot write any more hears out what is on its way, for a time: no call settles, and the channel stays',
    source: 'docs/machines/client.md',
    judge: (step) => {
      if (step.input.type !== 'writeFailed') return null;
      if (step.stage !== 'negotiating' && step.stage !== 'ready') return null;
      const isLeft = asked(step, 'closeChannel').length + asked(step, 'settle').length > 0;
      if (!enters(step, 'closing') || isLeft) return wrong('it left at once, or it goes on');
      return isArmed(step, 'hearOut') ? 'right' : wrong('nothing ends the hearing out');
    },
  },
  {
    id: 'client.ending.heard-out',
    title: 'A client that hears out leaves in the step in which all is heard, time is up or it is asked',
    source: 'docs/machines/client.md',
    judge: (step) => {
      if (step.stage !== 'hearingOut') return null;
      const { type } = step.input;
      if (type === 'kill') return judgeClosing(step, 'now');
      if (type === 'ended' || type === 'close' || expired(step) === 'hearOut') return judgeClosing(step, 'graceful');
      return type !== 'gone' && asked(step, 'closeChannel').length > 0 ? wrong(`it leaves on ${type}`) : null;
    },
  },
  {
    id: 'client.ending.gone',
    title: 'A client whose channel is gone is closed in that step, and closes no channel',
    source: 'docs/machines/client.md',
    judge: (step) => {
      if (step.input.type !== 'gone' || step.stage === 'idle' || step.stage === 'closed') return null;
      const isOver = enters(step, 'closed') && asked(step, 'closeChannel').length === 0;
      return isOver ? 'right' : wrong('it is not closed, or it closes what is gone');
    },
  },
  {
    id: 'client.ending.never-began',
    title: 'A client that is closed before its start is closed in that step, and opens nothing',
    source: 'docs/machines/client.md',
    judge: (step) => {
      if (step.stage !== 'idle' || (step.input.type !== 'close' && step.input.type !== 'kill')) return null;
      const isAll = step.effects.length === 1 && enters(step, 'closed');
      return isAll ? 'right' : wrong(`asked for ${step.effects.map(({ type }) => type).join(', ') || 'nothing'}`);
    },
  },
  {
    id: 'client.ending.second-close',
    title:
      'While a client leaves, a second close or a kill ends its channel now; the first close, and a third, change nothing',
    source: 'docs/machines/client.md',
    judge: judgeImpatience,
  },
  {
    id: 'client.ending.timed',
    title: 'A client waits for its channel to close no longer than it may',
    source: 'docs/machines/client.md',
    judge: (step) => {
      const { channel, phase } = step.after;
      if (phase !== 'closing' || (channel !== 'graceful' && channel !== 'now')) return null;
      return isArmed(step, 'closing') ? 'right' : wrong('nothing ends the wait');
    },
  },
  {
    id: 'client.ending.stuck',
    title:
      'A client whose channel does not close in time says so and is closed; a channel that was not killed is killed then',
    source: 'docs/machines/client.md',
    judge: (step) => {
      if (expired(step) !== 'closing') return null;
      const isTold = asked(step, 'report').some(({ fault }) => fault.code === 'stuck');
      const kills = asked(step, 'closeChannel').map(({ mode }) => mode);
      const isRight = step.stage === 'forced' ? kills.length === 0 : kills.join() === 'now';
      return enters(step, 'closed') && isTold && isRight ? 'right' : wrong('not closed, not told, or not killed');
    },
  },
];

/** Whether this is why a client ends; a failed handshake and a silent peer are judged where they belong. */
function isReason(step: SessionStep): boolean {
  const { type } = step.input;
  if (type === 'ended' || type === 'close' || type === 'kill') return true;
  return expired(step) === 'startup' || (type === 'writeFailed' && step.stage === 'opening');
}

function judgeClosing(step: SessionStep, due: 'graceful' | 'now'): Judged {
  const modes = asked(step, 'closeChannel').map(({ mode }) => mode);
  if (modes.join() !== due) return wrong(`the channel is closed ${modes.join(', ') || 'not at all'}, and not ${due}`);
  return step.after.phase === 'closing' ? 'right' : wrong(`the phase is ${step.after.phase}`);
}

function judgeImpatience(step: SessionStep): Judged {
  const { stage, input, before, effects } = step;
  if (input.type !== 'close' && input.type !== 'kill') return null;
  if (stage !== 'leaving' && stage !== 'forced') return null;
  const isImpatient = stage === 'leaving' && (input.type === 'kill' || before.asked);
  const isKilled = effects.length === 1 && effects[0]?.type === 'closeChannel' && effects[0].mode === 'now';
  if (isImpatient) return isKilled ? 'right' : wrong('the channel is not ended now');
  return effects.length === 0 ? 'right' : wrong('it changed something');
}

function isArmed({ after }: SessionStep, name: string): boolean {
  return after.armed.some((one) => one.name === name);
}
