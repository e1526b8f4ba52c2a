import type * as sessionCore from '../src/index.ts';
import type * as processCore from '../src/process/index.ts';
import type * as saving from '../src/saving.ts';
import { playSession } from './session-life.ts';

/** The entry points of core by their subpaths: the sources, or what a bundle holds of the built ones. */
export interface Core {
  readonly './process': typeof processCore;
  readonly '.': typeof sessionCore;
  readonly './saving': typeof saving;
}

/**
 * Plays whole lives, each told as all that came out of it, so that they can be compared wherever they run.
 *
 * Of the core nothing but types is imported: a life gets its core from outside, and runs in a bundle too.
 *
 * @returns what came out, by the name of the life; JSON can carry it.
 */
export function playLives(core: Core): Record<string, unknown> {
  return Object.fromEntries(Object.entries(LIVES).map(([name, play]) => [name, play(core)]));
}

const LIVES: Readonly<Record<string, (core: Core) => unknown>> = {
  'a process that outlives every wish': (core) =>
    playProcess(core, ['start', 'spawned', 'close', 'grace elapsed', 'restored', 'term elapsed', 'reap elapsed']),
  'a process that crashes and leaves nobody behind': (core) =>
    playProcess(core, ['start', 'spawned', 'inputBroken', 'exited', 'outputEnded', 'restored', 'groupGone']),
  'a process that could not be started': (core) => playProcess(core, ['start', 'close', 'spawnFailed']),
  'a wrong configuration': ({ './process': { openProcess, PROCESS_DEFAULTS } }) =>
    failureOf(() => openProcess({ ...PROCESS_DEFAULTS, termMs: Number.NaN }, 0)),
  'a session of a client and a server': (core) => playSession({ ...core['.'], ...core['./saving'] }),
  'a misused session': ({ '.': { CLIENT_DEFAULTS, open } }) =>
    failureOf(() => open({ ...CLIENT_DEFAULTS, info: {} }, 0)),
};

const HAPPENS = {
  start: { type: 'start' },
  spawned: { type: 'spawned' },
  spawnFailed: { type: 'spawnFailed', code: 'ENOENT' },
  close: { type: 'close' },
  inputBroken: { type: 'inputBroken' },
  outputEnded: { type: 'outputEnded' },
  exited: { type: 'exited', code: null, signal: 'SIGSEGV' },
  groupGone: { type: 'groupGone' },
} as const;

type Moment = keyof typeof HAPPENS | `${processCore.ProcessTimer} elapsed` | 'restored';

/** One moment every 100 ms; a timer runs out as it was armed, and `restored` goes through JSON to a later clock. */
function playProcess({ './process': core }: Core, moments: readonly Moment[]): unknown[] {
  let now = 1_000;
  let state = core.openProcess(core.PROCESS_DEFAULTS, now);
  return moments.map((moment) => {
    let effects: readonly processCore.ProcessEffect[];
    now += 100;
    if (moment === 'restored') [state, effects] = core.restore(JSON.parse(JSON.stringify(core.save(state))), now);
    else [state, effects] = core.step(state, { ...inputOf(core.save(state), moment), now });
    return { moment, effects, phase: core.phase(state), over: core.isOver(state), saved: core.save(state) };
  });
}

function inputOf({ timers }: processCore.SavedProcess, moment: Exclude<Moment, 'restored'>) {
  if (moment in HAPPENS) return HAPPENS[moment as keyof typeof HAPPENS];
  const name = moment.replace(' elapsed', '') as processCore.ProcessTimer;
  return { type: 'elapsed', name, generation: timers[name]?.generation ?? -1 } as const;
}

function failureOf(action: () => unknown): string {
  try {
    action();
    return 'none';
  } catch (error) {
    return String(error);
  }
}
