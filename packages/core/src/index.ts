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
  Fault,
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
export {
  CLIENT_DEFAULTS,
  type ClientConfig,
  type Config,
  SERVER_DEFAULTS,
  type ServerConfig,
} from './session/config.js';
export { open, peer, phase, step } from './session/step.js';
