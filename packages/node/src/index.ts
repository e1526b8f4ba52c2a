/**
 * Clients and servers of the Model Context Protocol for Node, over stdio.
 *
 * @packageDocumentation
 */

export { LocalProtocolError } from '@mcp-lifeline/core';
export { PROCESS_DEFAULTS, PROCESS_PATIENT, PROCESS_QUICK } from '@mcp-lifeline/core/process';
export {
  CancelledError,
  type Client,
  type ClientOptions,
  ClosedError,
  ConnectError,
  ConnectionLostError,
  connect,
  LifelineError,
  MalformedAnswerError,
  NotAllowedError,
  PeerError,
  type RequestContext,
  RequestError,
  type Server,
  type ServerOptions,
  serve,
  TimeoutError,
  TooManyWaitingError,
  UnsendableError,
} from '@mcp-lifeline/driver';
export { type ConnectStdioOptions, connectStdio } from './connect-stdio.js';
export { type ServeStdioOptions, serveStdio } from './serve-stdio.js';
export { type Tool, tools } from './tools.js';
