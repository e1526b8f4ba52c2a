import type { Json, JsonObject } from '@mcp-lifeline/trace';

/** What a scripted client answers to a request of the server's: a result or an error, to be joined with the id. */
export type Reply = { readonly result: Json } | { readonly error: { readonly code: number; readonly message: string } };

/** The capabilities that {@link replyAsClient} can stand by. */
export const CLIENT_CAPABILITIES: JsonObject = { roots: { listChanged: true }, sampling: {}, elicitation: {} };

/** Answers as a client would that declares {@link CLIENT_CAPABILITIES} and whose user declines everything. */
export function replyAsClient(method: string): Reply {
  switch (method) {
    case 'ping':
      return { result: {} };
    case 'roots/list':
      return { result: { roots: [] } };
    case 'sampling/createMessage':
      return {
        result: { role: 'assistant', content: { type: 'text', text: 'no model here' }, model: 'none' },
      };
    case 'elicitation/create':
      return { result: { action: 'decline' } };
    default:
      return { error: { code: -32601, message: 'Method not found' } };
  }
}
