import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import { budgetAt } from './budget.js';
import { CHECKS } from './checks/all.js';
import type { Check } from './checks/check.js';
import { MODERN_VERSION, NO_VERSION, notSpoken } from './checks/version-checks.js';
import { judgeRows } from './judge-rows.js';
import type { Row, Verdict } from './report.js';
import { type Bench, playScenario, type Run } from './run.js';
import { handshake, offer, SESSION_SCENARIOS } from './scenarios/all.js';
import type { Scenario } from './scenarios/scenario.js';
import { redactorFor, type Target } from './target.js';
import { outcomeText, readOffer, spokenIn, type VersionOffer } from './version-offer.js';

/** What to check, and how. */
export interface CheckOptions {
  readonly target: Target;
  /** The ids of the checks to run; all of them when left out. */
  readonly only?: readonly string[];
  /** Which revisions count: the one the server prefers (the others are judged and do not count), all, or one alone. */
  readonly revision?: 'preferred' | 'all' | Revision;
  /** Multiplies every wait; 1 by default. */
  readonly timeoutScale?: number;
  readonly signal?: AbortSignal;
  /** Called before each scenario; `total` is what is foreseen by now. */
  readonly onStart?: (run: { readonly id: string; readonly index: number; readonly total: number }) => void;
  /** Called with each run as soon as it is over; what it holds is free of secrets. */
  readonly onRun?: (run: Run) => void;
}

/** All that a check found out. Secrets are replaced by labels throughout. */
export interface CheckResult {
  readonly command: readonly string[];
  readonly verdict: Verdict;
  /** Why there is no verdict on the server: `no-handshake` and `error` only. */
  readonly why?: string;
  readonly serverInfo: Json | null;
  /** The revisions that the server speaks, oldest first. */
  readonly revisions: readonly Revision[];
  readonly preferred: Revision | null;
  /** The revisions whose rows make the verdict. */
  readonly counted: readonly string[];
  readonly rows: readonly Row[];
  readonly runs: readonly Run[];
  readonly seconds: number;
  readonly stderrTail: string;
}

/** Judges one server. Every process it starts is gone when this settles; it rejects only for a fault of its own. */
export function checkServer(options: CheckOptions): Promise<CheckResult> {
  return new ServerCheck(options).run();
}

class ServerCheck {
  readonly #options: CheckOptions;
  readonly #bench: Bench;
  readonly #checks: readonly Check[];
  readonly #scenarios: readonly Scenario[];
  readonly #runs: Run[] = [];
  #total: number;

  constructor(options: CheckOptions) {
    this.#options = options;
    const { target, only, signal } = options;
    this.#bench = {
      target,
      redactor: redactorFor(target),
      budget: budgetAt(options.timeoutScale ?? 1),
      ...(signal === undefined ? {} : { signal }),
    };
    this.#checks = only === undefined ? CHECKS : CHECKS.filter(({ id }) => only.includes(id));
    this.#scenarios = SESSION_SCENARIOS.filter(
      ({ id }) =>
        id === handshake.id || this.#checks.some(({ scenarios }) => scenarios === 'every' || scenarios.includes(id)),
    );
    this.#total = this.#wanted.length * this.#scenarios.length + 2;
  }

  async run(): Promise<CheckResult> {
    const startedAt = performance.now();
    await this.#findAHandshake();
    const offers = this.#offers();
    if (!offers.some(({ session }) => hasResult(session.answer))) return this.#noHandshake(startedAt, offers);
    const preferred = await this.#probeVersions();
    const spoken = REVISIONS.filter((revision) => this.#speaks(revision));
    // The preferred revision first: an interrupted run has then judged what counts.
    const order = this.#wanted.filter((revision) => spoken.includes(revision));
    order.sort((a, b) => Number(b === preferred) - Number(a === preferred));
    this.#total = this.#runs.length + order.length * (this.#scenarios.length - 1);
    for (const revision of order) {
      for (const scenario of this.#scenarios) if (scenario.id !== handshake.id) await this.#play(scenario, revision);
    }
    return this.#result(startedAt, spoken, preferred);
  }

  get #wanted(): readonly Revision[] {
    const { revision = 'preferred' } = this.#options;
    return revision === 'preferred' || revision === 'all' ? REVISIONS : [revision];
  }

  get #interrupted(): boolean {
    return this.#options.signal?.aborted === true;
  }

  /** Offers the newest wanted revision, then what an error listed, then the oldest, until one leads to a result. */
  async #findAHandshake(): Promise<void> {
    const newest = this.#wanted.at(-1);
    const oldest = this.#wanted[0];
    if (newest === undefined || oldest === undefined) return;
    const first = await this.#offer(handshake, newest);
    if (first === null || hasResult(first.session.answer) || first.run.spawnError !== null) return;
    const listed = [...spokenIn([first])].filter(isRevision).filter((revision) => this.#wanted.includes(revision));
    const next = listed.sort().at(-1) ?? oldest;
    if (next !== newest) await this.#offer(handshake, next);
  }

  /** Offers what nobody speaks, and each revision; the server's own counter-offer is the revision it prefers. */
  async #probeVersions(): Promise<Revision | null> {
    const counter = await this.#offer(offer, NO_VERSION);
    const version = counter?.outcome.kind === 'countered' ? counter.outcome.version : null;
    await this.#offer(offer, MODERN_VERSION);
    if (version !== null && !isRevision(version) && version !== MODERN_VERSION) await this.#offer(offer, version);
    for (const revision of [...this.#wanted].reverse()) {
      const isPlayed = this.#runs.some((run) => run.scenario === handshake.id && run.offer === revision);
      if (!isPlayed) await this.#offer(handshake, revision);
    }
    if (isRevision(version)) return version;
    return [...spokenIn(this.#offers())].filter(isRevision).sort().at(-1) ?? null;
  }

  async #offer(scenario: Scenario, version: string): Promise<VersionOffer | null> {
    const run = await this.#play(scenario, version);
    return run === null ? null : readOffer(run);
  }

  async #play(scenario: Scenario, version: string): Promise<Run | null> {
    if (this.#interrupted) return null;
    const index = this.#runs.length + 1;
    this.#options.onStart?.({ id: `${scenario.id}@${version}`, index, total: Math.max(index, this.#total) });
    const run = await playScenario(this.#bench, scenario, version);
    this.#runs.push(run);
    this.#options.onRun?.(run);
    return run;
  }

  #offers(): readonly VersionOffer[] {
    return this.#runs.filter((run) => run.scenario === handshake.id || run.scenario === offer.id).map(readOffer);
  }

  #speaks(revision: Revision): boolean {
    return spokenIn(this.#offers()).has(revision);
  }

  #result(startedAt: number, spoken: readonly Revision[], preferred: Revision | null): CheckResult {
    const offers = this.#offers();
    const { revision = 'preferred' } = this.#options;
    const counted = revision === 'preferred' ? (preferred === null ? [] : [preferred]) : this.#wanted;
    const rows = this.#rows(offers, preferred);
    const base = this.#base(startedAt, offers);
    const isSilent = !counted.some((one) => spoken.some((other) => other === one));
    const verdict = this.#interrupted ? 'error' : isSilent ? 'no-handshake' : verdictOf(rows, counted);
    const why = this.#interrupted
      ? 'interrupted'
      : isSilent
        ? `it does not speak ${counted.join(', ') || 'any revision known here'}`
        : null;
    return { ...base, verdict, ...(why === null ? {} : { why }), revisions: spoken, preferred, counted, rows };
  }

  #rows(offers: readonly VersionOffer[], preferred: Revision | null): readonly Row[] {
    const interrupted = this.#interrupted;
    const own = this.#wanted.flatMap((revision) => {
      const handshakeOffer = offers.find(({ run, offered }) => offered === revision && run.scenario === handshake.id);
      const unspoken =
        this.#speaks(revision) || handshakeOffer === undefined ? null : notSpoken(revision, handshakeOffer);
      const runs = this.#runs.filter((run) => run.offer === revision);
      const checks = this.#checks.filter(({ onlyPreferred }) => onlyPreferred !== true || revision === preferred);
      return judgeRows(checks, revision, { runs, offers, preferred }, { notSpoken: unspoken, interrupted });
    });
    const modern = judgeRows(
      this.#checks,
      MODERN_VERSION,
      { runs: [], offers, preferred },
      { notSpoken: null, interrupted },
    );
    return [...own, ...modern];
  }

  #noHandshake(startedAt: number, offers: readonly VersionOffer[]): CheckResult {
    const first = offers[0];
    const why = this.#interrupted ? 'interrupted' : first === undefined ? 'nothing was tried' : outcomeText(first);
    const verdict = this.#interrupted ? 'error' : 'no-handshake';
    return { ...this.#base(startedAt, offers), verdict, why, revisions: [], preferred: null, counted: [], rows: [] };
  }

  #base(startedAt: number, offers: readonly VersionOffer[]) {
    const named = offers.map(({ session }) => session.answer?.result).find((result) => isJsonObject(result));
    return {
      command: this.#bench.redactor.json(this.#options.target.command),
      serverInfo: isJsonObject(named) ? (named.serverInfo ?? null) : null,
      runs: this.#runs,
      seconds: Math.round(performance.now() - startedAt) / 1000,
      stderrTail: this.#runs.at(-1)?.stderrTail ?? '',
    };
  }
}

function hasResult(answer: Json | null): boolean {
  return isJsonObject(answer ?? undefined) && 'result' in (answer as object);
}

function verdictOf(rows: readonly Row[], counted: readonly string[]): Verdict {
  const statuses = rows.filter(({ revision }) => counted.includes(revision)).map(({ status }) => status);
  if (statuses.includes('fail')) return 'fail';
  return statuses.includes('error') ? 'error' : 'pass';
}
