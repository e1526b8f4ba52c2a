import { exitText, NEW_SESSION, type Session, seeSession } from '@mcp-lifeline/specs';
import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import type { Run } from './run.js';

/** What became of a version that was offered in `initialize`. */
export interface VersionOffer {
  readonly run: Run;
  readonly offered: string;
  readonly session: Session;
  /** `seq` of `initialize`, and of its answer where there is one. */
  readonly evidence: readonly number[];
  readonly outcome:
    | { readonly kind: 'echoed' }
    | { readonly kind: 'countered'; readonly version: string }
    /** An error; `supported` is what it lists in `data.supported`. */
    | { readonly kind: 'refused'; readonly error: string; readonly supported: readonly string[] }
    | { readonly kind: 'malformed'; readonly what: string }
    | { readonly kind: 'unanswered'; readonly why: string };
}

/** Reads the negotiation out of a run. */
export function readOffer(run: Run): VersionOffer {
  const session = run.trace.events.reduce(seeSession, NEW_SESSION);
  const evidence = [session.initializeAt, session.answeredAt].filter((seq) => seq !== null);
  return { run, offered: run.offer, session, evidence, outcome: readOutcome(run, session) };
}

/** Every version that these offers show the server to speak: echoed, counter-offered, or listed in an error. */
export function spokenIn(offers: readonly VersionOffer[]): ReadonlySet<string> {
  const spoken = offers.flatMap(({ offered, outcome }) => {
    switch (outcome.kind) {
      case 'echoed':
        return [offered];
      case 'countered':
        return [outcome.version];
      case 'refused':
        return outcome.supported;
      default:
        return [];
    }
  });
  return new Set(spoken);
}

/** The outcome in words: what the server does. */
export function outcomeText({ outcome, offered }: VersionOffer): string {
  switch (outcome.kind) {
    case 'echoed':
      return `accepts ${offered}`;
    case 'countered':
      return `counter-offers ${outcome.version}`;
    case 'refused':
      return `refuses with ${outcome.error}`;
    case 'malformed':
      return `answers ${outcome.what}`;
    case 'unanswered':
      return `gives no answer: ${outcome.why}`;
  }
}

function readOutcome(run: Run, session: Session): VersionOffer['outcome'] {
  const { answer } = session;
  if (answer === null) return { kind: 'unanswered', why: whyUnanswered(run, session) };
  // An `error` of null beside a result is a fault of the envelope, and no refusal.
  if ('error' in answer && !isJsonObject(answer.result)) return readRefusal(answer);
  const version = isJsonObject(answer.result) ? answer.result.protocolVersion : undefined;
  if (typeof version !== 'string') return { kind: 'malformed', what: 'a result without protocolVersion' };
  return version === run.offer ? { kind: 'echoed' } : { kind: 'countered', version };
}

function readRefusal({ error }: JsonObject): VersionOffer['outcome'] {
  if (!isJsonObject(error)) return { kind: 'refused', error: `error ${JSON.stringify(error)}`, supported: [] };
  const listed = isJsonObject(error.data) && Array.isArray(error.data.supported) ? error.data.supported : [];
  const supported = listed.filter((version): version is string => typeof version === 'string');
  return { kind: 'refused', error: `error ${JSON.stringify(error.code)}`, supported };
}

function whyUnanswered(run: Run, { exit, waited }: Session): string {
  if (run.spawnError !== null) return `could not be started (${run.spawnError.code})`;
  // What we ended ourselves says nothing about the server.
  const { events } = run.trace;
  const last = events.at(-1);
  if (last?.plane === 'note' && last.kind === 'end' && last.why === 'cut') return 'the run was interrupted';
  for (const event of events) {
    if (event.plane === 'note' && event.kind === 'absent' && event.need === 'wholeRun') return `it wrote ${event.why}`;
  }
  if (waited !== null) return `silent for ${(waited.ms / 1000).toFixed(1)} s`;
  return exit === null ? 'its output ended' : `the server ${exitText(exit)}`;
}
