import { isJsonObject, type Params } from './json.js';
import { METHODS, type MethodRule, type Need, type Role } from './method/table.js';
import type { Revision } from './revision.js';

export { METHODS, type MethodRule, type Need, type Role, type When } from './method/table.js';

/** What a session agreed on in its handshake. */
export interface Agreement {
  readonly revision: Revision;
  /** The capabilities that the client declared. */
  readonly client: Params;
  /** The capabilities that the server declared. */
  readonly server: Params;
}

/** Why a message may not be sent. */
export interface Refusal {
  readonly code: 'wrongKind' | 'wrongSide' | 'wrongRevision' | 'undeclared';
  /** In a few words, such as `the server did not declare tools`. */
  readonly why: string;
  /** The clause that it would break, such as `2025-11-25/lifecycle/negotiated-capabilities`. */
  readonly clause: string;
}

/** The rule of a method; undefined for one that no revision knows. */
export function lookUp(method: string): MethodRule | undefined {
  return RULES.get(method);
}

/**
 * Whether a side may send a request once the handshake is over; null where it may, else why not.
 *
 * A method that no revision knows is a matter between the two sides, and allowed. When it may be sent is told by
 * `waitsFor`.
 */
export function mayRequest(from: Role, method: string, agreement: Agreement): Refusal | null {
  const rule = RULES.get(method);
  return rule === undefined ? null : weigh(rule, 'request', from, agreement);
}

/** Whether a side may send a notification once the handshake is over; the rest is as with `mayRequest`. */
export function mayNotify(from: Role, method: string, agreement: Agreement): Refusal | null {
  const rule = RULES.get(method);
  return rule === undefined ? null : weigh(rule, 'notification', from, agreement);
}

/**
 * What must have crossed before a side sends a message of this method: nothing, the answer to `initialize`, or
 * `initialized`.
 *
 * Operation begins for the client with the answer (lifecycle/early-client-requests) and for the server with
 * `initialized` (lifecycle/early-server-requests); so it does for methods that no revision knows.
 */
export function waitsFor(from: Role, method: string): 'nothing' | 'answer' | 'initialized' {
  const when = RULES.get(method)?.when ?? 'operating';
  if (when === 'anyTime' || when === 'opening') return 'nothing';
  return when === 'operating' && from === 'server' ? 'initialized' : 'answer';
}

const RULES: ReadonlyMap<string, MethodRule> = new Map(METHODS.map((rule) => [rule.method, rule]));

function weigh(rule: MethodRule, kind: MethodRule['kind'], from: Role, agreement: Agreement): Refusal | null {
  const { revision } = agreement;
  if (rule.kind !== kind) {
    const clause = kind === 'request' ? 'messages/notification-no-id' : 'messages/request-id';
    return refusal('wrongKind', `${rule.method} is a ${rule.kind}`, revision, clause);
  }
  if (!rule.from.includes(from)) {
    return refusal('wrongSide', `${rule.method} is not sent by a ${from}`, revision, 'lifecycle/negotiated-version');
  }
  if (revision < rule.since) {
    const why = `${rule.method} came with ${rule.since}`;
    return refusal('wrongRevision', why, revision, 'lifecycle/negotiated-version');
  }
  const { needs } = rule;
  if (needs === null || (needs.since !== undefined && revision < needs.since)) return null;
  const owner = needs.of === 'sender' ? from : other(from);
  if (isDeclared(needs, agreement[owner])) return null;
  const why = `the ${owner} did not declare ${needs.capability.join('.')}`;
  return refusal('undeclared', why, revision, 'lifecycle/negotiated-capabilities');
}

function refusal(code: Refusal['code'], why: string, revision: Revision, clause: string): Refusal {
  return { code, why, clause: `${revision}/${clause}` };
}

function other(role: Role): Role {
  return role === 'client' ? 'server' : 'client';
}

/** Flags are booleans in the schema, all else objects; `true` for an object is understood. */
function isDeclared({ capability, isFlag }: Need, declared: Params): boolean {
  let value: unknown = declared;
  for (const name of capability) {
    if (!isJsonObject(value)) return false;
    value = value[name];
  }
  return value === true || (!isFlag && isJsonObject(value));
}
