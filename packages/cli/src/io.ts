/** A stream for people or programs to read. */
export interface Sink {
  /** Writes text; never throws, and drops everything once the reader is gone. */
  write(text: string): void;
  readonly isTTY: boolean;
  /** The width of the terminal in characters, where there is one. */
  readonly columns: number | undefined;
  /** Waits until all of it is written: what went wrong, other than that nobody reads it any more, or null. */
  flush(): Promise<string | null>;
}

/** The signals that ask the command to stop, by their numbers. */
export const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** A signal that asks the command to stop. */
export type StopSignal = keyof typeof SIGNALS;

/** Everything that the command touches of the process it runs in, files apart. */
export interface Io {
  /** What is piped in, read when somebody asks for it. */
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths start here. */
  readonly cwd: string;
  /** Calls `listener` for each signal from now on, in place of what it would do by itself; returns how to stop that. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process now, whatever is still going on. */
  exit(code: number): void;
}
