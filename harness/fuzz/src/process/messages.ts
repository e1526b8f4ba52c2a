import { TOOL } from '@mcp-lifeline/check';
import { UNKNOWN_METHOD_PREFIX } from '@mcp-lifeline/specs';
import type { Json, JsonObject } from '@mcp-lifeline/trace';
import type { Case, Declared, RequestAct } from './act.js';
import { type Means, toolOf } from './means.js';

/** A tool that no server has. */
const NO_TOOL = 'mcp-lifeline-no-such-thing';

/** The method of a request, and its parameters. */
export interface Asked {
  readonly method: string;
  readonly params: JsonObject | undefined;
}

/** What a request asks for, in the words of the protocol. */
export function askedBy(act: RequestAct, means: Means): Asked {
  const _meta = act.token === undefined ? {} : { _meta: { progressToken: tokenOf(act) } };
  switch (act.ask) {
    case 'ping':
      return { method: 'ping', params: undefined };
    case 'unknown-method':
      return { method: `${UNKNOWN_METHOD_PREFIX}unknown`, params: {} };
    case 'unknown-tool':
      return { method: 'tools/call', params: { name: NO_TOOL, arguments: {} } };
    case 'slow':
    case 'long':
    case 'asking': {
      const { name, args } = toolOf(act.ask, means) ?? { name: NO_TOOL, args: {} };
      return { method: 'tools/call', params: { name, arguments: args, ..._meta } };
    }
    default:
      return { method: act.ask, params: {} };
  }
}

/** A token is no id: whoever mixes them up is found out. */
function tokenOf({ as, token }: RequestAct): string | number {
  return token === 'number' ? TOKEN_OFFSET + as : `token-${as}`;
}

const TOKEN_OFFSET = 70_000;

/** What `initialize` offers and declares. */
export function initializeParams(offer: Case['offer'] | string, declares: readonly Declared[]): JsonObject {
  return { protocolVersion: offer, capabilities: capabilitiesOf(declares), clientInfo: { ...TOOL } };
}

/** The cancellation of a request. */
export function cancellationOf(requestId: string | number): JsonObject {
  return {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId, reason: 'mcp-lifeline cancels it' },
  };
}

/** What was never sent, and is cancelled all the same. */
export const UNKNOWN_CANCELLATION: JsonObject = cancellationOf('mcp-lifeline-never-sent');

/** A response that nobody asked for. */
export const STRAY_RESPONSE: JsonObject = { jsonrpc: '2.0', id: 'mcp-lifeline-never-asked', result: {} };

/** Tells that the roots have changed. */
export const ROOTS_CHANGED: JsonObject = { jsonrpc: '2.0', method: 'notifications/roots/list_changed' };

/** Lines that are no message. */
export const GARBAGE_TEXTS = { cut: '{"jsonrpc":"2.0","id":', words: 'this is no message' } as const;

function capabilitiesOf(declares: readonly Declared[]): Json {
  const roots = declares.includes('roots-changed') ? { listChanged: true } : {};
  return {
    ...(declares.some((one) => one === 'roots' || one === 'roots-changed') ? { roots } : {}),
    ...(declares.includes('sampling') ? { sampling: {} } : {}),
    ...(declares.includes('elicitation') ? { elicitation: {} } : {}),
  };
}
