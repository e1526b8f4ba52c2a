/**
 * The two ends of MCP over stdio: a server in a child process, and our own standard input and output.
 *
 * @packageDocumentation
 */

export type { ChildEvent, Over } from './child.js';
export { type ChildChannel, type ChildChannelOptions, childChannel } from './child-channel.js';
export { guardStdout, type MessageOutput } from './guarded-stdout.js';
export { type ServerChannel, type ServerChannelOptions, stdioServerChannel } from './server-channel.js';
export {
  type ExitOptions,
  exitServerProcess,
  type ServerProcessListener,
  type WatchedProcess,
  watchServerProcess,
} from './server-process.js';
