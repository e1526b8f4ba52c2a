import type { Run } from '@mcp-lifeline/check';
import type { Case } from './act.js';
import type { Examined, Examiner } from './examine.js';
import type { Broken } from './judge-run.js';
import { legalized } from './legal.js';
import type { Means } from './means.js';
import type { Care } from './patience.js';
import { type ShrinkBounds, type Shrunk, shrink } from './shrink.js';
import { lengthened, widened } from './widened.js';

/** A fault, and the smallest case that was found to show it. */
export interface Violation {
  /** What is broken in it, that which was looked for first. */
  readonly broken: readonly Broken[];
  readonly case: Case;
  /** A run that shows it. */
  readonly run: Run;
  /** In how many of the runs that were made to confirm it, it came again. */
  readonly again: { readonly shown: number; readonly of: number };
  /** How many acts the case had in which it was met. */
  readonly foundIn: number;
  /** Whether nothing smaller was left to try. */
  readonly isMinimal: boolean;
}

/** Whether it came again nearly each time: a story that comes and goes is told, until there is a better one. */
export function isSteady({ again: { shown, of } }: Violation): boolean {
  return of > 0 && shown >= STEADY * of;
}

const STEADY = 0.8;

/** What came of an investigation: a violation, the known one that it is a consequence of, or nothing that can be relied on. */
export type Outcome =
  | { readonly is: 'violation'; readonly violation: Violation }
  | { readonly is: 'explained'; readonly by: string }
  | { readonly is: 'doubtful' };

/** With which care a case is run again to confirm what it shows: the claim rests on those that wait the longest. */
const CONFIRMATIONS: readonly Care[] = ['confirm', 'confirm', 'look', 'look', 'look'];
/** So many runs tell how often it comes: they end as soon as it came that often. */
const REPEATS = { most: 8, enough: 3 };
/** How likely a case that shows it may be taken for one that does not. */
const MISSED = 0.1;
const MOST_ATTEMPTS = 6;

/** What an investigation needs. */
export interface Office {
  readonly examiner: Pick<Examiner, 'examine' | 'prepare'>;
  readonly means: Means;
  readonly bounds: ShrinkBounds;
  /** The ids that are known to be broken. */
  readonly isKnown: (id: string) => boolean;
  /** Nothing more is begun once this is true. */
  readonly isInterrupted: () => boolean;
}

/**
 * Looks into what a run showed: makes its case as small as it gets, and confirms it.
 *
 * A smaller case counts when it shows the same symptom, whatever that is called: what is called a lost answer to a request
 * in pieces may be a lost answer to any request.
 */
export async function investigate(found: Examined, what: Broken, office: Office): Promise<Outcome> {
  const { isKnown, isInterrupted } = office;
  const investigation = new Investigation(found, what.symptom, office);
  const { case: smallest, isMinimal } = await investigation.smallest();
  const seen = investigation.last;
  // Where nothing but what is known shows this symptom, the case has become one of that.
  const own = seen.broken.filter(({ symptom }) => symptom === what.symptom);
  const [known] = own;
  if (known !== undefined && own.every(({ id }) => isKnown(id))) return { is: 'explained', by: known.id };
  const isSure = isMinimal && !isInterrupted();
  const claim = { seen, symptom: what.symptom, foundIn: found.case.acts.length, isMinimal: isSure };
  return confirm(smallest, claim, office);
}

class Investigation {
  readonly #symptom: string;
  readonly #office: Office;
  readonly #found: Examined;
  readonly #startedAt = performance.now();
  /** The last run that showed it. */
  last: Examined;

  constructor(found: Examined, symptom: string, office: Office) {
    this.#found = found;
    this.last = found;
    this.#symptom = symptom;
    this.#office = office;
  }

  /** The smallest case that shows it, as steadily as one can be had. */
  async smallest(): Promise<Shrunk> {
    const { case: one } = this.#found;
    const share = await this.#share();
    const steady = share === 1 ? one : await this.#steadyOne(widened(one));
    if (steady !== null) return this.#smallestSteady(steady);
    this.last = this.#found;
    if (share === 0) return { case: one, isMinimal: false };
    const attempts = attemptsAt(share);
    return this.#shrink(one, (smaller) => this.#shows(smaller, attempts));
  }

  /** A smaller case may show it by luck, which is why what is left is run again: then it gets longer waits, or fewer cuts. */
  async #smallestSteady(steady: Case): Promise<Shrunk> {
    const shrunk = await this.#shrink(steady, (one) => this.#shows(one, 1));
    if (await this.#showsEachTime(shrunk.case)) return shrunk;
    const longer = await this.#steadyOne(lengthened(shrunk.case));
    return longer === null ? this.#shrink(steady, (one) => this.#showsEachTime(one)) : { ...shrunk, case: longer };
  }

  #shrink(whole: Case, shows: (one: Case) => Promise<boolean>): Promise<Shrunk> {
    const { means, bounds } = this.#office;
    return shrink(whole, means, { ...bounds, withinMs: this.#leftMs }, shows);
  }

  get #leftMs(): number {
    return this.#office.bounds.withinMs - (performance.now() - this.#startedAt);
  }

  /** The first of these that shows it each time. */
  async #steadyOne(candidates: Iterable<Case>): Promise<Case | null> {
    for (const candidate of candidates) {
      if (this.#leftMs <= 0) return null;
      const one = legalized(candidate, this.#office.means);
      if (one !== null && (await this.#showsEachTime(one))) return one;
    }
    return null;
  }

  /** In which share of its runs the case that was met shows it. */
  async #share(): Promise<number> {
    let shown = 0;
    let runs = 0;
    while (runs < REPEATS.most && shown < REPEATS.enough && !this.#office.isInterrupted()) {
      if (await this.#shows(this.#found.case, 1)) shown += 1;
      runs += 1;
    }
    return runs === 0 ? 0 : shown / runs;
  }

  async #showsEachTime(one: Case): Promise<boolean> {
    for (let run = 0; run < REPEATS.enough; run += 1) if (!(await this.#shows(one, 1))) return false;
    return true;
  }

  /** Whether a case shows it in one of so many runs. */
  async #shows(one: Case, attempts: number): Promise<boolean> {
    const { examiner, isInterrupted } = this.#office;
    for (let attempt = 0; attempt < attempts && !isInterrupted(); attempt += 1) {
      const examined = await examiner.examine(examiner.prepare(one, 'look'));
      if (!showsSymptom(examined, this.#symptom)) continue;
      this.last = examined;
      return true;
    }
    return false;
  }
}

/** What comes and goes is given a few chances before a smaller case counts as one that does not show it. */
function attemptsAt(share: number): number {
  if (share === 0 || share === 1) return 1;
  return Math.min(MOST_ATTEMPTS, Math.ceil(Math.log(MISSED) / Math.log(1 - share)));
}

/** What is confirmed. */
export interface Claim {
  /** A run that showed it before. */
  readonly seen: Examined | null;
  /** What to look for; anything that is broken when null. */
  readonly symptom: string | null;
  readonly foundIn: number;
  readonly isMinimal: boolean;
}

/**
 * Runs a case again, often enough to say how often it shows what.
 * @param onRun called with each run
 */
export async function confirm(
  one: Case,
  { seen, symptom, foundIn, isMinimal }: Claim,
  { examiner, bounds, isInterrupted }: Office,
  onRun: (examined: Examined) => void = () => {},
): Promise<Outcome> {
  const again: (Examined & { readonly care: Care })[] = [];
  const left = [...CONFIRMATIONS];
  const lane = async (): Promise<void> => {
    for (let care = left.shift(); care !== undefined && !isInterrupted(); care = left.shift()) {
      const examined = await examiner.examine(examiner.prepare(one, care));
      again.push({ ...examined, care });
      onRun(examined);
    }
  };
  await Promise.all(Array.from({ length: bounds.jobs }, lane));
  const showing = again.filter((examined) => showsSymptom(examined, symptom));
  const best = showing.find(({ care }) => care === 'confirm') ?? showing[0] ?? seen;
  const isSure = best?.broken.some((own) => own.certainty === 'shown' && isOf(own, symptom)) === true;
  // What rests on time must come again in a run that waits long.
  if (best === null || !(isSure || showing.some(({ care }) => care === 'confirm'))) return { is: 'doubtful' };
  const violation = {
    // What was looked for comes first.
    broken: best.broken.toSorted((a, b) => Number(isOf(b, symptom)) - Number(isOf(a, symptom))),
    case: best.case,
    run: best.run,
    again: { shown: showing.length, of: again.length },
    foundIn,
    isMinimal,
  };
  return { is: 'violation', violation };
}

function showsSymptom({ broken }: Examined, symptom: string | null): boolean {
  return broken.some((own) => isOf(own, symptom));
}

function isOf(broken: Broken, symptom: string | null): boolean {
  return symptom === null || broken.symptom === symptom;
}
