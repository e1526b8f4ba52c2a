/**
 * What is measured: one implementation of MCP behind the same few calls as every other.
 * A module that exports one as `subject` is loaded into a process of its own.
 *
 * Its server has three tools: `echo` answers with the `text` it is given; `flood` sends `count` progress notices, each awaited
 * where that is possible, then its result; `usage` answers with {@link ServerUsage} as JSON text.
 */
export interface Subject {
  /** URLs of what a stdio client imports, for the time that takes. */
  readonly clientModules: readonly string[];
  /** Runs its server over stdio, with the tools above. */
  readonly serverCommand: readonly string[];
  /** A client and a server in this process, the handshake done. */
  connectInMemory(): Promise<BenchClient>;
  /** A client with a child process, the handshake done. */
  connectStdio(command: readonly string[]): Promise<BenchClient>;
  /** Its reader of lines: takes chunks of a stream, calls back once for each message that it has read and accepted. */
  readLines(onMessage: () => void): (chunk: Buffer) => void;
}

/** The client of a session that is ready. */
export interface BenchClient {
  ping(): Promise<unknown>;
  /** `tools/call`; `onProgress` is called once for each progress notice of this call. */
  call(name: string, args: Readonly<Record<string, unknown>>, onProgress?: () => void): Promise<unknown>;
  /** Ends the session: both ends in memory, the child process over stdio. */
  close(): Promise<void>;
}

/** What the process of a server has used so far. */
export interface ServerUsage {
  /** `process.cpuUsage()`, in us. */
  readonly cpu: NodeJS.CpuUsage;
  /** In bytes. */
  readonly rss: number;
}

/**
 * Asks the server what its process has used.
 *
 * @throws Error when the tool does not answer with text
 */
export async function readUsage(client: BenchClient): Promise<ServerUsage> {
  const result = await client.call('usage', {});
  const { content: [first] = [] } = result as { readonly content?: readonly { readonly text?: unknown }[] };
  if (typeof first?.text !== 'string') throw new Error(`the tool "usage" answered with ${JSON.stringify(result)}`);
  return JSON.parse(first.text);
}
