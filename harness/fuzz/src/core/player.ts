import type { Config, Effect, Input, State, TimerName } from '@mcp-lifeline/core';
import type { Saved } from '@mcp-lifeline/core/saving';
import { Application, type Happening } from './application.js';
import { checkState, StepRules } from './assertions.js';
import type { Side } from './case.js';
import { Account } from './reference/account.js';
import type { WholeSubject } from './subject.js';
import { type Arming, TimerBook } from './timer-book.js';
import { inWords, Violation, violate } from './violation.js';

/** One step of one core. */
export interface PlayedStep {
  readonly side: Side;
  readonly input: Input;
  readonly effects: readonly Effect[];
}

/** One core with its timers and its application, and with everything that is checked of each of its steps. */
export class Player {
  readonly side: Side;
  readonly config: Config;
  readonly timers = new TimerBook<TimerName>();
  readonly application: Application;
  readonly account: Account;
  /** What it waits for because an effect asked for it. */
  readonly pending: Happening[] = [];
  /** When any byte last came in, in ms. */
  heardAt: number;
  canWrite = true;
  /** It has told the other side that nothing more comes. */
  hasEnded = false;
  /** Nothing steps it any more. */
  isDead = false;
  isClosed = false;
  readonly #subject: WholeSubject;
  readonly #rules = new StepRules();
  readonly #isHonest: boolean;
  #state: State;
  /** The same session, never saved and restored; null as long as the other was not either. */
  #twin: State | null = null;
  /** How far the clock of the restored session is ahead, in ms. */
  #shiftMs = 0;
  #steps = 0;

  constructor(subject: WholeSubject, config: Config, now: number, isHonest: boolean) {
    this.side = config.role;
    this.config = config;
    this.heardAt = now;
    this.#subject = subject;
    this.#isHonest = isHonest;
    this.application = new Application(isHonest);
    this.account = new Account(config, now);
    const [state, effects] = subject.open(config, now);
    this.#state = state;
    this.#rules.check({ type: 'start', now }, effects);
  }

  /** Steps it at a time in ms, and checks the step. */
  take(happening: Happening, now: number): PlayedStep {
    const input = { ...happening, now } as Input;
    const isStale = input.type === 'elapsed' && !this.timers.isArmed(input.name, input.generation);
    const [state, ahead] = this.#step(this.#state, this.#shifted(input));
    this.#state = state;
    const effects = this.#shiftMs === 0 ? ahead : ahead.map((effect) => shiftBack(effect, this.#shiftMs));
    this.#compareTwin(input, effects);
    if (input.type === 'elapsed' && !isStale) this.timers.expire(input.name);
    for (const effect of effects) this.#note(effect, now);
    this.#rules.check(input, effects);
    this.account.take(input, effects, isStale);
    this.application.take(effects);
    this.#steps += 1;
    // What was given up is remembered, and to save thousands of those after each step is slow.
    if (this.account.calls.forgone < FEW || this.#steps % SELDOM === 0) this.#checkState();
    return { side: this.side, input, effects };
  }

  /** Asks for what no state allows: it throws, and changes nothing. */
  misuse(happening: Happening, now: number): void {
    const input = this.#shifted({ ...happening, now } as Input);
    try {
      this.#subject.step(this.#state, input);
    } catch (error) {
      // By its name: a core may bring a class of its own.
      if (error instanceof Error && error.name === 'LocalProtocolError') return;
      violate(`${inWords(happening)} throws ${String(error)}`);
    }
    violate(`${inWords(happening)} is let pass`);
  }

  /** Saves it, writes that as JSON, and restores what can be read of it, on a clock that is so much further ahead. */
  restore(shiftMs: number): void {
    this.#twin ??= this.#state;
    const saved = this.#subject.save(this.#state);
    const read = JSON.parse(JSON.stringify(saved)) as Saved;
    const [state, armings] = this.#subject.restore(read, read.now + shiftMs);
    this.#state = state;
    this.#shiftMs += shiftMs;
    const armed = armings.map((effect) =>
      effect.type === 'arm' ? effect : violate(`restored it asks for ${effect.type}`),
    );
    this.timers.compare(armed, this.#shiftMs);
  }

  #step(state: State, input: Input): readonly [State, readonly Effect[]] {
    try {
      return this.#subject.step(state, input);
    } catch (error) {
      throw error instanceof Violation
        ? error
        : new Violation(`the step for ${inWords(input)} throws ${String(error)}`);
    }
  }

  #compareTwin(input: Input, effects: readonly Effect[]): void {
    if (this.#twin === null) return;
    const [twin, alike] = this.#step(this.#twin, input);
    this.#twin = twin;
    // Equal on the wire: an id may be -0, which JSON does not tell from 0.
    const [one, other] = [JSON.stringify(effects), JSON.stringify(alike)];
    if (one !== other) violate(`restored, ${inWords(input)} asks for ${one}, and else for ${other}`);
  }

  #shifted(input: Input): Input {
    if (this.#shiftMs === 0) return input;
    const now = input.now + this.#shiftMs;
    return input.type === 'elapsed' ? { ...input, now, heard: input.heard + this.#shiftMs } : { ...input, now };
  }

  #note(effect: Effect, now: number): void {
    if (effect.type === 'arm') {
      if (effect.at < now) violate(`${effect.name} is armed for ${effect.at}, which is past at ${now}`);
      this.timers.arm(effect);
    } else if (effect.type === 'disarm') {
      this.timers.disarm(effect.name);
    } else if (effect.type === 'phase') {
      if (effect.phase === 'closed') this.isClosed = true;
    } else if (effect.type === 'report' && this.#isHonest) {
      const { blame, code } = effect.fault;
      const isBlamed = blame === 'peer' && !INNOCENT.includes(code);
      const isForgotten = this.account.calls.forgone > REMEMBERED && LATE.includes(code);
      if (isBlamed && !isForgotten) violate(`an honest peer is blamed: ${inWords(effect.fault)}`);
    }
  }

  #checkState(): void {
    const saved = this.#subject.save(this.#state);
    checkState(saved, this.config, this.account);
    const armed = Object.entries(saved.timers).map(([name, timer]): Arming<TimerName> => {
      return { name: name as TimerName, ...timer };
    });
    this.timers.compare(armed, this.#shiftMs);
    if (this.isClosed && armed.length > 0) violate(`once it is closed, ${inWords(armed)} are armed`);
  }
}

/** What even an honest peer may be blamed for: to be slow, silent, of another time, or to ask for much. */
const INNOCENT: readonly string[] = ['slowStart', 'missedPong', 'unsupportedRevision', 'tooMany', 'garbled'];

/** What an answer counts as that comes too late to be remembered: see docs/limits.md. */
const LATE: readonly string[] = ['duplicateAnswer', 'unknownProgress'];
const REMEMBERED = 1_024;

const FEW = 64;
const SELDOM = 32;

function shiftBack(effect: Effect, shiftMs: number): Effect {
  return effect.type === 'arm' ? { ...effect, at: effect.at - shiftMs } : effect;
}
