import { type Row, statusOf } from '@mcp-lifeline/check';
import type { Finding, Invariant, Level, Revision } from '@mcp-lifeline/specs';
import type { Violation } from './investigate.js';
import { invariantsOf, type Judgement } from './judge-run.js';

type Told = Exclude<Finding, { found: 'nothing' }>;

/** What all runs together showed of one revision. */
export class Tally {
  readonly #revision: Revision;
  readonly #held = new Map<string, number>();
  readonly #noted = new Map<string, Finding>();
  readonly #remarks = new Map<string, { readonly finding: Told; readonly why: string }>();
  #runs = 0;

  constructor(revision: Revision) {
    this.#revision = revision;
  }

  /** Adds one run. */
  add({ held, noted }: Judgement): void {
    this.#runs += 1;
    for (const id of held) this.#held.set(id, (this.#held.get(id) ?? 0) + 1);
    for (const { id, finding } of noted) if (!this.#noted.has(id)) this.#noted.set(id, finding);
  }

  /** Something was seen broken, and is no fault of its own, or none that can be relied on. */
  remark(id: string, finding: Told, why: string): void {
    if (!this.#remarks.has(id)) this.#remarks.set(id, { finding, why });
  }

  /** A row for each invariant that has something to say of the revision. */
  rows(violations: readonly Violation[]): readonly Row[] {
    const own = violations.filter(({ case: { offer } }) => offer === this.#revision);
    return invariantsOf(this.#revision).map((invariant) => this.#row(invariant, own));
  }

  #row(invariant: Invariant<unknown>, violations: readonly Violation[]): Row {
    const { id, title } = invariant;
    // Those without a level were left out.
    const level: Level = invariant.level(this.#revision) ?? 'NOTE';
    const base = { id, revision: this.#revision, title, level, clauses: invariant.clauses(this.#revision), seconds: 0 };
    const violation = violations.find(({ broken }) => broken.some((one) => one.id === id));
    const broken = violation?.broken.find((one) => one.id === id);
    if (violation !== undefined && broken !== undefined) return { ...base, ...brokenRow(violation, broken) };
    const remark = this.#remarks.get(id);
    if (remark !== undefined) {
      const { expected, observed } = remark.finding;
      return { ...base, status: 'note', expected, observed: `${observed}: seen broken ${remark.why}`, evidence: [] };
    }
    const held = this.#held.get(id);
    if (held !== undefined) {
      const observed = `it held in ${held} of ${this.#runs} runs, and in no run it did not`;
      return { ...base, status: 'pass', expected: title, observed, evidence: [] };
    }
    const noted = this.#noted.get(id);
    if (noted !== undefined && noted.found !== 'nothing') {
      const why = noted.found === 'open' ? { why: `the text is open: ${noted.ambiguity}` } : {};
      return { ...base, status: 'note', ...why, expected: noted.expected, observed: noted.observed, evidence: [] };
    }
    return { ...base, status: 'unobserved', why: 'no run put the question, or none to its end', evidence: [] };
  }
}

function brokenRow({ run, again }: Violation, { finding, level }: Violation['broken'][number]) {
  const comes =
    again.of === 0 || again.shown === again.of ? '' : ` (it comes and goes: ${again.shown} of ${again.of} runs)`;
  return {
    status: statusOf({ ...finding, found: 'broken' }, level, true),
    expected: finding.expected,
    observed: `${finding.observed}${comes}`,
    run: run.id,
    evidence: finding.evidence,
    seconds: Math.round(run.seconds * 1000) / 1000,
  };
}
