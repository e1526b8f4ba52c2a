/**
 * The JSON-RPC envelope and the few params and results that the lifecycle itself reads, as pure functions.
 *
 * @packageDocumentation
 */

export type { Params } from './json.js';
export { type CancelledParams, readCancelled } from './message/cancelled.js';
export {
  INTERNAL_ERROR,
  INVALID_PARAMS,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  RESOURCE_NOT_FOUND,
  URL_ELICITATION_REQUIRED,
} from './message/error-codes.js';
export {
  type InitializeParams,
  type InitializeResult,
  type Reading,
  readInitializeParams,
  readInitializeResult,
} from './message/initialize.js';
export {
  type ProgressParams,
  progressTokenOf,
  readProgress,
  withoutProgressToken,
  withProgressToken,
} from './message/progress.js';
export { type ErrorBody, isRequestId, type Message, type RequestId, readMessage } from './message/read.js';
export { failure, notification, request, result } from './message/write.js';
