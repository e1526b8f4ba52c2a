import { assign, setup } from 'xstate';
import type { Why } from '../contract.js';
import * as actions from '../session/machine-actions.js';
import { noteSignal } from './actions.js';
import * as guards from './guards.js';

/** What the server's machine has to remember beside its state. */
export interface ServerContext {
  /** The first cause of its end; null while there is none. */
  readonly why: Why | null;
  /** The application asked for the end, so the next time it asks is a kill. */
  readonly asked: boolean;
  /** How many pings in a row stayed unanswered. */
  readonly misses: number;
  /** The last signal, as the exit code of a clean-up that it cuts short: 128 and its number; null while there was none. */
  readonly signal: number | null;
}

/** Only what changes the connection. Each fact that a guard needs rides on the event: the machine knows no configuration. */
export type ServerEvent =
  | { readonly type: 'initializeAsked' | 'heard' | 'writeFailed' | 'gone' | 'kill' | 'uncaught' }
  | { readonly type: 'allAnswered' | 'cleanedUp' }
  /** `watches`: keepalive is on. */
  | { readonly type: 'initialized'; readonly watches: boolean }
  /** `drains`: handlers are running, and are given time. */
  | { readonly type: 'ended' | 'close'; readonly drains?: boolean }
  /** `code`: 128 and the signal's number. */
  | { readonly type: 'signalled'; readonly code: number; readonly drains: boolean };

/**
 * Every legal transition of a server, from its first read to its exit code.
 *
 * Calls and notifications flow beside it, gated by the tags of its state. Every graceful way out leads through `draining`,
 * where the clean-up runs once and against a deadline; what nobody caught and a kill do not.
 *
 * The machine knows no durations: the delays below are names, their values come from the configuration.
 */
export const serverMachine = setup({
  types: {
    context: {} as ServerContext,
    events: {} as ServerEvent,
    tags: {} as
      | 'mayInitialize'
      | 'awaitsInitialized'
      | 'mayServe'
      | 'mayCall'
      | 'mayPing'
      | 'mayLog'
      | 'mayAnswer'
      | 'hears'
      | 'awaitsSign'
      | 'awaitsHandlers'
      | 'over',
  },
  guards: {
    watches: ({ event }) => guards.watches(event),
    drains: ({ event }) => guards.drains(event),
    isQuiet: ({ event }) => guards.isQuiet(event),
    isBusy: ({ event }) => guards.isBusy(event),
    isLastMiss: ({ event }) => guards.isLastMiss(event),
    isFirstClose: ({ context }) => !context.asked,
    isFirstSignal: ({ context }) => context.signal === null,
  },
  actions: {
    because: assign(({ context }, params: { readonly why: Why }) => actions.because(context, params)),
    noteAsked: assign(({ context }) => actions.noteAsked(context)),
    noteSignal: assign(({ context, event }) => noteSignal(context, event)),
    countMiss: assign(({ context }) => ({ misses: context.misses + 1 })),
    forgetMisses: assign(() => ({ misses: 0 })),
    ...actions.serverEffects,
  },
  delays: { keepalive: 0, pong: 0, drain: 0, cleanUp: 0 },
}).createMachine({
  id: 'server',
  description: 'A server of one client, from its first read to its exit code.',
  context: { why: null, asked: false, misses: 0, signal: null },
  initial: 'serving',
  states: {
    serving: {
      description: 'The channel is open in both directions.',
      tags: ['hears', 'mayAnswer'],
      entry: 'openChannel',
      initial: 'listening',
      on: {
        ended: [
          { guard: 'drains', target: 'finishing', actions: { type: 'because', params: { why: 'peerEnded' } } },
          { target: 'draining', actions: { type: 'because', params: { why: 'peerEnded' } } },
        ],
        signalled: [
          { guard: 'drains', target: 'finishing', actions: 'noteSignal' },
          { target: 'draining', actions: 'noteSignal' },
        ],
        close: [
          { guard: 'drains', target: 'finishing', actions: 'noteAsked' },
          { target: 'draining', actions: 'noteAsked' },
        ],
        // Nobody is left whom an answer could reach: handlers get no time.
        gone: { target: 'draining', actions: { type: 'because', params: { why: 'peerGone' } } },
        writeFailed: { target: 'draining', actions: { type: 'because', params: { why: 'writeFailed' } } },
        kill: { target: 'exited', actions: ['noteAsked', { type: 'exit', params: { how: 'cutShort' } }] },
        uncaught: 'crashed',
      },
      states: {
        listening: {
          description: 'Nothing is agreed. Only initialize and ping are served; everything else is refused.',
          meta: { clauses: ['2025-11-25/lifecycle/initialize-first', '2025-11-25/lifecycle/early-client-requests'] },
          tags: ['mayInitialize'],
          on: { initializeAsked: { target: 'answered', actions: 'sendInitializeResult' } },
        },
        answered: {
          description: 'Our answer is out. Requests are served; ours, but for pings, wait for initialized.',
          meta: {
            clauses: [
              '2025-11-25/lifecycle/initialize-result',
              '2025-11-25/lifecycle/version-echo',
              '2025-11-25/lifecycle/version-counter-offer',
              '2025-11-25/lifecycle/early-server-requests',
            ],
          },
          tags: ['mayServe', 'mayPing', 'mayLog', 'awaitsInitialized'],
          on: { initialized: [{ guard: 'watches', target: '#watched' }, { target: 'ready' }] },
        },
        ready: {
          description: 'The handshake is complete. Calls flow beside the machine, in the calls table.',
          meta: {
            clauses: ['2025-11-25/lifecycle/negotiated-version', '2025-11-25/lifecycle/negotiated-capabilities'],
          },
          tags: ['mayServe', 'mayCall', 'mayPing', 'mayLog'],
          initial: 'unwatched',
          states: {
            unwatched: { description: 'Keepalive is off: only its own end tells that the client is gone.' },
            quiet: {
              id: 'watched',
              description:
                'The client is presumed alive. A wake-up asks whether it has been quiet for a whole interval.',
              after: {
                keepalive: [
                  { guard: 'isQuiet', target: 'pinging' },
                  { target: 'quiet', reenter: true },
                ],
              },
            },
            pinging: {
              description: 'A ping is out. Anything heard is a sign of life, even an error.',
              meta: { clauses: ['2025-11-25/ping/periodic', '2025-11-25/ping/unanswered-stale'] },
              tags: ['awaitsSign'],
              entry: 'sendPing',
              exit: 'forgetPing',
              on: { heard: { target: 'quiet', actions: 'forgetMisses' } },
              after: {
                pong: [
                  // A peer that works on a call has not fallen silent. What was missed before still counts.
                  { guard: 'isBusy', target: 'quiet' },
                  {
                    guard: 'isLastMiss',
                    target: '#draining',
                    actions: [
                      { type: 'report', params: { code: 'missedPong' } },
                      { type: 'because', params: { why: 'silent' } },
                    ],
                  },
                  {
                    target: 'pinging',
                    reenter: true,
                    actions: [{ type: 'report', params: { code: 'missedPong' } }, 'countMiss'],
                  },
                ],
              },
            },
          },
        },
      },
    },

    finishing: {
      description: 'On the way out. The handlers that run may still answer; nothing new is taken on.',
      // What handlers wait for may still come, and so may a cancellation.
      tags: ['hears', 'mayAnswer', 'awaitsHandlers'],
      on: {
        allAnswered: 'draining',
        gone: 'draining',
        writeFailed: 'draining',
        signalled: [
          { guard: 'isFirstSignal', target: 'draining', actions: 'noteSignal' },
          { target: 'exited', actions: ['noteSignal', { type: 'exit', params: { how: 'cutShort' } }] },
        ],
        // Whoever tidies up after an end that came from elsewhere has not asked twice.
        close: [
          { guard: 'isFirstClose', actions: 'noteAsked' },
          { target: 'exited', actions: { type: 'exit', params: { how: 'cutShort' } } },
        ],
        kill: { target: 'exited', actions: ['noteAsked', { type: 'exit', params: { how: 'cutShort' } }] },
        uncaught: 'crashed',
      },
      after: { drain: 'draining' },
    },

    draining: {
      id: 'draining',
      description: 'Our calls are settled and the handlers aborted. The clean-up runs, once and against a deadline.',
      entry: ['settleAll', 'abortAll', 'cleanUp'],
      on: {
        cleanedUp: { target: 'exited', actions: { type: 'exit', params: { how: 'clean' } } },
        // Clients signal whoever takes their time after the end of its input: only a second signal is impatience.
        signalled: [
          { guard: 'isFirstSignal', actions: 'noteSignal' },
          { target: 'exited', actions: ['noteSignal', { type: 'exit', params: { how: 'cutShort' } }] },
        ],
        close: [
          { guard: 'isFirstClose', actions: 'noteAsked' },
          { target: 'exited', actions: { type: 'exit', params: { how: 'cutShort' } } },
        ],
        kill: { target: 'exited', actions: ['noteAsked', { type: 'exit', params: { how: 'cutShort' } }] },
        uncaught: 'crashed',
      },
      after: { cleanUp: { target: 'exited', actions: { type: 'exit', params: { how: 'cutShort' } } } },
    },

    exited: {
      type: 'final',
      description: 'The process exits: cleanly, or with its clean-up cut short.',
      tags: ['over'],
      entry: ['settleAll', 'abortAll', { type: 'closeChannel', params: { mode: 'graceful' } }],
    },
    crashed: {
      type: 'final',
      description: 'An error that nobody caught: no clean-up, exit 1, never entered twice.',
      tags: ['over'],
      entry: [
        { type: 'because', params: { why: 'uncaught' } },
        'settleAll',
        'abortAll',
        { type: 'closeChannel', params: { mode: 'now' } },
        { type: 'exit', params: { how: 'uncaught' } },
      ],
    },
    killed: {
      type: 'final',
      description: 'The process was ended from outside and is simply gone: no clean-up.',
      meta: { environment: true, from: ['serving', 'finishing', 'draining'] },
    },
  },
});
