import { statusOf } from '@mcp-lifeline/check';
import { type Finding, type Invariant, judge, type Need, type Revision } from '@mcp-lifeline/specs';
import type { TraceEvent } from '@mcp-lifeline/trace';
import type { OutcomeRow } from '../expect/outcome.js';
import { type Facet, type Judged, judgesOf, type Recording } from './recording.js';

/** A row, whom it judges, and what it wants where it is unobserved. */
export interface JudgedRow extends OutcomeRow {
  readonly role: Judged;
  /** What the recording does not hold, as the end of the sentence "the recording does not hold ...". */
  readonly want?: string;
}

/** How to judge a recording. */
export interface Judging {
  readonly roles: readonly Judged[];
  readonly revision: Revision;
  /** The ids to judge by; null for all. */
  readonly only: readonly string[] | null;
  /** Called before each of them. */
  readonly onStart: (judging: { readonly id: string; readonly index: number; readonly total: number }) => Promise<void>;
}

/** Under this id the recording stands as the one run of a report. */
export const RUN_ID = 'recording';

/** Judges a recording by every invariant that binds in the revision: a row each. */
export async function judgeRecording(recording: Recording, judging: Judging): Promise<readonly JudgedRow[]> {
  const { roles, revision, only, onStart } = judging;
  const judges = roles
    .flatMap((role) => judgesOf(recording, role).map((invariant) => ({ role, invariant })))
    .filter(({ invariant: { id, level } }) => level(revision) !== null && only?.includes(id) !== false);
  const events = judgedEvents(recording);
  const rows: JudgedRow[] = [];
  for (const [index, { role, invariant }] of judges.entries()) {
    await onStart({ id: invariant.id, index: index + 1, total: judges.length });
    rows.push(rowOf(invariant, role, revision, recording, events));
  }
  return rows;
}

/**
 * What is folded: the events, all of them at one time where their times say nothing. Every rule that looks at the clock
 * forgives what may have crossed, and so finds no fault there.
 */
function judgedEvents({ trace, lacks }: Recording): readonly TraceEvent[] {
  if (!lacks.has('times' satisfies Facet)) return trace.events;
  return trace.events.map((event) => ({ ...event, t: 0 }));
}

function rowOf(
  invariant: Invariant<unknown>,
  role: Judged,
  revision: Revision,
  recording: Recording,
  events: readonly TraceEvent[],
): JudgedRow {
  const { id, title, needs } = invariant;
  const level = invariant.level(revision) ?? 'NOTE';
  const missing = FACETS.find(({ facet, families }) => recording.lacks.has(facet) && isOf(id, families));
  const finding = missing === undefined ? judge(invariant, events) : UNSEEN;
  const isWanted = finding.found === 'nothing' && (missing !== undefined || needs.includes(finding.lacking));
  const want = missing?.want ?? (finding.found === 'nothing' ? WANTS[finding.lacking] : undefined);
  return {
    id,
    revision,
    role,
    title,
    level,
    status: statusOf(finding, level, isWanted),
    ...whyOf(finding, missing, recording),
    ...(isWanted && want !== undefined ? { want } : {}),
    clauses: invariant.clauses(revision),
    ...(finding.found === 'nothing' ? {} : { expected: finding.expected, observed: finding.observed }),
    run: RUN_ID,
    evidence: finding.found === 'nothing' ? [] : finding.evidence,
    seconds: Math.round(recording.trace.events.at(-1)?.t ?? 0) / 1000,
  };
}

function whyOf(finding: Finding, missing: Missing | undefined, { lacks }: Recording): { readonly why?: string } {
  if (finding.found === 'open') return { why: `the text is open: ${finding.ambiguity}` };
  if (finding.found !== 'nothing') return {};
  if (missing !== undefined) return { why: `the recording does not hold ${missing.want}: ${lacks.get(missing.facet)}` };
  const recorded = lacks.get(finding.lacking);
  return { why: recorded ?? `the recording does not hold ${WANTS[finding.lacking]}: ${finding.why}` };
}

const UNSEEN: Finding = { found: 'nothing', lacking: 'wholeRun', why: '' };

interface Missing {
  readonly facet: Facet;
  readonly families: readonly string[];
  readonly want: string;
}

/** Whole families rest on a part of what was seen: without it they would take silence for an answer. */
const FACETS: readonly Missing[] = [
  {
    facet: 'process',
    families: ['stdout', 'stderr', 'shutdown', 'client.shutdown'],
    want: 'what became of the process',
  },
  { facet: 'application', families: ['app', 'client.timeout'], want: 'what the application saw' },
  { facet: 'bytes', families: ['framing', 'stdout', 'client.framing'], want: 'the bytes as they crossed' },
];

function isOf(id: string, families: readonly string[]): boolean {
  return families.some((family) => id.startsWith(`${family}.`));
}

/** What each need is, in a recording that nobody steered. */
const WANTS: Readonly<Record<Need, string>> = {
  handshake: 'a moment at which this is asked',
  revision: 'the revision',
  alive: 'a moment at which this is asked',
  fences: 'enough later requests that were answered',
  steadyMachine: 'times that can be relied on',
  wholeRun: 'the session to its end',
  slowTool: 'a call that takes its time',
  progress: 'progress of a request',
  askingTool: 'a tool that has to ask the client',
  serverRequest: 'a request of the server',
  serverToken: 'a progress token of the server',
  serverCancel: 'a cancellation by the server',
  unicode: 'characters beyond ASCII',
  ownExit: 'an exit of the server of its own accord',
  processTable: 'a look at the process table',
  control: 'a case to compare with',
  clientRequest: 'such a request of the client',
  clientNotification: 'such a notification of the client',
  clientToken: 'a progress token of the client',
  clientProgress: 'progress that the client tells',
  clientCancel: 'a cancellation by the client',
  serverBatch: 'a batch of the server',
  serverNotification: 'a notification of the server, and enough after it',
  counterOffer: 'a counter-offer',
  closing: 'an end that the client brought about',
  serverTap: 'the bytes that the server read',
  appPlane: 'what the application saw',
};
