import type { Channels } from './channel.js';
import { type Faults, FaultTable } from './faults.js';
import { FAULTS, type Frame } from './frame.js';
import type { Link, LinkFault, Try } from './link.js';
import type { MoveTable } from './move-table.js';
import type { Side } from './side.js';

/** What may go wrong in a world, as moves that nobody promises. */
export class FaultMoves {
  readonly #table = new FaultTable();
  readonly #initial: Faults;
  readonly #frame: Frame;
  readonly #channels: Channels;
  readonly #link: Link;
  readonly #sides: readonly [client: Side, server: Side];
  readonly #moves: MoveTable;
  readonly #garbage: number;

  constructor(
    initial: Faults,
    frame: Frame,
    link: Link,
    sides: readonly [client: Side, server: Side],
    moves: MoveTable,
  ) {
    this.#initial = initial;
    this.#frame = frame;
    this.#channels = frame.channels;
    this.#link = link;
    this.#sides = sides;
    this.#moves = moves;
    this.#garbage = this.#channels.item({ kind: 'garbled', why: 'notJson' });
  }

  begin(): void {
    this.#frame.put(FAULTS, this.#table.initial(this.#initial));
  }

  expand(begin: () => void, done: Try): void {
    for (const kind of this.#table.kinds(this.#frame.at(FAULTS))) {
      for (const { name, act } of this.#ofKind(kind)) {
        begin();
        this.#frame.put(FAULTS, this.#table.after(this.#frame.at(FAULTS), kind));
        act();
        done(this.#moves.number({ name, fairness: 'none' }));
      }
      begin();
    }
  }

  #ofKind(kind: keyof Faults): readonly Failure[] {
    switch (kind) {
      case 'garbage':
        return this.#sides.flatMap((side) => this.#garbageTo(side));
      case 'losses':
      case 'duplicates':
      case 'swaps':
        return this.#sides.flatMap((side) => this.#inChannelTo(side, kind));
      default:
        return this.#inLink(kind);
    }
  }

  #inLink(fault: LinkFault): readonly Failure[] {
    const act = this.#link.failure(fault);
    return act === null ? [] : [{ name: LINK_FAULTS[fault], act }];
  }

  /** It comes behind what was sent before. */
  #garbageTo(side: Side): readonly Failure[] {
    const other = side === this.#sides[0] ? this.#sides[1] : this.#sides[0];
    const { link, canWrite } = other.linkNow();
    if (side.isScript || link !== 'open' || !canWrite) return [];
    const act = () => this.#frame.push(side.inbox, this.#garbage);
    return [{ name: `${other.role}: sends what is no message`, act }];
  }

  /** What happens to the oldest message, and to the next. An end is never lost, and nothing overtakes it. */
  #inChannelTo(side: Side, fault: 'losses' | 'duplicates' | 'swaps'): readonly Failure[] {
    const { items } = this.#channels.at(this.#frame.at(side.inbox));
    const [first, second, ...rest] = items;
    if (first === undefined || !this.#isMessage(first)) return [];
    const put = (content: readonly number[]) => () => this.#frame.put(side.inbox, this.#channels.of(content));
    if (fault === 'losses') return [{ name: `${side.role}: a message to it gets lost`, act: put(items.slice(1)) }];
    if (fault === 'duplicates') {
      return [{ name: `${side.role}: a message to it comes twice`, act: put([first, ...items]) }];
    }
    if (second === undefined || !this.#isMessage(second)) return [];
    return [{ name: `${side.role}: a message to it overtakes another`, act: put([second, first, ...rest]) }];
  }

  #isMessage(item: number): boolean {
    return this.#channels.items.at(item).kind === 'message';
  }
}

interface Failure {
  readonly name: string;
  readonly act: () => void;
}

const LINK_FAULTS: { readonly [F in LinkFault]: string } = {
  unopened: 'client: the channel cannot be opened',
  cuts: 'client: the channel breaks in both directions',
  crashes: 'server: its process crashes',
  breaks: 'client: writing fails',
  serverBreaks: 'server: writing fails',
};
