import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import type { Revision } from '../../clauses/revision.js';
import { citing } from '../by-revision.js';

/**
 * What is wrong with the form of a message, in words; null when nothing is.
 *
 * @param mayLackId whether its sender was sent what is no message: then what answers it may be without an id.
 */
export function faultOf(message: Json, mayLackId: boolean): string | null {
  if (!isJsonObject(message)) return null;
  const { jsonrpc, method } = message;
  if (jsonrpc !== '2.0') return `${nameOf(message)}: jsonrpc is ${textOf(jsonrpc)}`;
  const fault = 'method' in message ? callFault(message) : responseFault(message, mayLackId);
  if (fault === null) return null;
  return `${typeof method === 'string' ? method : nameOf(message)}: ${fault}`;
}

/** The clauses on the form of a message. */
export const ENVELOPE_CLAUSES = (revision: Revision): readonly string[] => citing(...NAMES[revision])(revision);

const COMMON = ['messages/json-rpc', 'messages/notification-no-id', 'messages/error-code-integer'] as const;
const EITHER = ['messages/result-or-error', 'messages/result-not-with-error'] as const;
const SINCE_MARCH = ['messages/error-code-and-message', 'messages/result-shape'] as const;
const NAMES: Readonly<Record<Revision, readonly string[]>> = {
  '2024-11-05': [...COMMON, ...EITHER],
  '2025-03-26': [...COMMON, ...EITHER, ...SINCE_MARCH],
  '2025-06-18': [...COMMON, ...EITHER, ...SINCE_MARCH],
  '2025-11-25': [...COMMON, ...SINCE_MARCH, 'messages/result-field', 'messages/error-response-id'],
};

function callFault({ id, method, params, ...rest }: JsonObject): string | null {
  if (typeof method !== 'string') return `method is ${textOf(method)}`;
  if (method.startsWith('notifications/') && id !== undefined) return `a notification with id ${textOf(id)}`;
  if (params !== undefined && !isJsonObject(params)) return `params is ${textOf(params)}`;
  if ('result' in rest || 'error' in rest) return 'both a call and a response';
  return null;
}

function responseFault(message: JsonObject, isExcused: boolean): string | null {
  const { id, result, error } = message;
  if (result === undefined && error === undefined) return 'no method, no result, no error';
  if (result !== undefined && error !== undefined) return 'both result and error';
  // 2025-11-25/messages/error-response-id; `error-id-null-or-absent`. What JSON-RPC alone would take for a request with
  // the id null has such a result.
  const mayLackId = error !== undefined || isExcused;
  if (!isId(id) && !(mayLackId && (id === undefined || id === null))) return `the id of a response is ${textOf(id)}`;
  if (result !== undefined) return isJsonObject(result) ? null : `result is ${textOf(result)}`;
  if (!isJsonObject(error)) return `error is ${textOf(error)}`;
  if (!Number.isInteger(error.code)) return `error.code is ${textOf(error.code)}`;
  return typeof error.message === 'string' ? null : `error.message is ${textOf(error.message)}`;
}

function isId(id: Json | undefined): boolean {
  return typeof id === 'string' || Number.isInteger(id);
}

function nameOf({ id, result, error }: JsonObject): string {
  if (result === undefined && error === undefined) return 'a message';
  return `the response to ${textOf(id)}`;
}

function textOf(value: Json | undefined): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
