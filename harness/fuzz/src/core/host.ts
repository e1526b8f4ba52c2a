import type { ProcessEffect, ProcessInput, ProcessState, ProcessTimer, SavedProcess } from '@mcp-lifeline/core/process';
import type { Descendant } from './case.js';
import { LADDER } from './case.js';
import type { WholeSubject } from './subject.js';
import { type Arming, TimerBook } from './timer-book.js';
import { inWords, Violation, violate } from './violation.js';

/** An input of the process core without its time. */
export type ProcessHappening = ProcessInput extends infer I ? (I extends ProcessInput ? Omit<I, 'now'> : never) : never;

/** One step of the process core. */
export interface HostStep {
  readonly input: ProcessInput;
  readonly effects: readonly ProcessEffect[];
}

/** The process core with its timers, the process that it leads, and what is checked of each of its steps. */
export class Host {
  readonly timers = new TimerBook<ProcessTimer>();
  /** What it waits for because an effect asked for it, or because it happened to the process. */
  readonly pending: ProcessHappening[] = [];
  isOver = false;
  /** The leader of the group lives. */
  isAlive = false;
  /** What the leader started, as long as it lives. */
  descendant: Descendant;
  readonly #subject: WholeSubject;
  readonly #done = new Set<string>();
  #isWatching = false;
  #state: ProcessState;
  #twin: ProcessState | null = null;
  #shiftMs = 0;

  constructor(subject: WholeSubject, descendant: Descendant, now: number) {
    this.#subject = subject;
    this.descendant = descendant;
    this.#state = subject.openProcess(LADDER, now);
  }

  /** Whether nobody of the group lives, so that the output has ended. */
  get isGroupGone(): boolean {
    return !this.isAlive && this.descendant === 'none';
  }

  get hasStarted(): boolean {
    return this.#done.has('spawn');
  }

  /** Steps it at a time in ms, and checks the step. */
  take(happening: ProcessHappening, now: number): HostStep {
    const input = { ...happening, now } as ProcessInput;
    const isStale = input.type === 'elapsed' && !this.timers.isArmed(input.name, input.generation);
    const [state, ahead] = this.#step(this.#state, { ...input, now: now + this.#shiftMs });
    this.#state = state;
    const effects = ahead.map((effect) => shiftBack(effect, this.#shiftMs));
    this.#compareTwin(input, effects);
    if (isStale && effects.length > 0) violate(`a stale expiry of ${inWords(input)} asks for ${inWords(effects)}`);
    if (this.isOver && effects.length > 0) violate(`once it is over, ${inWords(input)} asks for ${inWords(effects)}`);
    if (input.type === 'elapsed' && !isStale) this.timers.expire(input.name);
    for (const effect of effects) this.#note(effect);
    this.timers.compare(armedIn(this.#subject.saveProcess(this.#state)), this.#shiftMs);
    return { input, effects };
  }

  /** As a player is restored. */
  restore(shiftMs: number): void {
    this.#twin ??= this.#state;
    const saved = JSON.parse(JSON.stringify(this.#subject.saveProcess(this.#state))) as SavedProcess;
    const [state, armings] = this.#subject.restoreProcess(saved, saved.now + shiftMs);
    this.#state = state;
    this.#shiftMs += shiftMs;
    const armed = armings.map((effect) =>
      effect.type === 'arm' ? effect : violate(`restored it asks for ${effect.type}`),
    );
    this.timers.compare(armed, this.#shiftMs);
  }

  /** The leader is gone; what it started may live on. */
  leaderGone(code: number | null, signal: string | null): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    this.pending.push({ type: 'exited', code, signal });
    this.#mayTellGroup();
  }

  /** A signal reaches the group: what it does to the descendant. */
  signalDescendant(signal: 'SIGTERM' | 'SIGKILL'): void {
    const dies = signal === 'SIGKILL' ? this.descendant !== 'forever' : this.descendant === 'untilTerm';
    if (dies) this.descendant = 'none';
    this.#mayTellGroup();
  }

  /** The core wants to know when nobody of the group lives. */
  watch(): void {
    this.#isWatching = true;
    this.#mayTellGroup();
  }

  #mayTellGroup(): void {
    if (!this.#isWatching || !this.isGroupGone) return;
    this.#isWatching = false;
    this.pending.push({ type: 'groupGone' });
  }

  #step(state: ProcessState, input: ProcessInput): readonly [ProcessState, readonly ProcessEffect[]] {
    try {
      return this.#subject.stepProcess(state, input);
    } catch (error) {
      throw new Violation(`the step for ${inWords(input)} throws ${String(error)}`);
    }
  }

  #compareTwin(input: ProcessInput, effects: readonly ProcessEffect[]): void {
    if (this.#twin === null) return;
    const [twin, alike] = this.#step(this.#twin, input);
    this.#twin = twin;
    const [one, other] = [JSON.stringify(effects), JSON.stringify(alike)];
    if (one !== other) violate(`restored, ${inWords(input)} asks for ${one}, and else for ${other}`);
  }

  #note(effect: ProcessEffect): void {
    if (this.isOver) violate(`${inWords(effect)} behind the end`);
    if (effect.type === 'arm') {
      this.timers.arm(effect);
      return;
    }
    if (effect.type === 'disarm') {
      this.timers.disarm(effect.name);
      return;
    }
    const name = effect.type === 'signalGroup' ? effect.signal : effect.type;
    if (this.#done.has(name)) violate(`${name} for the second time`);
    if (name === 'SIGTERM' && this.#done.has('SIGKILL')) violate('SIGTERM after SIGKILL');
    this.#done.add(name);
    if (effect.type !== 'over') return;
    this.isOver = true;
    if (this.timers.size > 0) violate('it is over, and a timer is armed');
    const isLeft = effect.how === 'reaped' && !this.isGroupGone;
    if (isLeft) violate('it counts as reaped, and somebody of the group lives');
  }
}

function shiftBack(effect: ProcessEffect, shiftMs: number): ProcessEffect {
  return effect.type === 'arm' ? { ...effect, at: effect.at - shiftMs } : effect;
}

function armedIn({ timers }: SavedProcess): readonly Arming<ProcessTimer>[] {
  return Object.entries(timers).map(([name, timer]) => ({ name: name as ProcessTimer, ...timer }));
}
