import { type ChildChannelOptions, childChannel } from '@mcp-lifeline/adapter-stdio';
import { type Client, type ClientOptions, connect } from '@mcp-lifeline/driver';
import { inheritedEnvironment } from './environment.js';

/** Which server to start, and how the session with it is held. */
export interface ConnectStdioOptions extends ClientOptions, Omit<ChildChannelOptions, 'env'> {
  /** Comes on top of what every server inherits: `HOME`, `LOGNAME`, `PATH`, `SHELL`, `TERM` and `USER` on POSIX. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts a server in a process group of its own and connects to it; resolves when the session is ready.
 *
 * The server ends with the session, and with this process, unless that is SIGKILLed or ended by a signal that it does not
 * handle: then only the end of its input tells the server.
 *
 * @throws {ConnectError} as a rejection, when there is no server to start or it does not become ready; `closed` settles when
 * nothing of it is left, and tells how its process ended.
 */
export async function connectStdio(options: ConnectStdioOptions): Promise<Client> {
  const { command, args, cwd, env, ladder, maxMessageBytes, maxQueuedBytes, onStderr, onProcess, ...session } = options;
  const channel = childChannel({
    command,
    ...given({ args, cwd, ladder, maxMessageBytes, maxQueuedBytes, onStderr, onProcess }),
    env: { ...inheritedEnvironment(), ...env },
  });
  return connect(channel, session);
}

/** Only what was given: an option that is absent is not one that is undefined. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
