import type { Row } from '@mcp-lifeline/check';
import type { Revision } from '@mcp-lifeline/specs';
import type { Case } from './act.js';
import type { Carrier } from './carrier.js';
import { embeds } from './embeds.js';
import { type Examined, Examiner, type Prepared } from './examine.js';
import { Faults } from './faults.js';
import { generate } from './generate.js';
import { confirm, investigate, type Office, type Violation } from './investigate.js';
import type { Broken } from './judge-run.js';
import { BATCH_REVISION, legalized } from './legal.js';
import { legalTransitions, reachableStates, type Transition } from './lifecycle.js';
import type { Means } from './means.js';
import type { Coverage, FuzzProgress } from './progress.js';
import { Reached } from './reached.js';
import { Tally } from './rows.js';

/** How a campaign is led. */
export interface CampaignOptions {
  readonly carrier: Carrier;
  readonly means: Means;
  readonly offers: readonly Revision[];
  readonly seed: number;
  readonly runs: number;
  readonly withinMs: number;
  readonly jobs: number;
  readonly scale: number;
  readonly shrinkMs: number;
  readonly isEnough: (violations: readonly Violation[]) => boolean;
  readonly isInterrupted: () => boolean;
  readonly onProgress: (progress: FuzzProgress) => void;
}

/** What came of it. */
export interface CampaignEnd {
  readonly rows: readonly Row[];
  readonly violations: readonly Violation[];
  readonly runs: number;
  readonly processes: number;
  readonly coverage: Coverage;
}

interface News {
  readonly found: Examined;
  readonly what: Broken;
}

/** A case is tried no more often than this to make it smaller. */
const TRIALS = 400;
/** One server in so many is not started ahead. */
const COLD_START = 4;
/** So much of what may be a consequence of something else is looked into in the end. */
const MOST_DEFERRED = 3;
/** What rested on time alone and did not come again, or was explained by what is known, so often is let be. */
const MOST_DOUBTS = 3;

/** Random cases on one server, until there are enough; what one of them shows is looked into at once. */
export class Campaign {
  readonly #options: CampaignOptions;
  readonly #examiner: Examiner;
  readonly #office: Office;
  readonly #tallies: ReadonlyMap<Revision, Tally>;
  readonly #legal: readonly Transition[];
  /** What the cases lead to as far as can be foreseen: by this they are steered, so that a seed makes the same again. */
  readonly #foreseen = new Reached();
  /** What they led to. */
  readonly #reached = new Reached();
  readonly #faults = new Faults();
  readonly #doubts = new Map<string, number>();
  /** What is to be looked into as soon as nothing else runs. */
  readonly #news: News[] = [];
  /** What was seen only together with what is known already, and so may be a consequence of that: it comes last. */
  readonly #deferred = new Map<string, News>();
  readonly #startedAt = performance.now();
  #begun = 0;
  #done = 0;

  constructor(options: CampaignOptions) {
    const { carrier, means, scale, shrinkMs, offers, isInterrupted } = options;
    this.#options = options;
    this.#examiner = new Examiner(carrier, means, scale);
    this.#office = {
      examiner: this.#examiner,
      means,
      bounds: { withinMs: shrinkMs, trials: TRIALS, jobs: options.jobs },
      isKnown: (id) => this.#faults.isKnown(id),
      isInterrupted,
    };
    this.#tallies = new Map(offers.map((offer) => [offer, new Tally(offer)]));
    this.#legal = legalTransitions(means, offers.includes(BATCH_REVISION));
  }

  /**
   * Runs cases, several side by side; a fault is looked into while nothing else runs.
   * @returns true
   */
  async run(): Promise<true> {
    const { jobs, isInterrupted } = this.#options;
    while (!this.#isEnough && !isInterrupted()) {
      const failures: unknown[] = [];
      // Whatever goes on beside one that failed is waited for: no process of it may outlive this.
      const lanes = Array.from({ length: jobs }, () =>
        this.#lane().catch((error: unknown) => void failures.push(error)),
      );
      await Promise.all(lanes);
      if (failures.length > 0) throw failures[0];
      await this.#lookIntoAll(this.#news.splice(0));
    }
    await this.#lookIntoAll([...this.#deferred.values()].slice(0, MOST_DEFERRED));
    return true;
  }

  /**
   * Runs one case, as often as it takes to say how often it shows what.
   * @returns false when it cannot be run as it is: the server lacks what it asks for, or it is no legal case
   */
  async replay(one: Case): Promise<boolean> {
    if (JSON.stringify(legalized(one, this.#options.means)) !== JSON.stringify(one)) return false;
    const claim = { seen: null, symptom: null, foundIn: one.acts.length, isMinimal: false };
    const outcome = await confirm(one, claim, this.#office, (examined) => this.#count(examined));
    if (outcome.is === 'violation') this.#faults.keep(outcome.violation);
    return true;
  }

  /** What came of it so far. */
  get end(): CampaignEnd {
    return {
      rows: [...this.#tallies.values()].flatMap((tally) => tally.rows(this.#faults.all)),
      violations: this.#faults.all,
      runs: this.#done,
      processes: this.#examiner.count,
      coverage: this.#coverage,
    };
  }

  get #isEnough(): boolean {
    const { runs, withinMs, isEnough } = this.#options;
    if (isEnough(this.#faults.all)) return true;
    return this.#begun >= runs || performance.now() - this.#startedAt >= withinMs;
  }

  /** Nothing more is looked into either. */
  get #isOver(): boolean {
    const { isEnough, isInterrupted } = this.#options;
    return isInterrupted() || isEnough(this.#faults.all);
  }

  get #coverage(): Coverage {
    const states = reachableStates(this.#options.means);
    return {
      states: { reached: states.filter((state) => this.#reached.hasState(state)).length, of: states.length },
      transitions: { reached: this.#reached.countOf(this.#legal), of: this.#legal.length },
    };
  }

  async #lane(): Promise<void> {
    let next = this.#next();
    while (next !== null) {
      const now = next;
      // A server takes its time to start, and a case to wait: both can be done at once. Some are not started ahead, so that
      // what is sent while they start is seen as well.
      const isAhead = this.#begun % COLD_START !== 0;
      next = isAhead ? this.#next() : null;
      try {
        const examined = await this.#examiner.examine(now);
        if (!this.#options.isInterrupted()) this.#take(examined);
      } catch (error) {
        await next?.open.finish('kill');
        throw error;
      }
      if (!isAhead) next = this.#next();
    }
  }

  /** The next case, its server about to start; null when there is to be none. */
  #next(): Prepared | null {
    const { means, offers, seed, isInterrupted } = this.#options;
    if (this.#isEnough || this.#news.length > 0 || isInterrupted()) return null;
    const one = generate({ means, offers }, seedOf(seed, this.#begun), this.#foreseen);
    this.#begun += 1;
    // What hangs was found already: it need not be waited for again.
    const isKnownToHang = this.#faults.all.some(({ broken }) => broken.some(({ certainty }) => certainty === 'timed'));
    return this.#examiner.prepare(one, isKnownToHang ? 'hurry' : 'look');
  }

  #take(found: Examined): void {
    this.#count(found);
    const { offer } = found.case;
    const fresh = found.broken.filter(({ id }) => this.#isNews(id, offer));
    const [first] = fresh;
    if (first === undefined) return;
    // Where a known fault is bound to show as well, what else is broken may be a consequence of it. The same symptom is the
    // same fault then; another one is looked into when there is time for it.
    const known = this.#faults.steady.filter((violation) => embeds(found.case, violation.case));
    if (known.length === 0) {
      this.#news.push({ found, what: first });
      return;
    }
    for (const what of fresh) {
      const key = `${what.id}@${offer}`;
      const same = known.flatMap(({ broken }) => broken).find(({ symptom }) => symptom === what.symptom);
      if (same !== undefined) this.#remark(offer, what, `as ${same.id}, which shows the same`);
      else if (!this.#deferred.has(key)) this.#deferred.set(key, { found, what });
    }
  }

  #count(examined: Examined): void {
    this.#done += 1;
    for (const one of examined.transitions) this.#reached.add(one);
    this.#tallies.get(examined.case.offer)?.add(examined.judgement);
    this.#tell('running');
  }

  /** What comes and goes may turn up in a better case. */
  #isNews(id: string, offer: Revision): boolean {
    return !this.#faults.isKnown(id, offer) && (this.#doubts.get(`${id}@${offer}`) ?? 0) < MOST_DOUBTS;
  }

  async #lookIntoAll(all: readonly News[]): Promise<void> {
    for (const { found, what } of all) {
      if (this.#isOver || !this.#isNews(what.id, found.case.offer)) continue;
      this.#tell('shrinking');
      const outcome = await investigate(found, what, this.#office);
      if (outcome.is === 'violation') this.#faults.keep(outcome.violation);
      else this.#remark(found.case.offer, what, outcome.is === 'explained' ? `as ${outcome.by} is` : 'and not again');
      // What was found under another name, or not at all, is looked for a few times more.
      const key = `${what.id}@${found.case.offer}`;
      this.#doubts.set(key, (this.#doubts.get(key) ?? 0) + 1);
    }
  }

  #remark(offer: Revision, { id, finding }: Broken, why: string): void {
    this.#tallies.get(offer)?.remark(id, finding, why);
  }

  #tell(doing: FuzzProgress['doing']): void {
    const { runs, onProgress } = this.#options;
    onProgress({
      doing,
      runs: this.#done,
      of: Number.isFinite(runs) ? runs : null,
      seconds: (performance.now() - this.#startedAt) / 1000,
      coverage: this.#coverage,
      found: this.#faults.all.length,
    });
  }
}

/** The seed of one case: those of neighbouring campaigns have nothing in common. */
function seedOf(seed: number, index: number): number {
  return (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) + Math.imul(index, 0xc2b2_ae35)) | 0;
}
