import type { EventEmitter } from 'node:events';
import type { Signal } from '@mcp-lifeline/driver';

/** Takes what a server's own process tells. */
export interface ServerProcessListener {
  /** Told of each, also of a second one: that is for leaving at once. */
  signalled(signal: Signal): void;
  /** Told once, of the first error that nobody caught; an unhandled rejection is one. What comes after it is dropped. */
  uncaught(error: unknown): void;
}

/** What is watched: by default this process, and its standard error. */
export interface WatchedProcess {
  readonly events?: Pick<EventEmitter, 'on' | 'off'>;
  readonly stderr?: Pick<EventEmitter, 'on' | 'off'>;
}

/**
 * Tells a server what happens to its process. Signals no longer end it, and uncaught errors neither: the listener must.
 *
 * @returns a function that stops watching
 */
export function watchServerProcess(listener: ServerProcessListener, watched: WatchedProcess = {}): () => void {
  const { events = process, stderr = process.stderr } = watched;
  let caught = false;
  const uncaught = (error: unknown): void => {
    // What the listener does about it may fail as well: without this it would be asked again, for ever.
    if (caught) return;
    caught = true;
    listener.uncaught(error);
  };
  const signalled = (signal: Signal): void => listener.signalled(signal);
  for (const signal of SIGNALS) events.on(signal, signalled);
  for (const event of UNCAUGHT) events.on(event, uncaught);
  // Whoever reads it may have left: that it cannot be logged is no reason to end, nor one to be logged.
  stderr.on('error', ignore);
  return () => {
    for (const signal of SIGNALS) events.off(signal, signalled);
    for (const event of UNCAUGHT) events.off(event, uncaught);
    stderr.off('error', ignore);
  };
}

/** What is needed to end a server's process, and stands in for it in a test. */
export interface ExitOptions {
  /** Waits until what was sent is written, within a bound of its own. */
  readonly flushed?: () => Promise<void>;
  /** Standard error: what was logged is written too. */
  readonly stderr?: { write(text: string, written: () => void): unknown };
  /** How long that may take, in ms; by default 200. */
  readonly stderrMs?: number;
  /** By default `process.exit`. */
  readonly exit?: (code: number) => void;
}

/**
 * Ends this process once all that it wrote has left it: Node drops what is still queued for a pipe. Explicit, since timers and
 * sockets of others would hold the event loop.
 */
export async function exitServerProcess(code: number, options: ExitOptions = {}): Promise<void> {
  const { flushed, stderr = process.stderr, stderrMs = STDERR_MS, exit = (last) => process.exit(last) } = options;
  await Promise.all([flushed?.(), writtenWithin(stderr, stderrMs)]);
  exit(code);
}

const SIGNALS: readonly Signal[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
const UNCAUGHT = ['uncaughtException', 'unhandledRejection'] as const;

/** Short: a log that nobody reads must not use up the time that a client gives. */
const STDERR_MS = 200;

function ignore(): void {}

/** An empty write comes back when all before it were taken. */
function writtenWithin(stderr: { write(text: string, written: () => void): unknown }, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stderr.write('', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
