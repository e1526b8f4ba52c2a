import type { RawPeer } from '@mcp-lifeline/peer';
import type { Revision } from '@mcp-lifeline/specs';
import type { Trace } from '@mcp-lifeline/trace';
import type { ReplyKind } from './act.js';

/** What acts are done on: whatever carries them, it can say anything and records what crosses. */
export type Line = Pick<
  RawPeer,
  | 'absent'
  | 'endInput'
  | 'events'
  | 'exited'
  | 'hold'
  | 'isGone'
  | 'notify'
  | 'prepare'
  | 'request'
  | 'send'
  | 'sendFramed'
  | 'sendText'
  | 'signal'
  | 'stopReading'
  | 'until'
>;

/** A line to a fresh server, and what only whoever opened it needs. */
export interface OpenLine {
  readonly line: Line;
  /** How the server's requests are answered from here on. */
  answer(how: ReplyKind): void;
  /** Leads the server out, sees to it that nothing of it is left, and ends the trace. */
  finish(how: 'close' | 'kill'): Promise<Ended>;
}

/** What is left when a line is over. */
export interface Ended {
  readonly trace: Trace;
  readonly spawnError: { readonly code: string; readonly message: string } | null;
  readonly stderrTail: string;
  readonly outputBytes: number;
}

/** Opens lines: to a process's pipes; whoever makes and judges cases does not know to what. */
export interface Carrier {
  /** @param patience how long the server may take to leave when it is asked to */
  open(name: string, offer: Revision | string, patience: Patience): OpenLine;
}

/** How long is waited for what. In ms. */
export interface Patience {
  /** For the answer to `initialize`, from the start. */
  readonly startMs: number;
  /** For an answer that is due. */
  readonly answerMs: number;
  /** For an exit that was asked for. */
  readonly leaveMs: number;
  /** For what it leaves behind to go as well. */
  readonly lingerMs: number;
}
