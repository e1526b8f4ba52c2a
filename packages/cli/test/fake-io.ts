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
export function fakeIo(
  given: { isTTY?: boolean; env?: Io['env']; cwd?: string; failure?: string; stdin?: string } = {},
): FakeIo {
  const { isTTY = false, env = {}, cwd = '/', failure = null, stdin = '' } = given;
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
    stdin: piped(stdin),
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

/** A few bytes at a time, so that lines and characters come in pieces. */
async function* piped(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}
