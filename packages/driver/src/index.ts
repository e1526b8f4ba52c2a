/**
 * Gives the lifecycle core a channel and a clock: clients by `connect`, servers by `serve`. Runs in browsers too.
 *
 * @packageDocumentation
 */

export { LocalProtocolError, type Signal } from '@mcp-lifeline/core';
export type { Channel, ChannelListener } from './channel.js';
export type { Clock } from './clock.js';
export { type Client, connect } from './connect.js';
export {
  CancelledError,
  ClosedError,
  ConnectError,
  ConnectionLostError,
  LifelineError,
  MalformedAnswerError,
  NotAllowedError,
  PeerError,
  RequestError,
  TimeoutError,
  TooManyWaitingError,
  UnsendableError,
} from './errors.js';
export type { HandlerResult, Handlers, NotificationHandler, RequestContext, RequestHandler } from './handlers.js';
export type { ClientOptions, CommonOptions, ServerOptions } from './options.js';
export type { Progress, RequestOptions } from './our-requests.js';
export { realClock } from './real-clock.js';
export { type Server, serve } from './serve.js';
export type { Closed, Session } from './session.js';
export type { AppTap, WireTap } from './tap.js';
export { tapChannel } from './tap-channel.js';
