import type { Faults } from './faults.js';
import type { Command } from './host.js';
import type { Side } from './side.js';

/** Takes a move; the frame is what it led to. */
export type Try = (move: number) => void;

/** What may go wrong with a link, or with the server's process. */
export type LinkFault = keyof Pick<Faults, 'unopened' | 'cuts' | 'crashes' | 'breaks' | 'serverBreaks'>;

/** What lies between two sides: what it does when a core asks, and what it does by itself. */
export interface Link {
  /** Puts it into the frame as it is before anything happened. */
  begin(): void;
  /** Does what a core asked for. */
  command(side: Side, command: Command): void;
  /** Whether what is under way to a side can reach it now. */
  mayArrive(side: Side): boolean;
  /** Whether the core of a side hears of what reaches it. */
  isListening(side: Side): boolean;
  /** The end of the other side reaches this one. */
  end(side: Side): void;
  /** Tells what may happen by itself. Before each move the frame is begun anew. */
  expand(begin: () => void, done: Try): void;
  /** What happens when this goes wrong; null where it cannot now. */
  failure(fault: LinkFault): (() => void) | null;
}
