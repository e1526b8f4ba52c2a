import type { Params } from '@mcp-lifeline/core';
import { type RequestContext, RequestError, type RequestHandler } from '@mcp-lifeline/driver';

/** One tool of a server. */
export interface Tool {
  readonly description?: string;
  /** A JSON Schema of type `object`: what a client may give it; by default nothing in particular. It is told, not checked. */
  readonly inputSchema?: Params;
  /**
   * Does the work. A text stands for a result with that text; what it throws becomes a result with `isError`, but for a
   * {@link RequestError}, which is the answer as it is: -32602 where `given` is not what the schema says.
   */
  readonly run: (given: Params, context: RequestContext) => ToolOutput | Promise<ToolOutput>;
}

/** What a tool gives back: a text, or a result of `tools/call` as it goes out. */
export type ToolOutput = string | Params;

/** Takes what went wrong in a tool, whole: the client gets its message alone. */
export type ToolLog = (text: string) => void;

/**
 * The handlers of `tools/list` and `tools/call` for a set of tools, each under its name.
 *
 * A tool that throws is a result with `isError` and a short text, which the model may act on; the details go to the log. A tool
 * that there is not, and parameters that are none, are answered with -32602.
 *
 * @param all looked at anew for each request: a server that declares `listChanged` may add and take away, and then says so
 * @param log by default standard error
 */
export function tools(
  all: { readonly [name: string]: Tool },
  log: ToolLog = (text) => process.stderr.write(`${text}\n`),
): Readonly<Record<'tools/list' | 'tools/call', RequestHandler>> {
  return {
    'tools/list': (params) => {
      if (params['cursor'] !== undefined)
        throw new RequestError(INVALID_PARAMS, 'There is one page of tools, and no cursor');
      return { tools: Object.entries(all).map(describe) };
    },
    'tools/call': async (params, context) => {
      const { name, given } = readCall(params);
      const tool = Object.hasOwn(all, name) ? all[name] : undefined;
      if (tool === undefined) throw new RequestError(INVALID_PARAMS, `Unknown tool: ${shorten(name)}`);
      try {
        const output = await tool.run(given, context);
        return typeof output === 'string' ? textResult(output) : output;
      } catch (error) {
        if (error instanceof RequestError) throw error;
        // Nobody waits for the answer to a call that was cancelled, and to have given up is no fault.
        if (!context.signal.aborted) log(`tool ${name} failed: ${detailsOf(error)}`);
        return { ...textResult(shorten(messageOf(error))), isError: true };
      }
    },
  };
}

/** JSON-RPC 2.0, section 5.1. */
const INVALID_PARAMS = -32602;

/** How many characters of an error's message a client gets to see. */
const SHORT = 500;

function describe([name, { description, inputSchema = { type: 'object' } }]: readonly [string, Tool]): Params {
  return { name, ...(description === undefined ? {} : { description }), inputSchema };
}

function readCall(params: Params): { readonly name: string; readonly given: Params } {
  const { name, arguments: given = {} } = params;
  if (typeof name !== 'string') throw new RequestError(INVALID_PARAMS, 'The name of a tool must be a string');
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new RequestError(INVALID_PARAMS, 'The arguments of a tool must be an object');
  }
  return { name, given: given as Params };
}

function textResult(text: string): Params {
  return { content: [{ type: 'text', text }] };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The tool failed';
}

function detailsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function shorten(text: string): string {
  return text.length <= SHORT ? text : `${text.slice(0, SHORT)}...`;
}
