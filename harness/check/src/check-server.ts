import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { budgetAt } from './budget.js';
import { CHECKS } from './checks/all.js';
import type { Check } from './checks/check.js';
import { MODERN_VERSION, NO_VERSION, notSpoken } from './checks/version-checks.js';
import { judgeRows } from './judge-rows.js';
import { Player, type Task } from './player.js';
import type { Row, Verdict } from './report.js';
import type { Bench, Run } from './run.js';
import { areCountedOnly, SESSION_SCENARIOS } from './scenarios/all.js';
import { handshake, offer } from './scenarios/handshake.js';
import type { Scenario } from './scenarios/scenario.js';
import { findTools } from './scenarios/tools.js';
import { redactorFor, type Target } from './target.js';
import { NO_TOOLS, type Toolbox } from './toolbox.js';
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
  /** How many events one run may take in; 50,000 by default. */
  readonly maxEvents?: number;
  /** How many scenarios are played side by side; 1 by default. */
  readonly jobs?: number;
  /** A tool that takes its time, and its arguments, where they are not found by themselves. */
  readonly slowTool?: { readonly name: string; readonly args: JsonObject };
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
  /** The revisions that were offered, oldest first: whether the server speaks any other was not asked. */
  readonly tried: readonly Revision[];
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
  readonly #player: Player;
  readonly #checks: readonly Check[];
  readonly #scenarios: readonly Scenario[];
  #tools: Toolbox = NO_TOOLS;
  /** The revisions whose rows make the verdict; known once the versions were probed. */
  #counted: readonly Revision[] = [];

  constructor(options: CheckOptions) {
    this.#options = options;
    const { target, only, maxEvents, signal, jobs = 1 } = options;
    this.#bench = {
      target,
      redactor: redactorFor(target),
      budget: budgetAt(options.timeoutScale ?? 1),
      ...(maxEvents === undefined ? {} : { maxEvents }),
      ...(signal === undefined ? {} : { signal }),
    };
    this.#player = new Player(this.#bench, options, jobs);
    this.#checks = CHECKS.filter(({ id, onlyByName }) => only?.includes(id) ?? onlyByName !== true);
    this.#scenarios = SESSION_SCENARIOS.filter(({ id }) => id !== handshake.id && this.#isAsked(id));
    this.#player.foresee(this.#wanted.length * (this.#scenarios.length + 1) + 2);
  }

  async run(): Promise<CheckResult> {
    const startedAt = performance.now();
    await this.#findAHandshake();
    const offers = this.#offers();
    if (!offers.some(({ session }) => hasResult(session.answer))) return this.#noHandshake(startedAt, offers);
    const preferred = await this.#probeVersions();
    const isOne = (this.#options.revision ?? 'preferred') === 'preferred';
    this.#counted = isOne ? this.#wanted.filter((revision) => revision === preferred) : this.#wanted;
    const spoken = REVISIONS.filter((revision) => this.#speaks(revision));
    // The preferred revision first: an interrupted run has then judged what counts.
    const order = this.#wanted.filter((revision) => spoken.includes(revision));
    order.sort((a, b) => Number(b === preferred) - Number(a === preferred));
    await this.#findTools(order[0]);
    const tasks = order.flatMap((revision) => this.#tasksOf(revision));
    this.#player.foresee(tasks.length);
    await this.#player.playAll(tasks, this.#tools);
    return this.#result(startedAt, spoken, preferred);
  }

  get #wanted(): readonly Revision[] {
    const { revision = 'preferred' } = this.#options;
    return revision === 'preferred' || revision === 'all' ? REVISIONS : [revision];
  }

  #isAsked(scenario: string): boolean {
    return this.#checks.some(({ scenarios }) => scenarios === 'every' || scenarios.includes(scenario));
  }

  #tasksOf(revision: Revision): readonly Task[] {
    return this.#scenarios
      .filter(({ revisions }) => revisions === undefined || revisions.includes(revision))
      .filter(
        ({ needs }) => needs === undefined || (needs === 'slowTool' ? this.#tools.slow : this.#tools.asking) !== null,
      )
      .filter(({ countedOnly }) => countedOnly !== true || this.#counted.includes(revision))
      .filter(({ onlyByName, asks }) => onlyByName !== true || asks.some((id) => this.#options.only?.includes(id)))
      .map((scenario) => ({ scenario, offer: revision }));
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
    const isPlayed = (version: string): boolean => this.#player.runs.some((run) => run.offer === version);
    const rest = [...this.#wanted].reverse().filter((revision) => !isPlayed(revision));
    await this.#player.playAll(
      [
        { scenario: offer, offer: NO_VERSION },
        { scenario: offer, offer: MODERN_VERSION },
        ...rest.map((revision) => ({ scenario: handshake, offer: revision })),
      ],
      this.#tools,
    );
    const counter = this.#offers().find(({ offered }) => offered === NO_VERSION);
    const version = counter?.outcome.kind === 'countered' ? counter.outcome.version : null;
    if (version !== null && !isRevision(version) && version !== MODERN_VERSION) await this.#offer(offer, version);
    if (isRevision(version)) return version;
    return [...spokenIn(this.#offers())].filter(isRevision).sort().at(-1) ?? null;
  }

  async #findTools(revision: Revision | undefined): Promise<void> {
    const isWanted = this.#scenarios.some(({ needs }) => needs !== undefined);
    if (revision === undefined || !isWanted) return;
    this.#tools = await findTools(this.#player, revision, this.#options.slowTool);
  }

  async #offer(scenario: Scenario, version: string): Promise<VersionOffer | null> {
    const run = await this.#player.play({ scenario, offer: version }, this.#tools);
    return run === null ? null : readOffer(run);
  }

  #offers(): readonly VersionOffer[] {
    return this.#player.runs.filter((run) => run.scenario === handshake.id || run.scenario === offer.id).map(readOffer);
  }

  #speaks(revision: Revision): boolean {
    return spokenIn(this.#offers()).has(revision);
  }

  #result(startedAt: number, spoken: readonly Revision[], preferred: Revision | null): CheckResult {
    const offers = this.#offers();
    const counted = this.#counted;
    const rows = this.#rows(offers, preferred);
    const base = this.#base(startedAt, offers);
    const isSilent = !counted.some((one) => spoken.some((other) => other === one));
    const told = { revisions: spoken, preferred, counted, rows };
    if (this.#player.interrupted) return { ...base, ...told, verdict: 'error', why: 'interrupted' };
    if (isSilent) {
      const why = `it does not speak ${counted.join(', ') || 'any revision known here'}`;
      return { ...base, ...told, verdict: 'no-handshake', why };
    }
    // A pass with nothing judged would claim something.
    if (!rows.some((row) => counted.some((one) => one === row.revision))) {
      const why = `none of the checks asked for has a row in ${counted.join(', ')}`;
      return { ...base, ...told, verdict: 'error', why };
    }
    return { ...base, ...told, verdict: verdictOf(rows, counted) };
  }

  #rows(offers: readonly VersionOffer[], preferred: Revision | null): readonly Row[] {
    const { interrupted } = this.#player;
    const toolsRun = this.#tools.run;
    const own = this.#wanted.flatMap((revision) => {
      const handshakeOffer = offers.find(({ run, offered }) => offered === revision && run.scenario === handshake.id);
      const unspoken =
        this.#speaks(revision) || handshakeOffer === undefined ? null : notSpoken(revision, handshakeOffer);
      const runs = this.#player.runs.filter((run) => run.offer === revision);
      const isCounted = this.#counted.includes(revision);
      const checks = this.#checks
        .filter(({ onlyPreferred }) => onlyPreferred !== true || revision === preferred)
        .filter(({ scenarios }) => isCounted || !areCountedOnly(scenarios));
      return judgeRows(checks, revision, { runs, offers, preferred, toolsRun }, { notSpoken: unspoken, interrupted });
    });
    const modern = judgeRows(
      this.#checks,
      MODERN_VERSION,
      { runs: [], offers, preferred, toolsRun },
      { notSpoken: null, interrupted },
    );
    return [...own, ...modern];
  }

  #noHandshake(startedAt: number, offers: readonly VersionOffer[]): CheckResult {
    const first = offers[0];
    const why = this.#player.interrupted
      ? 'interrupted'
      : first === undefined
        ? 'nothing was tried'
        : outcomeText(first);
    const verdict = this.#player.interrupted ? 'error' : 'no-handshake';
    return { ...this.#base(startedAt, offers), verdict, why, revisions: [], preferred: null, counted: [], rows: [] };
  }

  #base(startedAt: number, offers: readonly VersionOffer[]) {
    const named = offers.map(({ session }) => session.answer?.result).find((result) => isJsonObject(result));
    const { runs } = this.#player;
    return {
      command: this.#bench.redactor.json(this.#options.target.command),
      serverInfo: isJsonObject(named) ? (named.serverInfo ?? null) : null,
      runs,
      tried: REVISIONS.filter((revision) => runs.some((run) => run.offer === revision)),
      seconds: Math.round(performance.now() - startedAt) / 1000,
      stderrTail: runs.at(-1)?.stderrTail ?? '',
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
