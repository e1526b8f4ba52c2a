import type { JsonObject } from '@mcp-lifeline/trace';
import type { Run } from './run.js';

/** A tool that takes its time, called with these arguments. */
export interface SlowTool {
  readonly name: string;
  readonly args: JsonObject;
  /** How long it took when it was tried. */
  readonly takesMs: number;
  /** How many progress notifications it sent when it was tried. */
  readonly progresses: number;
}

/** A tool that makes the server send the client a request, called with these arguments. */
export interface AskingTool {
  readonly name: string;
  readonly args: JsonObject;
  /** The request it makes the server send, such as `sampling/createMessage`. */
  readonly method: string;
}

/** What the tools of a server are good for, as far as their names and schemas made it evident and a trial showed it. */
export interface Toolbox {
  readonly slow: SlowTool | null;
  readonly asking: AskingTool | null;
  /** The run in which they were looked for: what was not found is recorded there as absent. */
  readonly run: Run | null;
}

/** Nothing was looked for yet. */
export const NO_TOOLS: Toolbox = { slow: null, asking: null, run: null };
