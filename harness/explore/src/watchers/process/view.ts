import type { ProcessEffect, ProcessInput, ProcessTimer } from '@mcp-lifeline/core/process';
import type { Viewing } from '../rules.js';

/** A timer that is armed. `generation` is 0 where generations are given again. */
export interface ArmedOf {
  readonly name: ProcessTimer;
  readonly generation: number;
}

/** How the leader of the group went. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What the tap of a process knows of it: from what the system said, was asked for and was done. */
export interface ProcessView {
  /** It was asked for; it exists; nothing is left to be done. */
  readonly life: 'idle' | 'spawning' | 'spawned' | 'over';
  /** A close was asked for: the next one is a kill. */
  readonly asked: boolean;
  /** It was to be killed before it existed. */
  readonly isDoomed: boolean;
  readonly inputEnded: boolean;
  /** What its group was sent. */
  readonly signalled: 'nothing' | 'SIGTERM' | 'SIGKILL';
  readonly exit: Exit | null;
  /** Nobody of its group lives. */
  readonly groupGone: boolean;
  /** Its output was read to the end, or given up. */
  readonly outputDone: boolean;
  /** In the order of their names. */
  readonly armed: readonly ArmedOf[];
}

/** Nothing happened yet. */
const NEW_PROCESS: ProcessView = {
  life: 'idle',
  asked: false,
  isDoomed: false,
  inputEnded: false,
  signalled: 'nothing',
  exit: null,
  groupGone: false,
  outputDone: false,
  armed: [],
};

/** One step of the core of a process, with what its tap knew before and knows after it. */
export interface ProcessStep {
  readonly before: ProcessView;
  readonly after: ProcessView;
  readonly input: ProcessInput;
  readonly effects: readonly ProcessEffect[];
}

/** How rules see a process. `countsUp`: generations are never given again, so that the armings of a timer are told apart. */
export function viewProcess(countsUp: boolean): Viewing<ProcessView, ProcessStep> {
  return {
    initial: NEW_PROCESS,
    stepOf: (before, observation) => {
      if (observation.part !== 'process') return null;
      const { input, effects } = observation;
      return { before, input, effects, after: viewAfter({ before, input, effects }, countsUp) };
    },
    after: ({ after }) => after,
    isDead: () => false,
  };
}

/** The effects of one type. */
export function askedOf<T extends ProcessEffect['type']>(
  { effects }: Pick<ProcessStep, 'effects'>,
  type: T,
): readonly Extract<ProcessEffect, { readonly type: T }>[] {
  return effects.filter((effect): effect is Extract<ProcessEffect, { readonly type: T }> => effect.type === type);
}

/** The timer that runs out, where it is one that was armed; null where the step is no expiry. */
export function expiredOf({ input, before }: Pick<ProcessStep, 'input' | 'before'>): ProcessTimer | null {
  if (input.type !== 'elapsed') return null;
  const { name, generation } = input;
  const isArmed = before.armed.some(
    (one) => one.name === name && (one.generation === 0 || one.generation === generation),
  );
  return isArmed ? name : null;
}

type Unviewed = Omit<ProcessStep, 'after'>;

function viewAfter(step: Unviewed, countsUp: boolean): ProcessView {
  const armed = viewTimers(step, countsUp);
  if (step.effects.some(({ type }) => type === 'over')) return { ...NEW_PROCESS, life: 'over', armed };
  return forgetSettled({ ...viewEffects(viewInput(step), step.effects), armed });
}

/** What was wished before it existed is done when it does; what a group was sent does not matter once nobody of it is left. */
function forgetSettled(view: ProcessView): ProcessView {
  const isDoomed = view.life === 'spawning' && view.isDoomed;
  return { ...view, isDoomed, signalled: view.groupGone ? 'nothing' : view.signalled };
}

function viewInput({ before, input }: Unviewed): ProcessView {
  const { life, asked, exit } = before;
  const exists = life === 'spawned';
  switch (input.type) {
    case 'spawned':
      return life === 'spawning' ? { ...before, life: 'spawned' } : before;
    case 'close':
      if (life !== 'spawning' && !exists) return before;
      // It is being killed: there is nothing that a gentler wish could ask for.
      if (before.isDoomed || before.signalled === 'SIGKILL') return before;
      return { ...before, asked: true, isDoomed: before.isDoomed || (life === 'spawning' && asked) };
    case 'kill':
      return life === 'spawning' ? { ...before, isDoomed: true } : before;
    case 'exited':
      return exists && exit === null ? { ...before, exit: { code: input.code, signal: input.signal } } : before;
    case 'groupGone':
      return exists && exit !== null ? { ...before, groupGone: true } : before;
    case 'outputEnded':
      return exists ? { ...before, outputDone: true } : before;
    default:
      return before;
  }
}

function viewEffects(view: ProcessView, effects: readonly ProcessEffect[]): ProcessView {
  let next = view;
  for (const effect of effects) {
    if (effect.type === 'spawn') next = { ...next, life: 'spawning' };
    else if (effect.type === 'endInput') next = { ...next, inputEnded: true };
    else if (effect.type === 'signalGroup') next = { ...next, signalled: effect.signal };
    else if (effect.type === 'stopReading') next = { ...next, outputDone: true };
  }
  return next;
}

function viewTimers(step: Unviewed, countsUp: boolean): readonly ArmedOf[] {
  const gone = expiredOf(step);
  let armed = gone === null ? step.before.armed : step.before.armed.filter(({ name }) => name !== gone);
  for (const effect of step.effects) {
    if (effect.type !== 'arm' && effect.type !== 'disarm') continue;
    armed = armed.filter(({ name }) => name !== effect.name);
    if (effect.type === 'disarm') continue;
    armed = [...armed, { name: effect.name, generation: countsUp ? effect.generation : 0 }];
  }
  return armed.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
