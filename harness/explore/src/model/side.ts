import type { Happening } from './happening.js';
import type { Command, Host } from './host.js';
import type { SessionStep } from './session-part.js';
import type { Role } from './wire-ids.js';

/** One end of the session, in the frame of a world: a core with its host, or a script in its place. */
export interface Side {
  readonly role: Role;
  /** A script makes nothing of what is no message. */
  readonly isScript: boolean;
  /** What it reads and what it writes, as columns. */
  readonly inbox: number;
  readonly outbox: number;
  /** Puts it into the frame as it is before anything happened. */
  begin(): void;
  /** Its process is gone, or not there yet. */
  die(): void;
  /** Something happens to it. */
  tell(happening: Happening): void;
  /** What was sent to it arrives: an item of its channel, by number. `isLate`: after every deadline but the last ones. */
  arrive(item: number, isLate?: boolean): void;
  /** Its channel, as its environment knows it. */
  linkNow(): Pick<Host, 'link' | 'isForced' | 'hasEnded' | 'canWrite' | 'exit' | 'isDead'>;
  /**
   * Tells what it may do by itself. Before each move the frame is begun anew.
   *
   * @param mayEndInterval whether an interval of keepalive may come to its end.
   */
  expand(begin: () => void, done: (move: number) => void, mayEndInterval: boolean): void;
  /** What it is in, in words. */
  describe(): string;
  /** The slots of one side's requests that it mentions, as bits. */
  slots(of: Role): number;
  /** Those of the other side's pings that it has not answered, and may answer. */
  pingsHeld(): number;
}

/** Hears of what the sides do. */
export interface SideListener {
  /** A core has stepped; `host` is its host before that. */
  stepped(role: Role, step: SessionStep, host: number): void;
  /** A side asks for what its host alone cannot do. */
  commanded(side: Side, command: Command): void;
}
