import { askedOf, type ProcessStep } from '../../watchers/process/view.js';
import { type Judged, type Rule, wrong } from '../../watchers/rules.js';

/** How a process begins, or does not. */
export const PROCESS_BEGINNING: readonly Rule<ProcessStep>[] = [
  {
    id: 'process.spawn.once',
    title: 'A process is spawned in the step in which it is first asked for, and never again',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const spawns = askedOf(step, 'spawn').length;
      const isDue = step.input.type === 'start' && step.before.life === 'idle';
      if (!isDue) return spawns === 0 ? null : wrong(`spawned on ${step.input.type}`);
      return spawns === 1 && step.effects.length === 1 ? 'right' : wrong(`spawned ${spawns} times`);
    },
  },
  {
    id: 'process.spawn.unwanted',
    title: 'A process that is not wanted before it was asked for never starts, and that is over in one step',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      const { type } = step.input;
      if (step.before.life !== 'idle' || (type !== 'close' && type !== 'kill')) return null;
      return judgeNeverStarted(step, null);
    },
  },
  {
    id: 'process.spawn.failed',
    title: 'A process that cannot be spawned is over in that step, and says why',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      if (step.before.life !== 'spawning' || step.input.type !== 'spawnFailed') return null;
      return judgeNeverStarted(step, step.input.code);
    },
  },
  {
    id: 'process.spawn.nobody-yet',
    title: 'Before it exists nothing is done to a process: nobody has an id to be signalled by',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      if (step.before.life !== 'spawning' || step.input.type === 'spawned' || step.input.type === 'spawnFailed')
        return null;
      const { effects } = step;
      return effects.length === 0 ? 'right' : wrong(`asked for ${effects.map(({ type }) => type).join(', ')}`);
    },
  },
  {
    id: 'process.spawn.wish',
    title: 'What was wished of a process before it existed is done in the step in which it does',
    source: 'docs/adr/0002-process-core.md',
    judge: (step) => {
      if (step.before.life !== 'spawning' || step.input.type !== 'spawned') return null;
      const done = step.effects.filter(({ type }) => type === 'endInput' || type === 'signalGroup');
      const names = done.map((effect) => (effect.type === 'signalGroup' ? effect.signal : effect.type)).join();
      const { isDoomed, asked } = step.before;
      const due = isDoomed ? 'endInput,SIGKILL' : asked ? 'endInput' : '';
      return names === due ? 'right' : wrong(`done: ${names || 'nothing'}, due: ${due || 'nothing'}`);
    },
  },
];

function judgeNeverStarted(step: ProcessStep, code: string | null): Judged {
  const [over] = askedOf(step, 'over');
  if (over === undefined || step.effects.length > 1) return wrong('it is not over, or not that alone');
  const isTold = over.how === 'neverStarted' && over.spawnError === code && over.code === null && over.signal === null;
  return isTold ? 'right' : wrong(`it is over as ${over.how}, because of ${String(over.spawnError)}`);
}
