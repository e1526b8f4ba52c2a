import type { Run } from '@mcp-lifeline/check';
import type { Case, RequestAct } from './act.js';
import type { Carrier, OpenLine } from './carrier.js';
import { type Broken, type Judgement, judgeRun } from './judge-run.js';
import type { Transition } from './lifecycle.js';
import type { Means } from './means.js';
import { type Care, patienceAt } from './patience.js';
import { play } from './player.js';

/** One run of a case, and what it shows. */
export interface Examined {
  readonly case: Case;
  readonly run: Run;
  readonly judgement: Judgement;
  /** All that is broken, also what only a comparison shows. The gravest first. */
  readonly broken: readonly Broken[];
  readonly transitions: readonly Transition[];
}

/** A case whose server is starting. */
export interface Prepared {
  readonly case: Case;
  readonly name: string;
  readonly care: Care;
  readonly open: OpenLine;
}

/** Runs cases on one server, each on a fresh process. */
export class Examiner {
  readonly #carrier: Carrier;
  readonly #means: Means;
  readonly #scale: number;
  #count = 0;
  /** A plain call is answered in full though it is cancelled: nothing follows from others that are. */
  #cannotCancel = false;

  constructor(carrier: Carrier, means: Means, scale: number) {
    this.#carrier = carrier;
    this.#means = means;
    this.#scale = scale;
  }

  /** How many processes were started so far. */
  get count(): number {
    return this.#count;
  }

  /** Starts a server for a case: {@link Examiner.examine} has to follow, since that ends it. */
  prepare(one: Case, care: Care): Prepared {
    this.#count += 1;
    const name = `fuzz-${this.#count}`;
    return { case: one, name, care, open: this.#carrier.open(name, one.offer, patienceAt(care, this.#scale)) };
  }

  /** Runs a case once. */
  async examine({ case: one, care, ...prepared }: Prepared): Promise<Examined> {
    const examined = await this.#run({ case: one, care, ...prepared });
    const { answeredInFull, broken } = examined.judgement;
    if (answeredInFull === null || this.#cannotCancel) return { ...examined, broken };
    const control = withEverydayIds(one);
    if (control === null) return { ...examined, broken };
    const compared = await this.#run(this.prepare(control, care));
    // What answers a cancelled call may be unable to cancel it: not so where only the ids make the difference.
    if (!compared.judgement.hasWithheld) {
      this.#cannotCancel ||= compared.judgement.answeredInFull !== null;
      return { ...examined, broken };
    }
    return { ...examined, broken: [...broken, comparedWith(answeredInFull)] };
  }

  async #run({ case: one, name, care, open }: Prepared): Promise<Omit<Examined, 'broken'>> {
    const startedAt = performance.now();
    const { transitions, ...ended } = await play(one, open, this.#means, patienceAt(care, this.#scale));
    const seconds = (performance.now() - startedAt) / 1000;
    const run: Run = { id: `${name}@${one.offer}`, scenario: 'fuzz', offer: one.offer, seconds, ...ended };
    return { case: one, run, judgement: judgeRun(ended.trace.events, one.offer), transitions };
  }
}

/** The same case with ids as every client has them; null when it has no others. */
function withEverydayIds(one: Case): Case | null {
  let hasOthers = false;
  const everyday = (request: RequestAct): RequestAct => {
    hasOthers ||= request.id !== 'number';
    return { ...request, id: 'number' };
  };
  const acts = one.acts.map((act) => {
    if (act.do === 'request') return { ...act, ...everyday(act) };
    return act.do === 'batch' ? { ...act, members: act.members.map(everyday) } : act;
  });
  return hasOthers ? { ...one, acts } : null;
}

function comparedWith(answered: Broken): Broken {
  const { expected, observed, evidence } = answered.finding;
  const said = `${observed}; with an everyday id the same call gets none`;
  return { ...answered, finding: { found: 'broken', expected, observed: said, evidence } };
}
