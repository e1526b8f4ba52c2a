import type { Candidate, CheckResult, Target } from '@mcp-lifeline/check';
import { REVISIONS, type Revision } from '@mcp-lifeline/specs';
import type { Case } from './act.js';
import { Campaign, type CampaignEnd } from './campaign.js';
import type { Violation } from './investigate.js';
import { patienceAt } from './patience.js';
import { processCarrier } from './process-carrier.js';
import type { Coverage, FuzzProgress } from './progress.js';
import { type Scouted, scout } from './scout.js';

/** What to fuzz, and how far. */
export interface FuzzOptions {
  readonly target: Target;
  /** How many runs at most; 200 when neither this nor `seconds` is given. */
  readonly runs?: number;
  /** For how long new runs are begun. */
  readonly seconds?: number;
  /** How many runs go on side by side; 2 by default. */
  readonly jobs?: number;
  /** Makes the same runs again, on the same server; a random one when left out. */
  readonly seed?: number;
  /** One case to run again in place of new ones. */
  readonly replay?: Case;
  /** Which revisions are offered, and count: the one that the server prefers, all that it speaks, or one alone. */
  readonly revision?: 'preferred' | 'all' | Revision;
  /** A tool that takes its time, and its arguments, where they are not found by themselves. */
  readonly slowTool?: Candidate;
  /** Multiplies every wait; 1 by default. */
  readonly timeoutScale?: number;
  /** How long the making smaller of one case may take, in seconds; 60 by default. */
  readonly shrinkSeconds?: number;
  /** Asked whenever a fault was found and looked into: whether that will do. By default nothing ends it early. */
  readonly isEnough?: (violations: readonly Violation[]) => boolean;
  readonly signal?: AbortSignal;
  /** Called whenever there is news. */
  readonly onProgress?: (progress: FuzzProgress) => void;
}

/** All that fuzzing found out. Secrets are replaced by labels throughout. */
export interface FuzzResult extends CheckResult {
  readonly fuzz: {
    /** How many cases were run; making them smaller and confirming them took more. */
    readonly runs: number;
    readonly processes: number;
    readonly seed: number;
    readonly coverage: Coverage;
    readonly violations: readonly Violation[];
    readonly means: Scouted['means'];
  };
}

const RUNS = 200;
const JOBS = 2;
const SHRINK_SECONDS = 60;
/** A seed is a whole number below this. */
export const SEEDS = 2 ** 31;

/** Runs random cases on one server. Every process it starts is gone when this settles; it rejects for a fault of its own only. */
export async function fuzzServer(options: FuzzOptions): Promise<FuzzResult> {
  const startedAt = performance.now();
  const { target, signal, timeoutScale = 1, revision = 'preferred', replay } = options;
  const carrier = processCarrier(target, signal);
  const scouted = await scout(carrier, {
    revision: replay?.offer ?? revision,
    slowTool: options.slowTool ?? null,
    patience: patienceAt('confirm', timeoutScale),
  });
  const offers = offersOf(scouted, replay?.offer ?? revision);
  const seed = options.seed ?? Math.floor(Math.random() * SEEDS);
  const isUnbound = options.runs === undefined && options.seconds === undefined;
  const campaign = new Campaign({
    carrier,
    means: scouted.means,
    offers,
    seed,
    runs: isUnbound ? RUNS : (options.runs ?? Number.POSITIVE_INFINITY),
    withinMs: (options.seconds ?? Number.POSITIVE_INFINITY) * 1000,
    jobs: options.jobs ?? JOBS,
    scale: timeoutScale,
    shrinkMs: (options.shrinkSeconds ?? SHRINK_SECONDS) * 1000,
    isEnough: options.isEnough ?? (() => false),
    isInterrupted: () => signal?.aborted === true,
    onProgress: options.onProgress ?? (() => {}),
  });
  const hasSession = scouted.why === null && offers.length > 0 && signal?.aborted !== true;
  const isFit = !hasSession || (await (replay === undefined ? campaign.run() : campaign.replay(replay)));
  const why = signal?.aborted === true ? 'interrupted' : isFit ? null : UNFIT;
  return resultOf({ target, scouted, offers, end: campaign.end, why, startedAt, seed });
}

const UNFIT = 'the case cannot be run as it is: this server lacks a tool or a list that it asks for';

function offersOf({ revisions, preferred }: Scouted, wanted: 'preferred' | 'all' | Revision): readonly Revision[] {
  if (wanted === 'preferred') return preferred === null ? [] : [preferred];
  return wanted === 'all' ? revisions : revisions.filter((revision) => revision === wanted);
}

interface Findings {
  readonly target: Target;
  readonly scouted: Scouted;
  readonly offers: readonly Revision[];
  readonly end: CampaignEnd;
  /** Why there is no verdict though there were sessions. */
  readonly why: string | null;
  readonly startedAt: number;
  readonly seed: number;
}

function resultOf({ target, scouted, offers, end, why, startedAt, seed }: Findings): FuzzResult {
  const { rows, violations, ...figures } = end;
  const noSession = scouted.why ?? (offers.length === 0 ? 'it does not speak the revision that is asked for' : null);
  const hasFailed = rows.some(({ status }) => status === 'fail');
  const reason = why ?? noSession;
  const verdict = why !== null ? 'error' : noSession !== null ? 'no-handshake' : hasFailed ? 'fail' : 'pass';
  return {
    command: scouted.runs[0]?.trace.header.target.command ?? target.command,
    verdict,
    ...(reason === null ? {} : { why: reason }),
    serverInfo: scouted.serverInfo,
    revisions: scouted.revisions,
    tried: REVISIONS.filter((revision) => scouted.tried.includes(revision) || offers.includes(revision)),
    preferred: scouted.preferred,
    counted: offers,
    rows,
    runs: [...scouted.runs, ...violations.map(({ run }) => run)],
    seconds: Math.round(performance.now() - startedAt) / 1000,
    stderrTail: scouted.runs.at(-1)?.stderrTail ?? '',
    fuzz: { ...figures, seed, violations, means: scouted.means },
  };
}
