/** Where a server's messages are written: a `Writable` is one. */
export interface MessageOutput {
  /** False once nothing can be written any more. */
  readonly writable: boolean;
  write(text: string, written?: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Keeps standard output for messages: whatever else is written to `process.stdout`, by `console.log` or any library, goes to
 * standard error from now on, and an `end` of it ends nothing. A second call changes nothing.
 *
 * It sees what goes through `process.stdout`. It does not see native code and `fs.writeSync(1, ...)`, which write to the file
 * descriptor, a child process that inherits it, nor whoever took `process.stdout.write` aside before.
 *
 * @returns the one way left to standard output (`2025-11-25/transports/stdout-messages-only`)
 */
export function guardStdout(): MessageOutput {
  const stdout: GuardedStdout = process.stdout;
  const present = stdout[GUARD];
  if (present !== undefined) return present;
  const write = stdout.write.bind(stdout);
  const output: MessageOutput = {
    get writable() {
      return stdout.writable;
    },
    write: (text, written) => write(text, written),
    on: (event, listener) => stdout.on(event, listener),
  };
  Object.defineProperty(stdout, GUARD, { value: output });
  // Looked up on each call: whoever replaces the write of standard error is obeyed.
  stdout.write = ((...args: Parameters<typeof write>) => process.stderr.write(...args)) as typeof write;
  stdout.end = ((chunk?: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) process.stderr.write(chunk);
    return stdout;
  }) as typeof stdout.end;
  return output;
}

/** Known to every copy of this module in the process: a second guard would take the first one's way for the original. */
const GUARD = Symbol.for('@mcp-lifeline/guarded-stdout');

type GuardedStdout = typeof process.stdout & { [GUARD]?: MessageOutput };
