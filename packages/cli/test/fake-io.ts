import type { Io, Sink, StopSignal } from '../src/io.ts';

/** What was written, and the handles that a test pulls. */
export interface FakeIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
  readonly exits: readonly number[];
  /** How many listeners for signals there are. */
  readonly listening: () => number;
  readonly send: (signal: StopSignal) => void;
}

/** An {@link Io} that keeps everything in memory. */
export function fakeIo(given: { isTTY?: boolean; env?: Io['env']; cwd?: string; failure?: string } = {}): FakeIo {
  const { isTTY = false, env = {}, cwd = '/', failure = null } = given;
  const written = { out: '', err: '' };
  const exits: number[] = [];
  const listeners = new Set<(signal: StopSignal) => void>();
  const sink = (to: 'out' | 'err'): Sink => ({
    write: (text) => {
      written[to] += text;
    },
    isTTY,
    columns: isTTY ? 80 : undefined,
    flush: async () => (to === 'out' ? failure : null),
  });
  return {
    stdout: sink('out'),
    stderr: sink('err'),
    env,
    cwd,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    exit: (code) => exits.push(code),
    out: () => written.out,
    err: () => written.err,
    exits,
    listening: () => listeners.size,
    send: (signal) => {
      for (const listener of listeners) listener(signal);
    },
  };
}
