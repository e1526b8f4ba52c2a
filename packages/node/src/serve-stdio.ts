import {
  exitServerProcess,
  type ServerChannelOptions,
  stdioServerChannel,
  watchServerProcess,
} from '@mcp-lifeline/adapter-stdio';
import { type Server, type ServerOptions, serve } from '@mcp-lifeline/driver';

/** How a server behaves, and the bounds of its channel. */
export interface ServeStdioOptions
  extends Omit<ServerOptions, 'onExit'>,
    Pick<ServerChannelOptions, 'maxMessageBytes' | 'maxQueuedBytes' | 'flushMs'> {}

/**
 * Serves the client that started this process, on standard input and output, until the process ends.
 *
 * From then on the process is the server's: SIGTERM, SIGINT and SIGHUP ask it to leave and a second one cuts its clean-up
 * short; an error that nobody caught is logged once and ends it. It exits with 0 when it left cleanly, 1 after an uncaught
 * error, and 128 and the signal's number (143 without one) when its clean-up was cut short; always once what it sent is
 * written. What else is written to `process.stdout` goes to standard error: see `guardStdout`.
 *
 * @throws {LocalProtocolError} for options that are wrong.
 */
export function serveStdio(options: ServeStdioOptions): Server {
  const channel = stdioServerChannel(options);
  const server = serve(channel, {
    ...options,
    onExit: (code) => void exitServerProcess(code, { flushed: () => channel.flushed() }),
  });
  watchServerProcess({
    signalled: (signal) => server.signalled(signal),
    uncaught: (error) => {
      const text = describe(error);
      process.stderr.write(`uncaught: ${text}\n`);
      server.uncaught(text.split('\n', 1)[0]);
    },
  });
  return server;
}

/** Whatever was thrown, in words; also what cannot say what it is. */
function describe(error: unknown): string {
  try {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } catch {
    return 'something that has no text';
  }
}
