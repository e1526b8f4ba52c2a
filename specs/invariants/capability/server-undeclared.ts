import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { citing } from '../by-revision.js';
import type { Invariant } from '../invariant.js';
import { NEW_SESSION, type Session, seeEach } from '../session.js';
import { type Crossing, shapeOf } from '../wire.js';
import { sinceJune } from './since-june.js';

interface State {
  readonly session: Session;
  /** The first notification that needs a capability which the server did not declare. */
  readonly used: { readonly seq: number; readonly method: string; readonly capability: string } | null;
}

/** The server notifies of nothing that it did not declare. */
export const serverUndeclared: Invariant<State> = {
  id: 'capability.server-undeclared',
  title: 'the server notifies of nothing that it did not declare',
  level: sinceJune,
  clauses: citing('lifecycle/negotiated-capabilities'),
  needs: ['handshake', 'alive', 'fences', 'wholeRun'],
  initial: { session: NEW_SESSION, used: null },
  see: (state, event) => seeEach(state, event, seeOne),
  verdict: ({ session, used }, end) => {
    const { answeredAt, pending } = session;
    const expected = 'no notification that needs a capability which the server did not declare';
    if (used !== null) {
      const observed = `${used.method} without ${used.capability}`;
      const evidence = [answeredAt, used.seq].filter((seq) => seq !== null);
      return { found: 'broken', expected, observed, evidence };
    }
    const initialized = pending.find(({ method, fenced }) => method === 'notifications/initialized' && fenced);
    if (answeredAt !== null && initialized !== undefined) {
      return { found: 'held', expected, observed: 'none', evidence: [answeredAt, initialized.seq] };
    }
    if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
    if (answeredAt === null) return { found: 'nothing', lacking: 'handshake', why: 'initialize was not answered' };
    return { found: 'nothing', lacking: 'fences', why: 'too few requests were answered after initialized' };
  },
};

function seeOne(state: State, { from, message }: Crossing, before: Session, seq: number): State {
  const shape = shapeOf(message);
  if (from === 'client' || shape.kind !== 'notification' || state.used !== null) return state;
  // Before its answer to `initialize` nothing is declared yet, and nothing negotiated.
  const result = before.answer?.result;
  if (!isJsonObject(result)) return state;
  const declared = isJsonObject(result.capabilities) ? result.capabilities : {};
  const capability = NEEDED[shape.method];
  if (capability === undefined || isDeclared(declared, capability)) return state;
  return { ...state, used: { seq, method: shape.method, capability: capability.join('.') } };
}

type Path = readonly [capability: string, member?: string];

/** The capability that a notification of the server's needs. */
const NEEDED: Readonly<Record<string, Path>> = {
  'notifications/tools/list_changed': ['tools', 'listChanged'],
  'notifications/prompts/list_changed': ['prompts', 'listChanged'],
  'notifications/resources/list_changed': ['resources', 'listChanged'],
  'notifications/resources/updated': ['resources', 'subscribe'],
  'notifications/message': ['logging'],
};

function isDeclared(declared: JsonObject, [capability, member]: Path): boolean {
  const value = declared[capability];
  if (member === undefined) return value !== undefined && value !== null && value !== false;
  return isJsonObject(value) && value[member] === true;
}
