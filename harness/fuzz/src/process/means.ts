import type { JsonObject } from '@mcp-lifeline/trace';
import type { Question } from './act.js';

/** A tool that can be called with these arguments, and how long that took when it was tried, in ms. */
export interface TimedTool {
  readonly name: string;
  readonly args: JsonObject;
  readonly takesMs: number;
}

/** What a server gives a client to do, as far as a first look told. */
export interface Means {
  /** A tool that takes a moment; null where none is evident. */
  readonly slow: TimedTool | null;
  /** One that takes long enough for what comes late to be told from what crossed; it may be the same. */
  readonly long: TimedTool | null;
  /** One that makes the server ask the client. */
  readonly asking: TimedTool | null;
  /** The lists that the server declared. */
  readonly lists: readonly Question[];
}

/** The tool behind a question; null for what calls none, or one that is not there. */
export function toolOf(question: Question, { slow, long, asking }: Means): TimedTool | null {
  switch (question) {
    case 'slow':
      return slow;
    case 'long':
      return long;
    case 'asking':
      return asking;
    default:
      return null;
  }
}
