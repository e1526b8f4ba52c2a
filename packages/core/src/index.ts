/**
 * The life of one MCP session as a pure core, for a client and for a server: what to do next, given what happened and
 * what was asked for.
 *
 * @packageDocumentation
 */

export type {
  Answer,
  CallKey,
  Delivery,
  Effect,
  Failure,
  Fault,
  FaultCode,
  Garble,
  Input,
  Outcome,
  Peer,
  PeerKey,
  Phase,
  Signal,
  State,
  TimerName,
  Why,
} from './contract.js';
export type { Json } from './json.js';
export { LocalProtocolError } from './local-protocol-error.js';
export type { ErrorBody, Params, RequestId } from './message.js';
export { LATEST_REVISION, REVISIONS, type Revision } from './revision.js';
export {
  CLIENT_DEFAULTS,
  type ClientConfig,
  type Config,
  SERVER_DEFAULTS,
  type ServerConfig,
} from './session/config.js';
export { abstract, restore, type Saved, save } from './session/saving.js';
export { open, peer, phase, step } from './session/step.js';
