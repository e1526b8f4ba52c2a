import type { BenchClient, ServerUsage } from '../subject.js';

/** A message as the floor makes and reads it: nothing is checked. */
export interface Message {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Call {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly _meta?: { readonly progressToken: number };
}

/** The least that a client can be: a counter, a map of what waits for an answer, a map of what hears of progress. */
export class FloorClient implements BenchClient {
  readonly #send: (message: Message) => void;
  readonly #close: () => Promise<void>;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  readonly #listening = new Map<number, () => void>();
  #lastId = 0;

  constructor(send: (message: Message) => void, close: () => Promise<void>) {
    this.#send = send;
    this.#close = close;
  }

  ping(): Promise<unknown> {
    return this.#request('ping', undefined);
  }

  async call(name: string, args: Readonly<Record<string, unknown>>, onProgress?: () => void): Promise<unknown> {
    const call: Call = { name, arguments: args };
    if (onProgress === undefined) return await this.#request('tools/call', call);
    const progressToken = this.#lastId + 1;
    this.#listening.set(progressToken, onProgress);
    const result = await this.#request('tools/call', { ...call, _meta: { progressToken } });
    this.#listening.delete(progressToken);
    return result;
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Takes what the server sent. */
  receive({ id, params, result }: Message): void {
    if (id === undefined) {
      this.#listening.get((params as { readonly progressToken: number }).progressToken)?.();
      return;
    }
    this.#waiting.get(id)?.(result);
    this.#waiting.delete(id);
  }

  #request(method: string, params: unknown): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ jsonrpc: '2.0', id, method, params });
    });
  }
}

/** The least that a server can be: it answers at once. There is no handshake. */
export function answer({ id, method, params }: Message, send: (message: Message) => void): void {
  if (id === undefined) return;
  const result = method === 'tools/call' ? runTool(params as Call, send) : {};
  send({ jsonrpc: '2.0', id, result: method === 'initialize' ? introduction(params) : result });
}

function runTool({ name, arguments: given, _meta }: Call, send: (message: Message) => void): unknown {
  if (name === 'echo') return text(String(given['text']));
  if (name === 'usage') {
    const usage: ServerUsage = { cpu: process.cpuUsage(), rss: process.memoryUsage().rss };
    return text(JSON.stringify(usage));
  }
  for (let progress = 1; progress <= Number(given['count']); progress += 1) {
    const params = { progressToken: _meta?.progressToken, progress };
    send({ jsonrpc: '2.0', method: 'notifications/progress', params });
  }
  return text('done');
}

function text(said: string): unknown {
  return { content: [{ type: 'text', text: said }] };
}

/** Other subjects' clients meet this server too, and they shake hands. */
function introduction(params: unknown): unknown {
  const { protocolVersion } = params as { readonly protocolVersion: string };
  return { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'floor', version: '1.0.0' } };
}
