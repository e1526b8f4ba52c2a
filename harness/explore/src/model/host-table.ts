import type { TimerName } from '@mcp-lifeline/core';
import type { Tapped } from '../observe/tapped.js';
import { applicationMoves, budgetOf, type HostMove, type Plan, type PlannedCall } from './application.js';
import type { Channels } from './channel.js';
import type { Happening } from './happening.js';
import { type Command, deadHost, fold, type Host, newHost } from './host.js';
import { ABSENT, Interner, PairTable } from './intern.js';
import type { MoveTable } from './move-table.js';
import type { SessionPart } from './session-part.js';
import type { Role } from './wire-ids.js';

/** A host, and what follows from it alone. */
export interface HostEntry {
  readonly host: Host;
  /** The keys of its calls, as bits: each is the slot of the request that it became. */
  readonly keys: number;
  /** The handles of its handlers, as bits. */
  readonly handles: number;
  /** What taps remember, by number. */
  readonly tapped: number;
  /** What it can bring about; made when it is asked for. */
  moves: readonly HostAction[] | null;
}

/** A move of a host, in numbers. */
export interface HostAction {
  readonly move: number;
  /** What happens; {@link ABSENT} for a call, which has no key yet. */
  readonly happening: number;
  readonly call: PlannedCall | null;
  /** The end of an interval of keepalive. */
  readonly endsInterval: boolean;
  readonly host: number;
}

/** What the effects of a step come to, in numbers. */
export interface HostOutcome {
  readonly host: number;
  readonly written: readonly number[];
  readonly commands: readonly Command[];
}

/** What a configuration says of the environment of one core. */
export interface HostOptions {
  readonly role: Role;
  readonly plan: Plan;
  /** Whether the channel opens by itself, and not with a process. */
  readonly opensAlone: boolean;
}

/** All hosts of one side that are ever met, by number. */
export class HostTable {
  readonly entries = new Interner<HostEntry>();
  readonly tapped = new Interner<Tapped>();
  readonly #options: HostOptions;
  readonly #part: SessionPart;
  readonly #channels: Channels;
  readonly #moves: MoveTable;
  readonly #outcomeOf = new PairTable();
  readonly #outcomes: HostOutcome[] = [];
  #initial: number | undefined;
  #dead: number | undefined;

  constructor(options: HostOptions, part: SessionPart, channels: Channels, moves: MoveTable) {
    this.#options = options;
    this.#part = part;
    this.#channels = channels;
    this.#moves = moves;
  }

  /** The host before anything happened. */
  initial(): number {
    const { role, plan } = this.#options;
    this.#initial ??= this.number(newHost(role, budgetOf(plan, role)));
    return this.#initial;
  }

  /** What is left of it when its process is gone. */
  dead(): number {
    this.#dead ??= this.number(deadHost(this.#options.role));
    return this.#dead;
  }

  number(host: Host): number {
    return this.entries.numberOf(JSON.stringify(host), () => ({
      host,
      keys: bits(host.calls),
      handles: bits(host.handlers.map(({ handle }) => handle)),
      tapped: this.tapped.numberOf(JSON.stringify(host.tapped), () => host.tapped),
      moves: null,
    }));
  }

  at(number: number): Host {
    return this.entries.at(number).host;
  }

  /** What a host can bring about now, in a fixed order. */
  moves(number: number): readonly HostAction[] {
    const entry = this.entries.at(number);
    entry.moves ??= this.#movesOf(entry.host).map((move) => this.#action(move));
    return entry.moves;
  }

  /** What comes of a deed of the core. */
  fold(host: number, deed: number): HostOutcome {
    const known = this.#outcomeOf.get(host, deed);
    if (known !== ABSENT) return this.#outcomes[known] as HostOutcome;
    const { plan } = this.#options;
    const manners = { keepsAborted: plan.answering.aborted, afterEnd: plan.afterEnd };
    const folded = fold(this.at(host), this.#part.deeds.at(deed), manners);
    const outcome = {
      host: this.number(folded.host),
      written: folded.written.map((json) => this.#channels.item({ kind: 'message', json })),
      commands: folded.commands,
    };
    this.#outcomeOf.set(host, deed, this.#outcomes.length);
    this.#outcomes.push(outcome);
    return outcome;
  }

  #action({ name, fairness, happening, host }: HostMove): HostAction {
    const move = this.#moves.number({ name, fairness });
    const next = this.number(host);
    if ('most' in happening) return { move, happening: ABSENT, call: happening, endsInterval: false, host: next };
    const endsInterval = happening.type === 'elapsed' && happening.name === 'keepalive';
    return { move, happening: this.#part.happening(happening), call: null, endsInterval, host: next };
  }

  #movesOf(host: Host): readonly HostMove[] {
    const { role, plan, opensAlone } = this.#options;
    if (host.isDead) return [];
    const moves = [...applicationMoves(role, plan, host), ...timerMoves(role, host)];
    if (opensAlone && host.link === 'opening') {
      moves.push({ name: `${role}: the channel is open`, fairness: 'weak', happening: { type: 'opened' }, host });
    }
    return moves;
  }
}

/** Each timer that was asked for may run out at any moment. */
function timerMoves(role: Role, host: Host): HostMove[] {
  return Object.entries(host.timers).flatMap(([timer, generation]) => {
    const name = timer as TimerName;
    const hasHeard = name === 'keepalive' && host.hasHeard;
    const elapsed = (when: 'due' | 'late' | 'stale'): Happening => ({ type: 'elapsed', name, hasHeard, when });
    const move = { name: `${role}: the timer ${name} runs out`, fairness: 'weak', host } as const;
    if (generation === 'unknown') return [{ ...move, happening: elapsed('stale') }];
    const moves: HostMove[] = [{ ...move, happening: elapsed('due') }];
    // So late that every deadline has passed.
    if (name === 'calls') {
      moves.push({ ...move, name: `${move.name} late`, fairness: 'none', happening: elapsed('late') });
    }
    return moves;
  });
}

function bits(places: readonly number[]): number {
  return places.reduce((set, place) => set | (1 << place), 0);
}
