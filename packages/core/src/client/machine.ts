import { assign, setup } from 'xstate';
import type { Why } from '../contract.js';
import * as actions from '../session/machine-actions.js';
import * as guards from './guards.js';

/** What the client's machine has to remember beside its state. */
export interface ClientContext {
  /** The first cause of its end; null while there is none. */
  readonly why: Why | null;
  /** The application asked for the end, so the next time it asks is a kill. */
  readonly asked: boolean;
  /** How many pings in a row stayed unanswered. */
  readonly misses: number;
}

/** Only what changes the connection. Each fact that a guard needs rides on the event: the machine knows no configuration. */
export type ClientEvent =
  | { readonly type: 'start' | 'opened' | 'initializeRefused' | 'heard' | 'ended' | 'writeFailed' | 'gone' }
  | { readonly type: 'close' | 'kill' }
  /** `speaks`: the revision in the answer is one of ours. `watches`: keepalive is on. */
  | { readonly type: 'initializeAnswered'; readonly speaks: boolean; readonly watches: boolean };

/**
 * Every legal transition of a client: the three-step handshake, keepalive, and the ways out.
 *
 * Calls and notifications flow beside it, gated by the tags of its state. How a process is led out is not told here: the
 * client only closes its channel. An input that a state does not name changes nothing there.
 *
 * The machine knows no durations: the delays below are names, their values come from the configuration.
 */
export const clientMachine = setup({
  types: {
    context: {} as ClientContext,
    events: {} as ClientEvent,
    tags: {} as 'mayCall' | 'mayPing' | 'mayAnswer' | 'hears' | 'awaitsAnswer' | 'awaitsSign',
  },
  guards: {
    speaksAndWatches: ({ event }) => guards.speaksAndWatches(event),
    speaks: ({ event }) => guards.speaks(event),
    isQuiet: ({ event }) => guards.isQuiet(event),
    isBusy: ({ event }) => guards.isBusy(event),
    isLastMiss: ({ event }) => guards.isLastMiss(event),
    isForced: ({ event }) => guards.isForced(event),
    isFirstClose: ({ context }) => !context.asked,
  },
  actions: {
    because: assign(({ context }, params: { readonly why: Why }) => actions.because(context, params)),
    noteAsked: assign(({ context }) => actions.noteAsked(context)),
    countMiss: assign(({ context }) => ({ misses: context.misses + 1 })),
    forgetMisses: assign(() => ({ misses: 0 })),
    ...actions.clientEffects,
  },
  delays: { startup: 0, slowStart: 0, keepalive: 0, pong: 0, hearOut: 0, closing: 0 },
}).createMachine({
  id: 'client',
  description: 'A client of one server, from the wish to reach it until the channel to it is gone.',
  context: { why: null, asked: false, misses: 0 },
  initial: 'idle',
  states: {
    idle: {
      description: 'Nothing exists yet.',
      on: {
        start: 'starting',
        close: { target: 'closed', actions: 'noteAsked' },
        kill: { target: 'closed', actions: 'noteAsked' },
      },
    },

    starting: {
      description: 'One budget covers the way to readiness: a cold start may use most of it before the first byte.',
      initial: 'opening',
      on: {
        ended: { target: 'closing', actions: { type: 'because', params: { why: 'peerEnded' } } },
        gone: { target: 'closed', actions: { type: 'because', params: { why: 'peerGone' } } },
        writeFailed: { target: 'closing', actions: { type: 'because', params: { why: 'writeFailed' } } },
        close: { target: 'closing', actions: 'noteAsked' },
        kill: { target: '#forced', actions: 'noteAsked' },
      },
      after: {
        slowStart: { actions: { type: 'report', params: { code: 'slowStart' } } },
        startup: { target: 'closing', actions: { type: 'because', params: { why: 'startup' } } },
      },
      states: {
        opening: {
          description: 'The channel is being opened. There is nobody to send anything to.',
          entry: 'openChannel',
          on: {
            opened: 'negotiating',
            gone: { target: '#closed', actions: { type: 'because', params: { why: 'neverOpened' } } },
          },
        },
        negotiating: {
          description: 'Our initialize is out and is never cancelled. Only pings may pass, in either direction.',
          meta: {
            clauses: [
              '2025-11-25/lifecycle/initialize-first',
              '2025-11-25/lifecycle/initialize-request',
              '2025-11-25/lifecycle/early-client-requests',
              '2025-11-25/lifecycle/version-offer-latest',
              '2025-11-25/cancellation/not-initialize',
            ],
          },
          tags: ['mayPing', 'mayAnswer', 'hears', 'awaitsAnswer'],
          entry: 'sendInitialize',
          on: {
            initializeAnswered: [
              { guard: 'speaksAndWatches', target: '#quiet', actions: 'sendInitialized' },
              { guard: 'speaks', target: '#ready', actions: 'sendInitialized' },
              { target: '#closing', actions: { type: 'because', params: { why: 'unsupportedRevision' } } },
            ],
            initializeRefused: { target: '#closing', actions: { type: 'because', params: { why: 'refused' } } },
            // A server that leaves at once may do so before it could be written to: its last words tell best why.
            writeFailed: { target: '#hearingOut', actions: { type: 'because', params: { why: 'writeFailed' } } },
          },
        },
      },
    },

    ready: {
      id: 'ready',
      description: 'The handshake is complete. Calls flow beside the machine, in the calls table.',
      meta: {
        clauses: [
          '2025-11-25/lifecycle/initialized-notification',
          '2025-11-25/lifecycle/negotiated-version',
          '2025-11-25/lifecycle/negotiated-capabilities',
        ],
      },
      tags: ['mayCall', 'mayPing', 'mayAnswer', 'hears'],
      initial: 'unwatched',
      on: {
        ended: { target: 'closing', actions: { type: 'because', params: { why: 'peerEnded' } } },
        gone: { target: 'closed', actions: { type: 'because', params: { why: 'peerGone' } } },
        writeFailed: { target: 'hearingOut', actions: { type: 'because', params: { why: 'writeFailed' } } },
        close: { target: 'closing', actions: 'noteAsked' },
        kill: { target: '#forced', actions: 'noteAsked' },
      },
      states: {
        unwatched: { description: 'Keepalive is off: only its own end tells that the peer is gone.' },
        quiet: {
          id: 'quiet',
          description: 'The peer is presumed alive. A wake-up asks whether it has been quiet for a whole interval.',
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
                target: '#closing',
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

    hearingOut: {
      id: 'hearingOut',
      description: 'Nothing can be written any more, but answers on their way still count. No new call.',
      tags: ['hears'],
      entry: 'abortAll',
      on: {
        ended: 'closing',
        gone: 'closed',
        close: { target: 'closing', actions: 'noteAsked' },
        kill: { target: '#forced', actions: 'noteAsked' },
      },
      after: { hearOut: 'closing' },
    },

    closing: {
      id: 'closing',
      description:
        'Every call is settled on the way in. What still comes is ignored; only the end of the channel matters.',
      meta: {
        clauses: [
          '2025-11-25/lifecycle/stdio-shutdown',
          '2025-11-25/lifecycle/version-disconnect',
          '2025-11-25/ping/unanswered-terminate',
        ],
      },
      entry: ['settleAll', 'abortAll'],
      initial: 'leaving',
      on: { gone: 'closed' },
      after: {
        closing: [
          { guard: 'isForced', target: 'closed', actions: { type: 'report', params: { code: 'stuck' } } },
          // Nobody waits for it from here on, so nobody else would ever end it.
          {
            target: 'closed',
            actions: [
              { type: 'report', params: { code: 'stuck' } },
              { type: 'closeChannel', params: { mode: 'now' } },
            ],
          },
        ],
      },
      states: {
        leaving: {
          description: 'The channel is closing in its own time.',
          entry: { type: 'closeChannel', params: { mode: 'graceful' } },
          on: {
            // Whoever tidies up after an end that came from elsewhere has not asked twice.
            close: [{ guard: 'isFirstClose', actions: 'noteAsked' }, { target: 'forced' }],
            kill: { target: 'forced', actions: 'noteAsked' },
          },
        },
        forced: {
          id: 'forced',
          description: 'The channel was told to end now. Repeated wishes change nothing.',
          entry: { type: 'closeChannel', params: { mode: 'now' } },
        },
      },
    },

    closed: {
      id: 'closed',
      type: 'final',
      description: 'Over, for the reason in the context.',
      entry: ['settleAll', 'abortAll'],
    },
  },
});
