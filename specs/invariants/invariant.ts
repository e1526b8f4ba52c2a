import type { EndWhy, Json, TraceEvent } from '@mcp-lifeline/trace';
import type { AmbiguityId } from '../clauses/ambiguities.generated.js';
import type { Revision } from '../clauses/revision.js';

/**
 * How much a broken invariant weighs. ROBUST: no clause says so, but users would suffer. NOTE: worth knowing, never a
 * fault.
 */
export type Level = 'MUST' | 'SHOULD' | 'ROBUST' | 'NOTE';

/**
 * What an invariant cannot judge without. Each is recorded as absent by whoever finds it missing.
 *
 * - `handshake`: `initialize` was answered with a result
 * - `revision`: the server speaks the revision in question
 * - `alive`: the server was still running when the question was put
 * - `fences`: later requests were answered, so that silence means something
 * - `steadyMachine`: our own machine was not too late to tell the peer's delay from its own
 * - `wholeRun`: the run was not cut short
 * - `slowTool`: a tool that takes its time; `progress`: one that tells of it
 * - `askingTool`: a tool that makes the server ask the client for something
 * - `serverRequest`, `serverToken`, `serverCancel`: a request of the server's own; one with a progress token; a cancel
 * - `unicode`: output beyond ASCII
 * - `ownExit`: the server left by itself when its input ended
 * - `processTable`: this machine tells of other processes
 * - `control`: the case to compare with came out as it must
 *
 * Of a client that is judged:
 *
 * - `clientRequest`, `clientNotification`, `clientToken`, `clientProgress`, `clientCancel`: such a message of its own
 * - `serverBatch`, `serverNotification`: such a message of the server's
 * - `counterOffer`: the server answered with another version than the one offered
 * - `closing`: it was seen to close the session, in the way in question
 * - `serverTap`: a tap at the server, where the bytes are still to be seen
 * - `appPlane`: the application recorded what the question is about
 */
export type Need =
  | 'handshake'
  | 'revision'
  | 'alive'
  | 'fences'
  | 'steadyMachine'
  | 'wholeRun'
  | 'slowTool'
  | 'progress'
  | 'askingTool'
  | 'serverRequest'
  | 'serverToken'
  | 'serverCancel'
  | 'unicode'
  | 'ownExit'
  | 'processTable'
  | 'control'
  | 'clientRequest'
  | 'clientNotification'
  | 'clientToken'
  | 'clientProgress'
  | 'clientCancel'
  | 'serverBatch'
  | 'serverNotification'
  | 'counterOffer'
  | 'closing'
  | 'serverTap'
  | 'appPlane';

/** What one trace shows about one invariant. `evidence` holds the `seq` of the events that show it, in order. */
export type Finding =
  | {
      readonly found: 'held' | 'broken';
      readonly expected: string;
      readonly observed: string;
      readonly evidence: readonly number[];
    }
  /** The text of the specification leaves it open: `ambiguity` is an id of `ambiguities.yaml`. */
  | {
      readonly found: 'open';
      readonly ambiguity: AmbiguityId;
      readonly expected: string;
      readonly observed: string;
      readonly evidence: readonly number[];
    }
  /** The trace never put the question. Only a *recorded* absence of `lacking` makes this `unobserved`. */
  | { readonly found: 'nothing'; readonly lacking: Need; readonly why: string };

/**
 * A statement over one trace, as a pure reducer with JSON state: it runs live, on a file, and inside the state of an
 * explorer.
 */
export interface Invariant<S = Json> {
  /** Published: never changes its meaning. */
  readonly id: string;
  /** What must hold, as a sentence. */
  readonly title: string;
  /** Null where the revision has nothing to say. */
  readonly level: (revision: Revision) => Level | null;
  /** Ids in the catalogue of that revision; empty only for ROBUST and NOTE. */
  readonly clauses: (revision: Revision) => readonly string[];
  readonly needs: readonly Need[];
  readonly initial: S;
  see(state: S, event: TraceEvent): S;
  verdict(state: S, end: EndWhy): Finding;
}

/** Folds a whole trace into what it shows. A trace without an end counts as cut. */
export function judge<S>(invariant: Invariant<S>, events: readonly TraceEvent[]): Finding {
  let state = invariant.initial;
  let end: EndWhy = 'cut';
  for (const event of events) {
    state = invariant.see(state, event);
    if (event.plane === 'note' && event.kind === 'end') end = event.why;
  }
  return invariant.verdict(state, end);
}
