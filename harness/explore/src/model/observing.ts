import type { Config } from '@mcp-lifeline/core';
import type { Observation } from '../contract.js';
import { observeOpening, observeProcess, observeSession } from '../observe/index.js';
import type { CoreSide } from './core-side.js';
import { type Frame, WATCHERS } from './frame.js';
import { ABSENT, PairTable } from './intern.js';
import type { ProcessPart, ProcessStep } from './process-part.js';
import type { SessionStep } from './session-part.js';
import type { Watching } from './watching.js';

/** Shows the watchers of a world what happens in its frame. Each observation is made once, and only where somebody looks. */
export class Observing {
  readonly #watching: Watching;
  readonly #frame: Frame;
  /** Of steps of a session by what taps remember; of steps of the process, and of moves. */
  readonly #ofSession = { client: new PairTable(), server: new PairTable() };
  readonly #ofProcess: number[] = [];
  readonly #ofMove: number[] = [];
  /** What was observed since the frame was begun. */
  readonly #seen: number[] = [];
  #isLooking: boolean;

  constructor(watching: Watching, frame: Frame) {
    this.#watching = watching;
    this.#frame = frame;
    this.#isLooking = watching.groups.length > 0;
  }

  /** The frame is begun anew. */
  begin(): void {
    this.#seen.length = 0;
  }

  /** Looks on while something is done, whether or not there are watchers. */
  during(act: () => void): void {
    const wasLooking = this.#isLooking;
    this.#isLooking = true;
    act();
    this.#isLooking = wasLooking;
  }

  /** What was observed since the frame was begun, in order. */
  get seen(): readonly Observation[] {
    return this.#seen.map((number) => this.#watching.observed(number));
  }

  /** A session is there, before anything happened to it. */
  opened(config: Config): void {
    if (!this.#isLooking) return;
    this.#see(
      this.#watching.observation({
        part: 'world',
        what: `${config.role}: is opened`,
        events: observeOpening(config),
      }),
    );
  }

  /** A session stepped; `host` is its host before that. */
  sessionStepped(side: CoreSide, step: SessionStep, host: number): void {
    if (!this.#isLooking) return;
    const { tapped } = side.hosts.entries.at(host);
    const table = this.#ofSession[side.role];
    let number = table.get(step.number, tapped);
    if (number === ABSENT) {
      number = this.#watching.observation(sessionSeen(side, step, tapped));
      table.set(step.number, tapped, number);
    }
    this.#see(number);
  }

  /** The core of the process stepped. */
  processStepped(part: ProcessPart, step: ProcessStep): void {
    if (!this.#isLooking) return;
    this.#ofProcess[step.number] ??= this.#watching.observation(processSeen(part, step));
    this.#see(this.#ofProcess[step.number] as number);
  }

  /** A move was made, of which nothing may have been observed: then it is told itself. */
  moved(move: number, name: string): void {
    if (!this.#isLooking || this.#seen.length > 0) return;
    this.#ofMove[move] ??= this.#watching.observation({ part: 'world', what: name, events: [] });
    this.#see(this.#ofMove[move]);
  }

  #see(observation: number): void {
    this.#seen.push(observation);
    this.#frame.put(WATCHERS, this.#watching.see(this.#frame.at(WATCHERS), observation));
  }
}

function sessionSeen(side: CoreSide, step: SessionStep, tapped: number): Observation {
  const { input, effects } = side.part.deeds.at(step.deed);
  const [, events] = observeSession(side.role, side.hosts.tapped.at(tapped), input, effects);
  const before = side.part.locals.at(step.before).seen;
  const after = side.part.locals.at(step.after).seen;
  return { part: side.role, input, effects, before, after, events };
}

function processSeen(part: ProcessPart, { before, after, input, effects }: ProcessStep): Observation {
  const seen = { before: part.locals.at(before).seen, after: part.locals.at(after).seen };
  return { part: 'process', input, effects, ...seen, events: observeProcess(input, effects) };
}
