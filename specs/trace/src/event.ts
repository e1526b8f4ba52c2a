import type { Json } from './json.js';

/** The version of the format, the value of `trace` in a header. */
export const TRACE_FORMAT = 1;

/** Which end of the connection a tap sits at. */
export type End = 'client' | 'server';

/** The first line of a trace: what was observed, and how to read its times. */
export interface TraceHeader {
  readonly trace: typeof TRACE_FORMAT;
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: { readonly transport: 'stdio'; readonly command: readonly string[] };
  /** The script that produced it, when there was one. */
  readonly scenario?: string;
  /** The revision that was asked for; null when none was. */
  readonly revision: string | null;
  /** `t` counts milliseconds on a monotonic clock from `startedAt` (ISO 8601). */
  readonly clock: { readonly unit: 'ms'; readonly startedAt: string };
}

/** Why a piece of output was no JSON text: see {@link WireData}. */
export type Garble = 'blank' | 'notJson' | 'notUtf8' | 'tooLong' | 'cutOff';

/** What crossed the wire. `bytes` counts the line without its newline. A batch is one message. */
export type WireData =
  | { readonly kind: 'sent' | 'received'; readonly message: Json; readonly bytes: number }
  /** Written on purpose, and no JSON text. */
  | { readonly kind: 'sentRaw'; readonly text: string; readonly bytes: number }
  /** Received, and no JSON text; `text` is its beginning. `cutOff`: output ended before the newline. */
  | { readonly kind: 'garbled'; readonly why: Garble; readonly text: string; readonly bytes: number };

/** A process that was still there when its session was over. */
export interface Survivor {
  readonly pid: number;
  readonly name: string;
  /** Whether it was still in the process group of the session. */
  readonly inGroup: boolean;
}

/** What the process did, and what was done to it. */
export type ProcessData =
  | { readonly kind: 'spawned'; readonly pid: number }
  | { readonly kind: 'spawnFailed'; readonly code: string; readonly message: string }
  | { readonly kind: 'inputEnded' | 'inputBroken' | 'outputEnded' | 'groupGone' | 'abandoned' }
  /** We stopped reading its standard output: whatever it writes now fails. */
  | { readonly kind: 'outputClosed' }
  /** Processor time that its process group used within `ms`. */
  | { readonly kind: 'load'; readonly cpuMs: number; readonly ms: number }
  /** A signal to the whole group; `by` tells the scenario's own signals from those of the closing ladder. */
  | { readonly kind: 'signalled'; readonly signal: 'SIGTERM' | 'SIGKILL'; readonly by: 'scenario' | 'ladder' }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null }
  | { readonly kind: 'survey'; readonly survivors: readonly Survivor[] }
  | { readonly kind: 'stderr'; readonly text: string; readonly bytes: number }
  /** Our own event loop was late by this much: what happened at that time is not evidence of a slow peer. */
  | { readonly kind: 'lag'; readonly ms: number };

/** What the observer has to say; never something the target did. */
export type NoteData =
  /** Something a check needs is not to be had: the recorded absence behind `unobserved`. */
  | { readonly kind: 'absent'; readonly need: string; readonly why: string }
  /** A wait ran out: `ms` long, with at most `lagMs` of lag of our own inside. */
  | { readonly kind: 'waited'; readonly for: string; readonly ms: number; readonly lagMs: number }
  /** A step was held back on purpose. */
  | { readonly kind: 'held'; readonly what: string; readonly ms: number }
  /** How the bytes of what is sent from here on are written, such as `split` or `crlf`; `plain` is the usual way. */
  | { readonly kind: 'framed'; readonly how: string }
  /** A secret was replaced by this label; these are the facts about it that judging may need. */
  | { readonly kind: 'secret'; readonly label: string; readonly length: number; readonly visibleAscii: boolean }
  /** The last event. quiet: nothing more was to come; cut: interrupted; limit: a bound was reached. */
  | { readonly kind: 'end'; readonly why: EndWhy };

/** Why a trace ended: see {@link NoteData}. */
export type EndWhy = 'quiet' | 'cut' | 'limit';

/** What happened, on its plane. */
export type EventData =
  | ({ readonly plane: 'wire' } & WireData)
  | ({ readonly plane: 'process' } & ProcessData)
  | ({ readonly plane: 'note' } & NoteData)
  /** Planes whose kinds are not fixed by this version: readers keep them as they are. */
  | { readonly plane: 'app' | 'http'; readonly kind: string; readonly data?: Json };

/** One line of a trace after the header. `seq` counts from 0 without gaps; `t` is in ms and never decreases. */
export type TraceEvent = EventData & { readonly seq: number; readonly t: number; readonly at: End };

/** A whole trace in memory. */
export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}
