import { assign, setup } from 'xstate';
import * as actions from './actions.js';
import type { ProcessContext } from './contract.js';
import * as guards from './guards.js';

/** What the machine hears. Timers are not among it: their expiry is XState's own `after`. */
export type ProcessEvent =
  | { readonly type: 'start' | 'close' | 'kill' | 'spawned' | 'outputEnded' | 'inputBroken' | 'groupGone' }
  | { readonly type: 'spawnFailed'; readonly code: string }
  | { readonly type: 'exited'; readonly code: number | null; readonly signal: string | null };

/**
 * Every legal transition in the life of one child process and its group.
 *
 * Forwards there is one way: end its input, SIGTERM the group, SIGKILL the group, and stop waiting. A process that
 * dies on its own is heard out first, and what it leaves behind in its group joins the same way at SIGTERM.
 *
 * Three facts decide, and each may come first: the leader exited, its output ended, nobody of its group lives. Only
 * when all three hold is the process reaped. An input that a state does not name changes nothing there.
 *
 * The machine knows no durations: the delays below are names, their values come from the configuration in step.ts.
 */
export const processMachine = setup({
  types: {
    context: {} as ProcessContext,
    events: {} as ProcessEvent,
    tags: {} as 'over',
  },
  guards: {
    isFirstClose: ({ context }) => guards.isFirstClose(context),
    leaderLives: ({ context }) => guards.leaderLives(context),
    groupIsGone: ({ context }) => guards.groupIsGone(context),
    outputIsDone: ({ context }) => guards.outputIsDone(context),
  },
  actions: {
    noteClose: assign(() => actions.noteClose()),
    noteExit: assign(({ event }) => actions.noteExit(event)),
    noteOutputDone: assign(() => actions.noteOutputDone()),
    noteGroupGone: assign(() => actions.noteGroupGone()),
    noteSpawnError: assign(({ event }) => actions.noteSpawnError(event)),
    ...actions.effects,
  },
  delays: { drain: 0, grace: 0, term: 0, reap: 0 },
}).createMachine({
  id: 'process',
  description: 'One child process and its group, from the wish to start it until nothing of it is left.',
  context: { asked: false, exit: null, outputDone: false, groupGone: false, spawnError: null },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing exists yet.',
      on: { start: 'spawning', close: 'neverStarted', kill: 'neverStarted' },
    },

    spawning: {
      description: 'The process was asked for. It has no id yet, so no wish to end it can be granted: it is kept.',
      initial: 'wanted',
      entry: 'spawn',
      on: { spawnFailed: { target: 'neverStarted', actions: 'noteSpawnError' } },
      states: {
        wanted: {
          description: 'It is to run.',
          on: {
            spawned: '#running',
            close: { target: 'unwanted', actions: 'noteClose' },
            kill: 'doomed',
          },
        },
        unwanted: {
          description: 'It is to be led out gracefully as soon as it exists.',
          on: { spawned: { target: '#endingInput', actions: 'endInput' }, close: 'doomed', kill: 'doomed' },
        },
        doomed: {
          description: 'It is to be killed as soon as it exists.',
          on: { spawned: { target: '#killing', actions: 'endInput' } },
        },
      },
    },

    running: {
      id: 'running',
      description: 'It lives, listens and speaks. Every way out ends its input.',
      exit: 'endInput',
      on: {
        close: { target: 'endingInput', actions: 'noteClose' },
        kill: 'killing',
        // Only our half is dead: what it still says counts, and its own end will be heard.
        inputBroken: {},
        // The end of output before the exit is how a server ends the session: legal, and no crash.
        outputEnded: { target: 'endingInput', actions: 'noteOutputDone' },
        exited: { target: 'hearingOut', actions: ['noteExit', 'watchGroup'] },
      },
    },

    endingInput: {
      id: 'endingInput',
      description: 'Its input has ended, which asks it to leave.',
      meta: {
        clauses: ['2025-11-25/lifecycle/stdio-shutdown', '2025-11-25/lifecycle/stdio-server-shutdown'],
      },
      on: {
        // Whoever tidies up after a server that ended the session itself has not asked twice.
        close: [{ guard: 'isFirstClose', actions: 'noteClose' }, { target: 'killing' }],
        kill: 'killing',
        outputEnded: { actions: 'noteOutputDone' },
        exited: { target: 'hearingOut', actions: ['noteExit', 'watchGroup'] },
      },
      after: { grace: 'terminating' },
    },

    terminating: {
      description: 'The group got SIGTERM and may clean up; the leader may be gone long since.',
      meta: { clauses: ['2025-11-25/lifecycle/stdio-terminate'] },
      entry: { type: 'signalGroup', params: { signal: 'SIGTERM' } },
      on: {
        close: [{ guard: 'isFirstClose', actions: 'noteClose' }, { target: 'killing' }],
        kill: 'killing',
        outputEnded: { actions: 'noteOutputDone' },
        exited: { guard: 'leaderLives', actions: ['noteExit', 'watchGroup'] },
        groupGone: [
          { guard: 'leaderLives' },
          { guard: 'outputIsDone', target: 'reaped', actions: 'noteGroupGone' },
          { target: 'hearingOut', actions: 'noteGroupGone' },
        ],
      },
      after: { term: 'killing' },
    },

    killing: {
      id: 'killing',
      description: 'The group got SIGKILL. Nothing more can be done; wishes change nothing.',
      meta: { clauses: ['2025-11-25/lifecycle/stdio-kill'] },
      entry: { type: 'signalGroup', params: { signal: 'SIGKILL' } },
      on: {
        // Forbidden, not merely absent: a repeated wish must never enter this state anew.
        close: {},
        kill: {},
        outputEnded: { actions: 'noteOutputDone' },
        exited: { guard: 'leaderLives', actions: ['noteExit', 'watchGroup'] },
        groupGone: [
          { guard: 'leaderLives' },
          { guard: 'outputIsDone', target: 'reaped', actions: 'noteGroupGone' },
          { target: 'hearingOut', actions: 'noteGroupGone' },
        ],
      },
      after: {
        reap: [
          { guard: 'outputIsDone', target: 'abandoned' },
          { target: 'abandoned', actions: ['stopReading', 'noteOutputDone'] },
        ],
      },
    },

    hearingOut: {
      description: 'The leader is gone. Its last words may still be in the pipe, its descendants still in the group.',
      on: {
        close: [
          { guard: 'isFirstClose', actions: 'noteClose' },
          // Nobody may be signalled under the id of a group that is gone.
          { guard: 'groupIsGone', target: 'reaped', actions: ['stopReading', 'noteOutputDone'] },
          { target: 'killing' },
        ],
        kill: [
          { guard: 'groupIsGone', target: 'reaped', actions: ['stopReading', 'noteOutputDone'] },
          { target: 'killing' },
        ],
        outputEnded: [
          { guard: 'groupIsGone', target: 'reaped', actions: 'noteOutputDone' },
          { actions: 'noteOutputDone' },
        ],
        groupGone: [
          { guard: 'outputIsDone', target: 'reaped', actions: 'noteGroupGone' },
          { actions: 'noteGroupGone' },
        ],
      },
      after: {
        drain: [
          { guard: 'groupIsGone', target: 'reaped', actions: ['stopReading', 'noteOutputDone'] },
          { guard: 'outputIsDone', target: 'terminating' },
          { target: 'terminating', actions: ['stopReading', 'noteOutputDone'] },
        ],
      },
    },

    reaped: {
      type: 'final',
      description: 'The process exited and nobody of its group lives.',
      tags: ['over'],
      entry: { type: 'over', params: { how: 'reaped' } },
    },
    abandoned: {
      type: 'final',
      description:
        'SIGKILL was sent, and something of the group is still there: stuck, or reaped by nobody. Waiting is over.',
      tags: ['over'],
      entry: { type: 'over', params: { how: 'abandoned' } },
    },
    neverStarted: {
      type: 'final',
      description: 'There never was a process.',
      tags: ['over'],
      entry: { type: 'over', params: { how: 'neverStarted' } },
    },
  },
});
