import { describe, expect, test } from 'vitest';
import { openProcess, PROCESS_DEFAULTS, type ProcessState, step } from '../../src/process/index.ts';
import { INPUT_NAMES, type InputName, inputNamed, nameEffect, situation } from './drive.ts';

/**
 * For each situation (a state and what is remembered: a close was `asked` for, the leader `exited`, the output is
 * `done`, the group is `gone`) each input that matters: the next situation, and the effects. Every other input changes
 * nothing.
 */
const table: Readonly<Record<string, { readonly [N in InputName]?: string }>> = {
  idle: {
    start: 'spawning.wanted | spawn',
    close: 'neverStarted | over neverStarted',
    kill: 'neverStarted | over neverStarted',
  },
  'spawning.wanted': {
    close: 'spawning.unwanted asked',
    kill: 'spawning.doomed',
    spawned: 'running',
    spawnFailed: 'neverStarted | over neverStarted',
  },
  'spawning.unwanted asked': {
    close: 'spawning.doomed asked',
    kill: 'spawning.doomed asked',
    spawned: 'endingInput asked | endInput, arm grace',
    spawnFailed: 'neverStarted asked | over neverStarted',
  },
  'spawning.doomed': {
    spawned: 'killing | endInput, signalGroup SIGKILL, arm reap',
    spawnFailed: 'neverStarted | over neverStarted',
  },
  'spawning.doomed asked': {
    spawned: 'killing asked | endInput, signalGroup SIGKILL, arm reap',
    spawnFailed: 'neverStarted asked | over neverStarted',
  },
  running: {
    close: 'endingInput asked | endInput, arm grace',
    kill: 'killing | endInput, signalGroup SIGKILL, arm reap',
    outputEnded: 'endingInput done | endInput, arm grace',
    exited: 'hearingOut exited | endInput, watchGroup, arm drain',
  },
  'endingInput done': {
    close: 'endingInput asked done',
    kill: 'killing done | disarm grace, signalGroup SIGKILL, arm reap',
    exited: 'hearingOut exited done | disarm grace, watchGroup, arm drain',
    'grace elapsed': 'terminating done | signalGroup SIGTERM, arm term',
  },
  'endingInput asked': {
    close: 'killing asked | disarm grace, signalGroup SIGKILL, arm reap',
    kill: 'killing asked | disarm grace, signalGroup SIGKILL, arm reap',
    outputEnded: 'endingInput asked done',
    exited: 'hearingOut asked exited | disarm grace, watchGroup, arm drain',
    'grace elapsed': 'terminating asked | signalGroup SIGTERM, arm term',
  },
  'endingInput asked done': {
    close: 'killing asked done | disarm grace, signalGroup SIGKILL, arm reap',
    kill: 'killing asked done | disarm grace, signalGroup SIGKILL, arm reap',
    exited: 'hearingOut asked exited done | disarm grace, watchGroup, arm drain',
    'grace elapsed': 'terminating asked done | signalGroup SIGTERM, arm term',
  },
  'terminating done': {
    close: 'terminating asked done',
    kill: 'killing done | disarm term, signalGroup SIGKILL, arm reap',
    exited: 'terminating exited done | watchGroup',
    'term elapsed': 'killing done | signalGroup SIGKILL, arm reap',
  },
  'terminating asked': {
    close: 'killing asked | disarm term, signalGroup SIGKILL, arm reap',
    kill: 'killing asked | disarm term, signalGroup SIGKILL, arm reap',
    outputEnded: 'terminating asked done',
    exited: 'terminating asked exited | watchGroup',
    'term elapsed': 'killing asked | signalGroup SIGKILL, arm reap',
  },
  'terminating asked done': {
    close: 'killing asked done | disarm term, signalGroup SIGKILL, arm reap',
    kill: 'killing asked done | disarm term, signalGroup SIGKILL, arm reap',
    exited: 'terminating asked exited done | watchGroup',
    'term elapsed': 'killing asked done | signalGroup SIGKILL, arm reap',
  },
  'terminating exited done': {
    close: 'terminating asked exited done',
    kill: 'killing exited done | disarm term, signalGroup SIGKILL, arm reap',
    groupGone: 'reaped exited done gone | disarm term, over reaped',
    'term elapsed': 'killing exited done | signalGroup SIGKILL, arm reap',
  },
  'terminating asked exited': {
    close: 'killing asked exited | disarm term, signalGroup SIGKILL, arm reap',
    kill: 'killing asked exited | disarm term, signalGroup SIGKILL, arm reap',
    outputEnded: 'terminating asked exited done',
    groupGone: 'hearingOut asked exited gone | disarm term, arm drain',
    'term elapsed': 'killing asked exited | signalGroup SIGKILL, arm reap',
  },
  'terminating asked exited done': {
    close: 'killing asked exited done | disarm term, signalGroup SIGKILL, arm reap',
    kill: 'killing asked exited done | disarm term, signalGroup SIGKILL, arm reap',
    groupGone: 'reaped asked exited done gone | disarm term, over reaped',
    'term elapsed': 'killing asked exited done | signalGroup SIGKILL, arm reap',
  },
  killing: {
    outputEnded: 'killing done',
    exited: 'killing exited | watchGroup',
    'reap elapsed': 'abandoned done | stopReading, over abandoned',
  },
  'killing done': {
    exited: 'killing exited done | watchGroup',
    'reap elapsed': 'abandoned done | over abandoned',
  },
  'killing asked': {
    outputEnded: 'killing asked done',
    exited: 'killing asked exited | watchGroup',
    'reap elapsed': 'abandoned asked done | stopReading, over abandoned',
  },
  'killing exited': {
    outputEnded: 'killing exited done',
    groupGone: 'hearingOut exited gone | disarm reap, arm drain',
    'reap elapsed': 'abandoned exited done | stopReading, over abandoned',
  },
  'killing asked done': {
    exited: 'killing asked exited done | watchGroup',
    'reap elapsed': 'abandoned asked done | over abandoned',
  },
  'killing exited done': {
    groupGone: 'reaped exited done gone | disarm reap, over reaped',
    'reap elapsed': 'abandoned exited done | over abandoned',
  },
  'killing asked exited': {
    outputEnded: 'killing asked exited done',
    groupGone: 'hearingOut asked exited gone | disarm reap, arm drain',
    'reap elapsed': 'abandoned asked exited done | stopReading, over abandoned',
  },
  'killing asked exited done': {
    groupGone: 'reaped asked exited done gone | disarm reap, over reaped',
    'reap elapsed': 'abandoned asked exited done | over abandoned',
  },
  'hearingOut exited': {
    close: 'hearingOut asked exited',
    kill: 'killing exited | disarm drain, signalGroup SIGKILL, arm reap',
    outputEnded: 'hearingOut exited done',
    groupGone: 'hearingOut exited gone',
    'drain elapsed': 'terminating exited done | stopReading, signalGroup SIGTERM, arm term',
  },
  'hearingOut exited done': {
    close: 'hearingOut asked exited done',
    kill: 'killing exited done | disarm drain, signalGroup SIGKILL, arm reap',
    groupGone: 'reaped exited done gone | disarm drain, over reaped',
    'drain elapsed': 'terminating exited done | signalGroup SIGTERM, arm term',
  },
  'hearingOut exited gone': {
    close: 'hearingOut asked exited gone',
    kill: 'reaped exited done gone | disarm drain, stopReading, over reaped',
    outputEnded: 'reaped exited done gone | disarm drain, over reaped',
    'drain elapsed': 'reaped exited done gone | stopReading, over reaped',
  },
  'hearingOut asked exited': {
    close: 'killing asked exited | disarm drain, signalGroup SIGKILL, arm reap',
    kill: 'killing asked exited | disarm drain, signalGroup SIGKILL, arm reap',
    outputEnded: 'hearingOut asked exited done',
    groupGone: 'hearingOut asked exited gone',
    'drain elapsed': 'terminating asked exited done | stopReading, signalGroup SIGTERM, arm term',
  },
  'hearingOut asked exited done': {
    close: 'killing asked exited done | disarm drain, signalGroup SIGKILL, arm reap',
    kill: 'killing asked exited done | disarm drain, signalGroup SIGKILL, arm reap',
    groupGone: 'reaped asked exited done gone | disarm drain, over reaped',
    'drain elapsed': 'terminating asked exited done | signalGroup SIGTERM, arm term',
  },
  'hearingOut asked exited gone': {
    close: 'reaped asked exited done gone | disarm drain, stopReading, over reaped',
    kill: 'reaped asked exited done gone | disarm drain, stopReading, over reaped',
    outputEnded: 'reaped asked exited done gone | disarm drain, over reaped',
    'drain elapsed': 'reaped asked exited done gone | stopReading, over reaped',
  },
  'reaped exited done gone': {},
  'reaped asked exited done gone': {},
  'abandoned done': {},
  'abandoned asked done': {},
  'abandoned exited done': {},
  'abandoned asked exited done': {},
  neverStarted: {},
  'neverStarted asked': {},
};

describe('the product of state and input', () => {
  const reached = reachAll();

  test('the table holds exactly the situations that can be reached', () => {
    expect([...reached.keys()].sort()).toEqual(Object.keys(table).sort());
  });

  for (const [name, state] of reached) {
    test(`${name}: every input does what the table says`, () => {
      const row = Object.fromEntries(INPUT_NAMES.map((input) => [input, outcome(state, input)]));
      const unchanged = Object.fromEntries(INPUT_NAMES.map((input) => [input, name]));
      expect(row).toEqual({ ...unchanged, ...table[name] });
    });
  }
});

function outcome(state: ProcessState, input: InputName): string {
  const [next, effects] = step(state, inputNamed(state, input));
  return [situation(next), ...(effects.length > 0 ? [effects.map(nameEffect).join(', ')] : [])].join(' | ');
}

/** One state for each situation, found from the first by every input. */
function reachAll(): Map<string, ProcessState> {
  const first = openProcess(PROCESS_DEFAULTS, 0);
  const reached = new Map([[situation(first), first]]);
  for (const state of reached.values()) {
    for (const input of INPUT_NAMES) {
      const [next] = step(state, inputNamed(state, input));
      if (!reached.has(situation(next))) reached.set(situation(next), next);
    }
  }
  return reached;
}
