import { type Bench, playScenario, type Run } from './run.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Toolbox } from './toolbox.js';

/** A scenario to be played, and the version it offers. */
export interface Task {
  readonly scenario: Scenario;
  readonly offer: string;
}

/** Who wants to know what is played. */
export interface Audience {
  /** Called before each scenario; `total` is what is foreseen by now. */
  readonly onStart?:
    | ((run: { readonly id: string; readonly index: number; readonly total: number }) => void)
    | undefined;
  /** Called with each run as soon as it is over. */
  readonly onRun?: ((run: Run) => void) | undefined;
}

/** Plays scenarios, a bounded number of them side by side, each on a process of its own. */
export class Player {
  readonly #bench: Bench;
  readonly #audience: Audience;
  readonly #jobs: number;
  readonly #runs: Run[] = [];
  #started = 0;
  #total = 0;

  constructor(bench: Bench, audience: Audience, jobs: number) {
    this.#bench = bench;
    this.#audience = audience;
    this.#jobs = jobs;
  }

  /** Every run that is over: in the order in which they were asked for, not in that in which they ended. */
  get runs(): readonly Run[] {
    return this.#runs;
  }

  get interrupted(): boolean {
    return this.#bench.signal?.aborted === true;
  }

  /** Says how many runs more are to come. */
  foresee(more: number): void {
    this.#total = this.#started + more;
  }

  /** Plays one scenario; null when the whole check was interrupted before. */
  async play(task: Task, tools: Toolbox): Promise<Run | null> {
    const [run = null] = await this.playAll([task], tools);
    return run;
  }

  /** Plays all of them; those that an interruption left out are missing from the result. */
  async playAll(tasks: readonly Task[], tools: Toolbox): Promise<readonly Run[]> {
    const played: (Run | undefined)[] = [];
    const failures: unknown[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < tasks.length && !this.interrupted && failures.length === 0) {
        const index = next;
        next += 1;
        const task = tasks[index];
        if (task !== undefined) played[index] = await this.#playOne(task, tools);
      }
    };
    // Whatever goes on beside one that failed is waited for: no process of it may outlive this.
    const workers = Array.from({ length: Math.min(this.#jobs, tasks.length) }, () =>
      work().catch((error: unknown) => void failures.push(error)),
    );
    await Promise.all(workers);
    if (failures.length > 0) throw failures[0];
    const runs = played.filter((run) => run !== undefined);
    this.#runs.push(...runs);
    return runs;
  }

  async #playOne({ scenario, offer }: Task, tools: Toolbox): Promise<Run> {
    this.#started += 1;
    const total = Math.max(this.#started, this.#total);
    this.#audience.onStart?.({ id: `${scenario.id}@${offer}`, index: this.#started, total });
    const run = await playScenario(this.#bench, scenario, offer, tools);
    this.#audience.onRun?.(run);
    return run;
  }
}
