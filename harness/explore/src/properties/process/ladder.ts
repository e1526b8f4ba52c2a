import { askedOf, expiredOf, type ProcessStep } from '../../watchers/process/view.js';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';

/** How a process is led out: end its input, SIGTERM its group, SIGKILL its group. */
export const PROCESS_LADDER: readonly Rule<ProcessStep>[] = [
  {
    id: 'process.ladder.input-first',
    title: 'The input of a process ends once, and before any signal',
    source: '2025-11-25/lifecycle/stdio-shutdown',
    judge: ({ before, effects }) => {
      let { inputEnded } = before;
      let isPut = false;
      for (const effect of effects) {
        if (effect.type !== 'endInput' && effect.type !== 'signalGroup') continue;
        isPut = true;
        if (effect.type === 'endInput' && inputEnded) return wrong('its input ends twice');
        if (effect.type === 'signalGroup' && !inputEnded) return wrong(`${effect.signal} while its input is open`);
        inputEnded = true;
      }
      return isPut ? 'right' : null;
    },
  },
  {
    id: 'process.ladder.forwards',
    title: 'A group gets SIGTERM once at most and SIGKILL once at most, and nothing after that',
    source: '2025-11-25/lifecycle/stdio-terminate',
    judge: (step) => {
      const signals = askedOf(step, 'signalGroup').map(({ signal }) => signal);
      if (signals.length === 0) return null;
      const [signal, ...more] = signals;
      const { signalled } = step.before;
      const isNext = signalled === 'nothing' || (signalled === 'SIGTERM' && signal === 'SIGKILL');
      return isNext && more.length === 0 ? 'right' : wrong(`${signals.join(', ')} after ${signalled}`);
    },
  },
  {
    id: 'process.ladder.nobody',
    title: "No signal is sent before a process exists, nor to a group that is gone: its id may be a stranger's",
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      if (askedOf(step, 'signalGroup').length === 0) return null;
      const { life, groupGone } = step.after;
      return life === 'spawned' && !groupGone ? 'right' : wrong('nobody is there to be signalled');
    },
  },
  {
    id: 'process.ladder.patience',
    title: 'SIGTERM waits until time is up; SIGKILL too, unless somebody asks for it',
    source: '2025-11-25/lifecycle/stdio-terminate',
    judge: judgePatience,
  },
  {
    id: 'process.ladder.begins',
    title: 'A process that runs is led out in the step in which it is asked to leave, ends its output or exits',
    source: '2025-11-25/lifecycle/stdio-shutdown',
    judge: judgeBeginning,
  },
  {
    id: 'process.ladder.goes-on',
    title: 'When the time of a step of the ladder is up the next follows in that step, and has a time of its own',
    source: 'docs/limits.md',
    judge: judgeNext,
  },
  {
    id: 'process.ladder.second-close',
    title: 'A second close and a kill send SIGKILL in that step; where nobody is left to get it, it is over',
    source: 'docs/adr/0002-process-core.md',
    judge: judgeKill,
  },
  {
    id: 'process.ladder.tidying',
    title: 'A first close of what is on its way out already changes nothing, and nothing does once SIGKILL was sent',
    source: 'docs/limits.md',
    judge: ({ before, input, effects }) => {
      if (before.life !== 'spawned' || (input.type !== 'close' && input.type !== 'kill')) return null;
      const isFirst = input.type === 'close' && !before.asked && before.inputEnded;
      const isLast = before.signalled === 'SIGKILL' && !before.groupGone;
      if (!isFirst && !isLast) return null;
      return effects.length === 0 ? 'right' : wrong(`asked for ${effects.map(({ type }) => type).join(', ')}`);
    },
  },
  {
    id: 'process.ladder.broken-input',
    title: 'A process that does not read any more is not led out for that: what it still says counts',
    source: 'packages/core/README.md',
    judge: ({ input, effects }) => {
      if (input.type !== 'inputBroken') return null;
      return effects.length === 0 ? 'right' : wrong(`asked for ${effects.map(({ type }) => type).join(', ')}`);
    },
  },
];

function judgePatience(step: ProcessStep): Judged {
  const [signal] = askedOf(step, 'signalGroup');
  if (signal === undefined) return null;
  const name = expiredOf(step);
  if (signal.signal === 'SIGTERM') {
    return name === 'grace' || name === 'drain' ? 'right' : wrong(`SIGTERM on ${step.input.type}`);
  }
  const { type } = step.input;
  const isAsked =
    type === 'kill' || (type === 'close' && step.before.asked) || (type === 'spawned' && step.before.isDoomed);
  return isAsked || name === 'term' ? 'right' : wrong(`SIGKILL on ${type}`);
}

function judgeBeginning(step: ProcessStep): Judged {
  const { before, input } = step;
  if (before.life !== 'spawned' || before.inputEnded) return null;
  if (!['close', 'kill', 'outputEnded', 'exited'].includes(input.type)) return null;
  if (askedOf(step, 'endInput').length !== 1) return wrong('its input does not end');
  const timer = input.type === 'kill' ? 'reap' : input.type === 'exited' ? 'drain' : 'grace';
  if (!isArmed(step, timer)) return wrong(`nothing ends the wait: ${timer} is not armed`);
  const kills = askedOf(step, 'signalGroup').map(({ signal }) => signal);
  return kills.join() === (input.type === 'kill' ? 'SIGKILL' : '') ? 'right' : wrong(`signals: ${kills.join(', ')}`);
}

function judgeNext(step: ProcessStep): Judged {
  const signals = askedOf(step, 'signalGroup')
    .map(({ signal }) => signal)
    .join();
  switch (expiredOf(step)) {
    case 'grace':
      return signals === 'SIGTERM' && isArmed(step, 'term') ? 'right' : wrong('no SIGTERM, or no time for it');
    case 'term':
      return signals === 'SIGKILL' && isArmed(step, 'reap') ? 'right' : wrong('no SIGKILL, or no time for it');
    case 'reap':
      return askedOf(step, 'over').some(({ how }) => how === 'abandoned') ? 'right' : wrong('it is not abandoned');
    case 'drain':
      if (step.before.groupGone) return null;
      // What the leader left behind in its group joins the ladder.
      return signals === 'SIGTERM' && isArmed(step, 'term') ? 'right' : wrong('what is left of the group is not ended');
    default:
      return null;
  }
}

function judgeKill(step: ProcessStep): Judged {
  const { before, input } = step;
  const isKill = input.type === 'kill' || (input.type === 'close' && before.asked);
  if (!isKill || before.life !== 'spawned') return null;
  if (before.groupGone) {
    return askedOf(step, 'over').length === 1 ? 'right' : wrong('it is not over, though nobody of it lives');
  }
  if (before.signalled === 'SIGKILL') return null;
  const signals = askedOf(step, 'signalGroup').map(({ signal }) => signal);
  return signals.join() === 'SIGKILL' ? 'right' : wrong(`signals: ${signals.join(', ') || 'none'}`);
}

function isArmed({ after }: ProcessStep, name: string): boolean {
  return after.armed.some((one) => one.name === name);
}
