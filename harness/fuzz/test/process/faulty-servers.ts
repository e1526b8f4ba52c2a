import { fileURLToPath } from 'node:url';
import type { Revision } from '@mcp-lifeline/specs';

/** A server whose fault takes a sequence, and what fuzzing must make of it. */
export interface FaultySequence {
  /** The check that the shortest sequence breaks. */
  readonly id: string;
  /** How many acts the shortest sequence has that shows the fault, counted by hand. */
  readonly length: number;
  /** Which revision is offered; the one that it prefers unless said otherwise. */
  readonly revision?: Revision;
}

/** Every server of `harness/fuzz/faulty`, by the name of its file. */
export const FAULTY_SEQUENCES: Readonly<Record<string, FaultySequence>> = {
  // initialize, initialized, a call, its cancellation; then a ping, a list and a ping.
  'second-ping-after-cancel': { id: 'ping.ready', length: 4 },
  // initialize, initialized, three calls, the end of input
  'eof-third-call': { id: 'shutdown.eof-mid-request', length: 6 },
  // initialize, initialized, two calls
  'two-in-one-tick': { id: 'rpc.one-response', length: 4 },
  // initialize, initialized, a line that is no message, a request whose id is neither small nor a string
  'strings-after-garbage': { id: 'rpc.id-echo', length: 4 },
  // initialize, initialized, a call, a ping, the cancellation of the call; then a ping
  'ping-before-cancel': { id: 'ping.ready', length: 5 },
  // initialize, initialized, three requests; then a ping
  'third-unknown-method': { id: 'ping.ready', length: 5 },
  // initialize, initialized, two calls, one of them with a token
  'progress-after-overlap': { id: 'progress.ends', length: 4 },
  // initialize, initialized, a ping, a batch of one
  'batch-after-ping': { id: 'rpc.batch', length: 4, revision: '2025-03-26' },
  // initialize, initialized, two calls whose ids are spelled alike
  'ids-spelled-alike': { id: 'rpc.every-request-answered', length: 4 },
  // a ping, initialize; then nothing that says that the client is initialized
  'roots-after-early-ping': { id: 'handshake.no-early-requests', length: 2 },
};

/** How one of them is started. */
export function faultyCommand(name: string): readonly [string, ...string[]] {
  return [process.execPath, fileURLToPath(new URL(`../../faulty/${name}.mjs`, import.meta.url))];
}

/** A server with no fault that is known. */
export const GOOD_COMMAND: readonly [string, ...string[]] = [
  process.execPath,
  fileURLToPath(new URL('../../../check/faulty/good.mjs', import.meta.url)),
];

/** Our own server, made with what embedders get: it has to be built. */
export const ECHO_COMMAND: readonly [string, ...string[]] = [
  process.execPath,
  fileURLToPath(new URL('../../../../examples/echo-server/server.mjs', import.meta.url)),
];
