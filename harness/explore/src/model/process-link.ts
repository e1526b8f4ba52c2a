import type { ProcessEffect, ProcessTimer } from '@mcp-lifeline/core/process';
import type { MoveInfo } from '../contract.js';
import { EMPTY, UNREAD } from './channel.js';
import { type Child, died, NO_CHILD, noteEffect, OVER, owesEnd, told, withoutTimer } from './child.js';
import { CHILD, type Frame, PROCESS, TO_CLIENT, TO_SERVER } from './frame.js';
import type { Command } from './host.js';
import { Interner } from './intern.js';
import type { Link, LinkFault, Try } from './link.js';
import type { MoveTable } from './move-table.js';
import type { ProcessHappening, ProcessPart, ProcessStep } from './process-part.js';
import type { Side } from './side.js';

/** What a process link needs of its world. */
export interface ProcessLinkOptions {
  readonly frame: Frame;
  readonly part: ProcessPart;
  readonly moves: MoveTable;
  readonly client: Side;
  readonly server: Side;
  /** Something that the server starts holds its output open, and its group alive. */
  readonly hasDescendant: boolean;
  readonly stepped: (step: ProcessStep) => void;
}

/**
 * The server is a child process of the client's: its core leads it out. What becomes of it is told as the adapter for stdio does:
 * to the session first, and to the process's core after that.
 */
export class ProcessLink implements Link {
  readonly #options: ProcessLinkOptions;
  readonly #children = new Interner<ChildEntry>();
  readonly #end: number;
  readonly #exits: number;
  /** One queue: what comes up inside an effect waits until the whole list was done. */
  readonly #queue: ProcessHappening[] = [];
  #isStepping = false;

  constructor(options: ProcessLinkOptions) {
    this.#options = options;
    this.#exits = options.moves.number({ name: 'server: its process exits', fairness: 'weak' });
    this.#end = options.frame.channels.item({ kind: 'end' });
  }

  begin(): void {
    const { frame, part, server } = this.#options;
    frame.put(PROCESS, part.open());
    frame.put(TO_CLIENT, UNREAD);
    server.die();
    frame.put(CHILD, this.#number(NO_CHILD));
  }

  command(side: Side, command: Command): void {
    if (side === this.#options.server) {
      // The output of a core that closes ends with its process.
      if (command.type === 'exit') this.#die({ code: command.code, signal: null });
      else if (command.type === 'endOutput') this.#endOutput();
      return;
    }
    if (command.type === 'open') this.#feed({ type: 'start' });
    else if (command.type === 'kill') this.#feed({ type: 'kill' });
    // A channel that is closing already has no second way to close.
    else if (command.type === 'close' && command.from !== 'ending') this.#feed({ type: 'close' });
  }

  mayArrive(side: Side): boolean {
    return side === this.#options.client ? this.#child().isRead : side.linkNow().link === 'open';
  }

  isListening(side: Side): boolean {
    return side !== this.#options.client || this.#child().told.opened;
  }

  end(side: Side): void {
    if (side !== this.#options.client) {
      side.tell({ type: 'ended' });
      return;
    }
    if (this.#child().told.opened) side.tell({ type: 'ended' });
    this.#feed({ type: 'outputEnded' });
  }

  expand(begin: () => void, done: Try): void {
    const { exit } = this.#options.server.linkNow();
    if (exit !== null) {
      begin();
      this.#die({ code: exit, signal: null });
      done(this.#exits);
      begin();
    }
    const entry = this.#entry();
    entry.moves ??= this.#movesOf(entry.child);
    for (const { move, act } of entry.moves) {
      begin();
      act();
      done(move);
    }
  }

  failure(fault: LinkFault): (() => void) | null {
    const { leader, told } = this.#child();
    const { server } = this.#options;
    switch (fault) {
      case 'unopened':
        return leader === 'starting' ? () => this.#cannotStart() : null;
      case 'crashes':
        return leader === 'alive' ? () => this.#die({ code: null, signal: 'SIGSEGV' }) : null;
      case 'breaks':
        return told.opened && !told.broken ? () => this.#break() : null;
      case 'serverBreaks':
        return server.linkNow().canWrite ? () => server.tell({ type: 'writeFailed' }) : null;
      case 'cuts':
        return null;
    }
  }

  /** What the operating system does by itself, sooner or later. */
  #movesOf(child: Child): readonly ChildMove[] {
    const moves: ChildMove[] = [];
    if (child.isOver) return moves;
    const add = (name: string, fairness: MoveInfo['fairness'], act: () => void) =>
      moves.push({ move: this.#options.moves.number({ name, fairness }), act });
    const { leader, exit, told, inputEnded, hasDescendant } = child;
    if (leader === 'starting') add('process: it has started', 'weak', () => this.#started());
    if (child.isSignalled) add('server: the SIGTERM reaches it', 'weak', () => this.#signalServer());
    if (leader === 'dead' && exit !== null && !told.exit) {
      add('process: its exit is told', 'weak', () => this.#tell('exit', { type: 'exited', ...exit }));
    }
    if (leader === 'dead' && told.opened && !told.broken && !inputEnded) {
      add('client: writing fails, since nobody reads', 'none', () => this.#break());
    }
    if (hasDescendant) {
      add('process: what it started ends', 'none', () =>
        this.#settle('alone', (before) => ({ ...before, hasDescendant: false })),
      );
    }
    if (child.isWatched && leader === 'dead' && !hasDescendant && !told.groupGone) {
      add('process: the end of its group is told', 'weak', () => this.#tell('groupGone', { type: 'groupGone' }));
    }
    for (const [timer, generation] of Object.entries(child.timers)) {
      const name = timer as ProcessTimer;
      add(`process: the timer ${name} runs out`, 'weak', () => {
        this.#change(`without ${name}`, (before) => withoutTimer(before, name));
        this.#feed({ type: 'elapsed', name, isKnown: generation === 'known' });
      });
    }
    return moves;
  }

  #started(): void {
    const { frame, client, server, hasDescendant } = this.#options;
    const { link } = client.linkNow();
    // Whoever closed it meanwhile waits for its end alone.
    const isWanted = link === 'opening' || link === 'open';
    this.#change('alive', (child) => ({ ...child, leader: 'alive', hasDescendant }));
    server.begin();
    frame.put(TO_SERVER, EMPTY);
    frame.put(TO_CLIENT, EMPTY);
    if (isWanted) {
      this.#change('opened', (child) => told(child, 'opened'));
      client.tell({ type: 'opened' });
    }
    this.#feed({ type: 'spawned' });
  }

  #cannotStart(): void {
    this.#change('none', (child) => ({ ...child, leader: 'none' }));
    this.#feed({ type: 'spawnFailed', code: 'ENOENT' });
  }

  #signalServer(): void {
    this.#change('signalled', (child) => ({ ...child, isSignalled: false }));
    this.#options.server.tell({ type: 'signalled', signal: 'SIGTERM' });
  }

  #break(): void {
    this.#change('broken', (child) => told(child, 'broken'));
    this.#options.client.tell({ type: 'writeFailed' });
    this.#feed({ type: 'inputBroken' });
  }

  #tell(what: 'exit' | 'groupGone', happening: ProcessHappening): void {
    this.#change(what, (child) => told(child, what));
    this.#feed(happening);
  }

  #endOutput(): void {
    this.#options.frame.push(TO_CLIENT, this.#end);
    this.#change('ended', (child) => ({ ...child, outputEnded: true }));
  }

  #die(exit: NonNullable<Child['exit']>): void {
    this.#settle(`died ${exit.code} ${exit.signal}`, (child) => died(child, exit));
  }

  /** The same, where somebody may die of it: nobody steps a dead server, and an output that nobody can write to has ended. */
  #settle(change: string, make: (child: Child) => Child): void {
    this.#change(change, make);
    const child = this.#child();
    if (child.leader === 'dead') this.#options.server.die();
    if (owesEnd(child)) this.#endOutput();
  }

  #feed(happening: ProcessHappening): void {
    this.#queue.push(happening);
    if (this.#isStepping) return;
    this.#isStepping = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#step(next);
    this.#isStepping = false;
  }

  #step(happening: ProcessHappening): void {
    const { frame, part, stepped } = this.#options;
    const step = part.step(frame.at(PROCESS), part.happening(happening));
    frame.put(PROCESS, step.after);
    stepped(step);
    for (const [index, effect] of step.effects.entries()) this.#perform(effect, `effect ${step.number} ${index}`);
  }

  #perform(effect: ProcessEffect, name: string): void {
    const { frame, client } = this.#options;
    const { inputEnded, told } = this.#child();
    if (effect.type === 'endInput' && !inputEnded) frame.push(TO_SERVER, this.#end);
    this.#settle(name, (child) => noteEffect(child, effect));
    if (effect.type !== 'stopReading' && effect.type !== 'over') return;
    frame.put(TO_CLIENT, UNREAD);
    if (effect.type === 'over') {
      client.tell({ type: 'gone' });
      frame.put(CHILD, this.#number(OVER));
    } else if (told.opened) client.tell({ type: 'ended' });
  }

  #entry(): ChildEntry {
    return this.#children.at(this.#options.frame.at(CHILD));
  }

  #child(): Child {
    return this.#entry().child;
  }

  /** Makes another child of the present one. What `change` names makes the same of the same. */
  #change(change: string, make: (child: Child) => Child): void {
    const { child, changes } = this.#entry();
    let next = changes.get(change);
    if (next === undefined) {
      next = this.#number(make(child));
      changes.set(change, next);
    }
    this.#options.frame.put(CHILD, next);
  }

  #number(child: Child): number {
    return this.#children.numberOf(JSON.stringify(child), () => ({ child, moves: null, changes: new Map() }));
  }
}

interface ChildEntry {
  readonly child: Child;
  /** What may happen to it by itself; made when it is asked for. */
  moves: readonly ChildMove[] | null;
  /** What became of it, by what was done to it. */
  readonly changes: Map<string, number>;
}

interface ChildMove {
  readonly move: number;
  readonly act: () => void;
}
