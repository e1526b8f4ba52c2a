import type { ProcessEffect } from '@mcp-lifeline/core/process';
import { askedOf, expiredOf, type ProcessStep } from '../../watchers/process/view.js';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';

/** How a process comes to its end, and what is known of it then. */
export const PROCESS_END: readonly Rule<ProcessStep>[] = [
  {
    id: 'process.end.watched',
    title: 'The group of a process is watched from the step on in which its leader exits, and once',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const watches = askedOf(step, 'watchGroup').length;
      const { before, input } = step;
      const isDue = input.type === 'exited' && before.life === 'spawned' && before.exit === null;
      if (!isDue) return watches === 0 ? null : wrong(`watched on ${input.type}`);
      return watches === 1 ? 'right' : wrong(`watched ${watches} times`);
    },
  },
  {
    id: 'process.end.reaped',
    title:
      'A process is reaped in the step in which the last of three is known: its exit, the end of its group and of its output',
    source: 'docs/adr/0002-process-core.md',
    judge: judgeReaped,
  },
  {
    id: 'process.end.abandoned',
    title: 'A process is abandoned when it outlived SIGKILL for its time, and not otherwise',
    source: 'docs/limits.md',
    judge: (step) => {
      const isAbandoned = askedOf(step, 'over').some(({ how }) => how === 'abandoned');
      const isDue = expiredOf(step) === 'reap' && step.before.signalled === 'SIGKILL';
      if (!isAbandoned && !isDue) return null;
      return isAbandoned && isDue ? 'right' : wrong(isDue ? 'it is waited for on' : 'it is abandoned before its time');
    },
  },
  {
    id: 'process.end.never-started',
    title: 'A process that existed is never said not to have started',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const [over] = askedOf(step, 'over');
      if (over === undefined) return null;
      const hasStarted = step.before.life === 'spawned';
      return (over.how === 'neverStarted') === hasStarted ? wrong(`it is over as ${over.how}`) : 'right';
    },
  },
  {
    id: 'process.end.tells-exit',
    title: 'At its end a process is told with the code and the signal with which it exited',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const [over] = askedOf(step, 'over');
      if (over === undefined || over.how === 'neverStarted') return null;
      const { input, before } = step;
      const exit = before.exit ?? (input.type === 'exited' ? input : { code: null, signal: null });
      const isTold = over.code === exit.code && over.signal === exit.signal && over.spawnError === null;
      return isTold ? 'right' : wrong(`told: ${String(over.code)}, ${String(over.signal)}`);
    },
  },
  {
    id: 'process.end.reading',
    title: 'Output is given up once, when a time is up or nobody is left to write it, and never before that',
    source: 'docs/limits.md',
    judge: (step) => {
      const stops = askedOf(step, 'stopReading').length;
      if (stops === 0) return null;
      if (stops > 1 || step.before.outputDone) return wrong('it is given up a second time, or after its end');
      const name = expiredOf(step);
      const isTime = name === 'drain' || name === 'reap';
      const isKill = step.before.groupGone && (step.input.type === 'kill' || step.input.type === 'close');
      return isTime || isKill ? 'right' : wrong(`given up on ${step.input.type}`);
    },
  },
  {
    id: 'process.end.given-up',
    title: 'No process is over while its output is read',
    source: 'docs/limits.md',
    judge: (step) => {
      const [over] = askedOf(step, 'over');
      if (over === undefined || over.how === 'neverStarted') return null;
      const { before, input } = step;
      const isDone = before.outputDone || input.type === 'outputEnded' || askedOf(step, 'stopReading').length > 0;
      return isDone ? 'right' : wrong('its output is still read');
    },
  },
  {
    id: 'process.end.last',
    title: 'The end of a process is told once, as the last of all, and nothing is asked for after it',
    source: 'packages/core/README.md',
    judge: ({ before, effects }) => {
      if (before.life === 'over') return effects.length === 0 ? 'right' : wrong('something is asked for after the end');
      const place = effects.findIndex(({ type }) => type === 'over');
      if (place === -1) return null;
      return place === effects.length - 1 ? 'right' : wrong('something follows the end');
    },
  },
];

/** How its timers are used, and that each thing is asked for once. */
export const PROCESS_ORDER: readonly Rule<ProcessStep>[] = [
  {
    id: 'process.order.once',
    title: 'One step of a process never asks for the same thing twice, and disarms a timer before it arms it',
    source: 'packages/core/README.md',
    judge: judgeOnce,
  },
  {
    id: 'process.timers.paired',
    title: 'No timer of a process is disarmed that is not armed, or armed that is',
    source: 'docs/adr/0002-process-core.md',
    judge: judgePaired,
  },
  {
    id: 'process.timers.felt',
    title: 'A timer of a process that runs out does something',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const name = expiredOf(step);
      if (name === null) return null;
      return step.effects.length > 0 ? 'right' : wrong(`nothing came of ${name}`);
    },
  },
  {
    id: 'process.timers.none-left',
    title: 'No timer of a process is armed once it is over',
    source: 'docs/adr/0002-process-core.md',
    judge: ({ after }) => {
      if (after.life !== 'over') return null;
      const names = after.armed.map(({ name }) => name);
      return names.length === 0 ? 'right' : wrong(`armed: ${names.join(', ')}`);
    },
  },
];

/** That a timer which was disarmed changes nothing: where expiries may be stale. */
export const PROCESS_STALE: Rule<ProcessStep> = {
  id: 'process.timers.stale',
  title: 'A timer of a process that was disarmed and runs out all the same changes nothing',
  source: 'docs/adr/0002-process-core.md',
  judge: (step) => {
    if (step.input.type !== 'elapsed' || expiredOf(step) !== null) return null;
    return step.effects.length === 0 ? 'right' : wrong(`${step.input.name} was not armed`);
  },
};

function judgeReaped(step: ProcessStep): Judged {
  const { before, input } = step;
  const isReaped = askedOf(step, 'over').some(({ how }) => how === 'reaped');
  if (before.life !== 'spawned') return isReaped ? wrong('it never existed') : null;
  const hasExited = before.exit !== null || input.type === 'exited';
  const isGone = before.groupGone || (input.type === 'groupGone' && before.exit !== null);
  const isDone = before.outputDone || input.type === 'outputEnded' || askedOf(step, 'stopReading').length > 0;
  const isDue = hasExited && isGone && isDone;
  if (!isReaped && !isDue) return null;
  if (isReaped && isDue) return 'right';
  return wrong(isDue ? 'all is known, and it is not over' : 'it is over before all is known');
}

function judgeOnce({ effects }: ProcessStep): Judged {
  if (effects.length < 2) return null;
  const met = new Set<string>();
  for (const effect of effects) {
    const name = nameOf(effect);
    if (met.has(name)) return wrong(`${name}, twice`);
    if (effect.type === 'disarm' && met.has(`arm ${effect.name}`))
      return wrong(`${effect.name} is armed, and disarmed then`);
    met.add(name);
  }
  return 'right';
}

function nameOf(effect: ProcessEffect): string {
  return effect.type === 'arm' || effect.type === 'disarm' ? `${effect.type} ${effect.name}` : effect.type;
}

function judgePaired(step: ProcessStep): Judged {
  const gone = expiredOf(step);
  const armed = new Set(step.before.armed.flatMap(({ name }) => (name === gone ? [] : [name])));
  let isPut = false;
  for (const effect of step.effects) {
    if (effect.type !== 'arm' && effect.type !== 'disarm') continue;
    isPut = true;
    if (effect.type === 'disarm' && !armed.delete(effect.name)) return wrong(`${effect.name} was not armed`);
    if (effect.type === 'arm' && armed.has(effect.name)) return wrong(`${effect.name} is armed twice`);
    if (effect.type === 'arm') armed.add(effect.name);
  }
  return isPut ? 'right' : null;
}
