import { EMPTY, UNREAD } from './channel.js';
import { type Frame, TO_CLIENT, TO_SERVER } from './frame.js';
import type { Command } from './host.js';
import type { Link, LinkFault, Try } from './link.js';
import type { MoveTable } from './move-table.js';
import type { Side } from './side.js';

/**
 * Two channels and no process: the client ends its half and waits for the server's end, or gives both up at once. A server that
 * exits ends its half.
 */
export class PlainLink implements Link {
  readonly #frame: Frame;
  readonly #client: Side;
  readonly #server: Side;
  readonly #end: number;
  readonly #gone: number;
  readonly #isGone: number;
  readonly #exits: number;

  constructor(frame: Frame, client: Side, server: Side, moves: MoveTable) {
    this.#frame = frame;
    this.#client = client;
    this.#server = server;
    this.#end = frame.channels.item({ kind: 'end' });
    this.#gone = frame.channels.item({ kind: 'gone' });
    this.#exits = moves.number({ name: 'server: its process exits', fairness: 'weak' });
    this.#isGone = moves.number({ name: 'client: the channel is gone', fairness: 'weak' });
  }

  begin(): void {
    this.#frame.put(TO_CLIENT, UNREAD);
    this.#server.die();
    if (this.#client.linkNow().link === 'open') this.#open();
  }

  command(side: Side, command: Command): void {
    if (side === this.#client) this.#ofClient(command);
    else this.#ofServer(command);
  }

  mayArrive(side: Side): boolean {
    const { link, isDead } = side.linkNow();
    return !isDead && (link === 'open' || (link === 'ending' && side === this.#client));
  }

  isListening(): boolean {
    return true;
  }

  end(side: Side): void {
    side.tell({ type: 'ended' });
  }

  expand(begin: () => void, done: Try): void {
    const { link, isForced, hasEnded } = this.#client.linkNow();
    const { exit } = this.#server.linkNow();
    if (link === 'ending' && (isForced || hasEnded)) {
      begin();
      this.#tellGone();
      done(this.#isGone);
    }
    if (exit === null) return;
    begin();
    this.#server.die();
    done(this.#exits);
  }

  failure(fault: LinkFault): (() => void) | null {
    const { link } = this.#client.linkNow();
    switch (fault) {
      case 'unopened':
        return link === 'opening' ? () => this.#neverOpen() : null;
      case 'cuts':
        return link === 'open' || link === 'ending' ? () => this.#cut() : null;
      case 'breaks':
        return link === 'open' && this.#client.linkNow().canWrite
          ? () => this.#client.tell({ type: 'writeFailed' })
          : null;
      case 'serverBreaks':
        return this.#server.linkNow().canWrite ? () => this.#server.tell({ type: 'writeFailed' }) : null;
      case 'crashes':
        return this.#server.linkNow().isDead ? null : () => this.#crash();
    }
  }

  /** A server begins with its channel. */
  #open(): void {
    this.#server.begin();
    this.#frame.put(TO_SERVER, EMPTY);
    this.#frame.put(TO_CLIENT, EMPTY);
  }

  #neverOpen(): void {
    this.#server.die();
    this.#tellGone();
  }

  #cut(): void {
    this.#frame.push(TO_SERVER, this.#gone);
    this.#tellGone();
  }

  #crash(): void {
    if (this.#server.linkNow().link === 'open') this.#frame.push(TO_CLIENT, this.#end);
    this.#server.die();
  }

  #tellGone(): void {
    this.#client.tell({ type: 'gone' });
    this.#frame.put(TO_CLIENT, UNREAD);
  }

  #ofClient({ type, from }: Command): void {
    if (type === 'open') this.#open();
    // Where it never opened, nobody was ever there.
    else if (from === 'opening') this.#server.die();
    else if (from === 'open') this.#frame.push(TO_SERVER, this.#end);
    if (type === 'kill') this.#frame.put(TO_CLIENT, UNREAD);
  }

  #ofServer({ type, from }: Command): void {
    if (from === 'open') this.#frame.push(TO_CLIENT, this.#end);
    if (type === 'exit') this.#server.die();
  }
}
