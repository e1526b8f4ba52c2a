import type { Case } from './act.js';
import { legalized } from './legal.js';
import type { Means } from './means.js';
import { simpler } from './simpler.js';

/** What shrinking may take. */
export interface ShrinkBounds {
  /** No trial is begun after so long, in ms. */
  readonly withinMs: number;
  readonly trials: number;
  /** How many trials go on side by side. */
  readonly jobs: number;
}

/** The smallest case that was found. */
export interface Shrunk {
  readonly case: Case;
  /** Whether nothing smaller was left to try. */
  readonly isMinimal: boolean;
}

/**
 * Makes a case smaller as long as it still shows the same: acts are left out, first many at a time and then one by one
 * (Zeller's ddmin), and what is left is made plainer.
 * @param shows whether a case shows it
 */
export async function shrink(
  whole: Case,
  means: Means,
  bounds: ShrinkBounds,
  shows: (one: Case) => Promise<boolean>,
): Promise<Shrunk> {
  return new Shrinker(whole, means, bounds, shows).run();
}

class Shrinker {
  readonly #means: Means;
  readonly #bounds: ShrinkBounds;
  readonly #shows: (one: Case) => Promise<boolean>;
  readonly #startedAt = performance.now();
  readonly #tried = new Set<string>();
  #best: Case;
  #trials = 0;

  constructor(whole: Case, means: Means, bounds: ShrinkBounds, shows: (one: Case) => Promise<boolean>) {
    this.#best = whole;
    this.#means = means;
    this.#bounds = bounds;
    this.#shows = shows;
    this.#tried.add(JSON.stringify(whole));
  }

  async run(): Promise<Shrunk> {
    for (let isSmaller = true; isSmaller && !this.#isSpent; ) {
      const before = this.#best;
      await this.#leaveOut();
      while (await this.#isBetter(simpler(this.#best))) {}
      isSmaller = this.#best !== before;
    }
    return { case: this.#best, isMinimal: !this.#isSpent };
  }

  get #isSpent(): boolean {
    return this.#trials >= this.#bounds.trials || performance.now() - this.#startedAt > this.#bounds.withinMs;
  }

  /** Chunks of half of the acts, then of a quarter, and at last single ones until none can be left out. */
  async #leaveOut(): Promise<void> {
    for (let size = Math.ceil(this.#best.acts.length / 2); size >= 1; ) {
      const isSmaller = await this.#isBetter(withoutChunks(this.#best, size));
      if (size === 1 && !isSmaller) return;
      if (!isSmaller) size = Math.floor(size / 2);
      else size = Math.max(1, Math.min(size, Math.ceil(this.#best.acts.length / 2)));
    }
  }

  /** Tries cases that were not tried yet, a few at a time: the first of them that shows the same is the best one now. */
  async #isBetter(candidates: Iterable<Case>): Promise<boolean> {
    let batch: Case[] = [];
    for (const candidate of candidates) {
      const legal = legalized(candidate, this.#means);
      if (legal === null || !this.#isNew(legal)) continue;
      batch.push(legal);
      if (batch.length < this.#bounds.jobs) continue;
      if (await this.#isBetterOf(batch)) return true;
      batch = [];
    }
    return this.#isBetterOf(batch);
  }

  #isNew(one: Case): boolean {
    const key = JSON.stringify(one);
    return !this.#tried.has(key) && this.#tried.add(key).has(key);
  }

  async #isBetterOf(batch: readonly Case[]): Promise<boolean> {
    if (batch.length === 0 || this.#isSpent) return false;
    this.#trials += batch.length;
    const shown = await Promise.all(batch.map((one) => this.#shows(one)));
    const better = batch[shown.indexOf(true)];
    if (better === undefined) return false;
    this.#best = better;
    // What was tried beside it and shows the same may lead further.
    batch.forEach((one, index) => {
      if (shown[index] === true && one !== better) this.#tried.delete(JSON.stringify(one));
    });
    return true;
  }
}

/** From the end on: what comes late is most often what is not needed. */
function* withoutChunks(one: Case, size: number): Generator<Case> {
  const { acts } = one;
  for (let end = acts.length; end > 0; end -= size) {
    const start = Math.max(0, end - size);
    yield { ...one, acts: acts.toSpliced(start, end - start) };
  }
}
