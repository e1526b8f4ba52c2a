/** A call of a tool. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, number | string>>;
}

/** What the tools of a server are good for. */
export interface Toolset {
  /** Answers at once. */
  readonly quick?: ToolCall;
  /** Takes so long, and tells of so many steps where it is asked to. */
  readonly slow?: (ms: number, steps: number) => ToolCall;
  /** Makes the server ask its client for something. */
  readonly asking: readonly ToolCall[];
}

/** The tools of the good server, of its faulty relatives, and of the echo server, by the names they go by. */
export const OWN_TOOLS: Toolset = {
  quick: { name: 'echo', arguments: { text: 'hello' } },
  slow: (ms, steps) => ({ name: 'slow', arguments: { ms, steps } }),
  asking: [{ name: 'ask', arguments: {} }],
};
