import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { askedFor, FENCES, NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, shapeOf } from '../wire.js';
import { sinceJune } from './since-june.js';

interface State {
  readonly session: Session;
  /** What the client declared in `initialize`. */
  readonly declared: JsonObject | null;
  readonly used: { readonly seq: number; readonly method: string; readonly capability: string } | null;
  /** The first tool call in a session that declared nothing, once it was answered; how many later requests were. */
  readonly called: { readonly seq: number; readonly fences: number } | null;
}

/** The server asks for nothing that the client did not declare: a tool that would ask finds another way, or fails. */
export const undeclared: Invariant<State> = {
  id: 'capability.undeclared',
  title: 'the server asks for nothing that the client did not declare',
  level: sinceJune,
  clauses: citing('lifecycle/negotiated-capabilities'),
  needs: ['handshake', 'alive', 'askingTool', 'fences', 'wholeRun'],
  initial: { session: NEW_SESSION, declared: null, used: null, called: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: ({ session, used, called }, end) => {
    const expected = 'no request that needs a capability which the client did not declare';
    if (used !== null) {
      const observed = `${used.method} without ${used.capability}`;
      const evidence = [session.initializeAt, used.seq].filter((seq) => seq !== null);
      return { found: 'broken', expected, observed, evidence };
    }
    if (called !== null && called.fences >= FENCES) {
      return { found: 'held', expected, observed: 'none, also when a tool was called', evidence: [called.seq] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    if (session.answeredAt === null) return { found: 'nothing', lacking: 'handshake', why: 'no session was opened' };
    if (called !== null) return { found: 'nothing', lacking: 'fences', why: 'too few later requests were answered' };
    return { found: 'nothing', lacking: 'askingTool', why: 'no tool was called without capabilities declared' };
  },
};

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client') {
    const isOpening = shape.kind === 'request' && shape.method === 'initialize' && before.initializeAt === null;
    return isOpening ? { ...state, declared: capabilitiesIn(shape.params) } : state;
  }
  if (shape.kind === 'request') {
    // What crossed with `initialize`, or was on its way before the session was agreed on, is another check's business.
    const capability = before.answeredAt === null ? null : neededBy(shape.method);
    if (capability === null || state.used !== null || capability in (state.declared ?? {})) return state;
    return { ...state, used: { seq, method: shape.method, capability } };
  }
  const asked = askedFor(before, shape)?.asked;
  if (asked === undefined) return state;
  const { called, declared } = state;
  if (called !== null)
    return asked.seq > called.seq ? { ...state, called: { ...called, fences: called.fences + 1 } } : state;
  const isCall = asked.method === 'tools/call' && declared !== null && Object.keys(declared).length === 0;
  return isCall ? { ...state, called: { seq, fences: 0 } } : state;
}

function capabilitiesIn(params: Json | undefined): JsonObject {
  return isJsonObject(params) && isJsonObject(params.capabilities) ? params.capabilities : {};
}

/** The capability of the client's that a request of the server's needs; null when it needs none. */
function neededBy(method: string): string | null {
  if (method === 'roots/list') return 'roots';
  if (method === 'sampling/createMessage') return 'sampling';
  if (method === 'elicitation/create') return 'elicitation';
  return method.startsWith('tasks/') ? 'tasks' : null;
}
