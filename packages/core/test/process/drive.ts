import {
  abstract,
  openProcess,
  PROCESS_DEFAULTS,
  type ProcessEffect,
  type ProcessInput,
  type ProcessState,
  type ProcessTimer,
  save,
  step,
} from '../../src/process/index.ts';

export const TIMERS = ['grace', 'term', 'reap', 'drain'] as const satisfies readonly ProcessTimer[];

const PLAIN = {
  start: { type: 'start' },
  close: { type: 'close' },
  kill: { type: 'kill' },
  spawned: { type: 'spawned' },
  spawnFailed: { type: 'spawnFailed', code: 'ENOENT' },
  inputBroken: { type: 'inputBroken' },
  outputEnded: { type: 'outputEnded' },
  exited: { type: 'exited', code: 0, signal: null },
  groupGone: { type: 'groupGone' },
} as const;

/** Every input by name; a timer's is its expiry as armed, and stale where it is not armed. */
export type InputName = keyof typeof PLAIN | `${ProcessTimer} elapsed`;
export const INPUT_NAMES: readonly InputName[] = [
  ...(Object.keys(PLAIN) as (keyof typeof PLAIN)[]),
  ...TIMERS.map((name) => `${name} elapsed` as const),
];

/** The input of that name in that state. */
export function inputNamed(state: ProcessState, name: InputName, now = 0): ProcessInput {
  const timer = TIMERS.find((timer) => name === `${timer} elapsed`);
  if (timer === undefined) return { ...PLAIN[name as keyof typeof PLAIN], now };
  return { type: 'elapsed', name: timer, generation: save(state).timers[timer]?.generation ?? -1, now };
}

/** A fresh life after these inputs, with the effects of the last one. */
export function live(...names: readonly InputName[]): { readonly state: ProcessState; readonly last: string[] } {
  let state = openProcess(PROCESS_DEFAULTS, 0);
  let last: readonly ProcessEffect[] = [];
  for (const name of names) [state, last] = step(state, inputNamed(state, name));
  return { state, last: last.map(nameEffect) };
}

/** The state in words: its phase, then what is remembered. */
export function situation(state: ProcessState): string {
  const { phase, ...facts } = abstract(state) as Record<string, unknown>;
  const words = { asked: facts['asked'], exited: facts['exit'], done: facts['outputDone'], gone: facts['groupGone'] };
  return [phase, ...Object.entries(words).flatMap(([word, holds]) => (holds ? [word] : []))].join(' ');
}

/** An effect in words: `arm grace`, `signalGroup SIGTERM`, `over reaped`. */
export function nameEffect(effect: ProcessEffect): string {
  switch (effect.type) {
    case 'arm':
    case 'disarm':
      return `${effect.type} ${effect.name}`;
    case 'signalGroup':
      return `${effect.type} ${effect.signal}`;
    case 'over':
      return `${effect.type} ${effect.how}`;
    default:
      return effect.type;
  }
}
