import { type Io, SIGNALS, type Sink, type StopSignal } from './io.js';

/** The {@link Io} of this very process. */
export function processIo(): Io {
  return {
    // To touch it is to open it.
    get stdin() {
      return process.stdin;
    },
    stdout: sinkOf(process.stdout),
    stderr: sinkOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    onSignal(listener) {
      const names = Object.keys(SIGNALS) as StopSignal[];
      for (const name of names) process.on(name, listener);
      return () => {
        for (const name of names) process.off(name, listener);
      };
    },
    exit: (code) => process.exit(code),
  };
}

/** The reader went away: `| head`, or a terminal that was closed. That is its own business. */
const READER_GONE: readonly (string | undefined)[] = ['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'];

function sinkOf(stream: NodeJS.WriteStream): Sink {
  let isGone = false;
  let failure: string | null = null;
  let written = Promise.resolve();
  stream.on('error', (error: NodeJS.ErrnoException) => {
    isGone = true;
    if (!READER_GONE.includes(error.code)) failure = error.code ?? error.message;
  });
  return {
    write: (text) => {
      if (isGone) return;
      written = new Promise((resolve) => {
        // Called once it is out, or was refused; the listener above hears of that.
        stream.write(text, () => setImmediate(resolve));
      });
    },
    isTTY: stream.isTTY === true,
    get columns() {
      // Some pseudo-terminals have a width of 0.
      return stream.columns || undefined;
    },
    flush: () => written.then(() => failure),
  };
}
