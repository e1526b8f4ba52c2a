import { type Exchange, type RawPeer, requestMessage } from '@mcp-lifeline/peer';
import { isJsonObject, type JsonObject, type TraceEvent } from '@mcp-lifeline/trace';

/** A call of a tool that asked for progress. */
export interface ToolCall {
  readonly exchange: Exchange;
  readonly token: string | number;
}

/** Calls a tool with a progress token. */
export function callTool(
  peer: RawPeer,
  { name, args }: { readonly name: string; readonly args: JsonObject },
  token: string | number,
  id?: string | number,
): ToolCall {
  const exchange = peer.prepare('tools/call', id);
  peer.send(requestMessage(exchange, { name, arguments: args, _meta: { progressToken: token } }));
  return { exchange, token };
}

/** The notifications of progress that a call got so far. */
export function progressesOf(peer: RawPeer, { token }: ToolCall): readonly TraceEvent[] {
  return peer.events.filter((event) => {
    if (event.plane !== 'wire' || event.kind !== 'received' || !isJsonObject(event.message)) return false;
    const { method, params } = event.message;
    return method === 'notifications/progress' && isJsonObject(params) && params.progressToken === token;
  });
}
