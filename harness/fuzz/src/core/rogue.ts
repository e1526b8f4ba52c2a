import type { Effect, Json, Params, RequestId } from '@mcp-lifeline/core';
import { CLIENT_CAPABILITIES, type Saying, SERVER_CAPABILITIES, type Side } from './case.js';
import { isId, isObject } from './reference/reading.js';

/** How many of the requests that it was sent a rogue remembers. */
const REMEMBERED = 64;

/** A peer that keeps no rule: it knows what it was asked, and answers as a case tells it to. */
export class Rogue {
  /** The role of the core that it talks to. */
  readonly #role: Side;
  readonly #asked: RequestId[] = [];
  #initializeId: RequestId = 1;
  #nextLabel = 1;

  constructor(role: Side) {
    this.#role = role;
  }

  /** Takes in what the core sends. */
  take(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type !== 'send' || !isObject(effect.message)) continue;
      const { id, method } = effect.message;
      if (method === undefined || !isId(id)) continue;
      if (method === 'initialize') this.#initializeId = id;
      this.#asked.push(id);
      if (this.#asked.length > REMEMBERED) this.#asked.shift();
    }
  }

  /** What it says, as a value. */
  say(saying: Saying): unknown {
    switch (saying.as) {
      case 'answer':
        return this.#answer(this.#idOf(saying.nth), saying.how);
      case 'progress': {
        const token = this.#idOf(saying.nth);
        const progressToken = saying.asText ? String(token) : token;
        return notification('notifications/progress', { progressToken, progress: saying.progress });
      }
      case 'request':
        return this.#request(saying.id, saying.method, saying.token);
      case 'cancel':
        return notification('notifications/cancelled', { requestId: saying.id, reason: 'enough' });
      case 'notification':
        return notification(saying.method, { label: this.#label() });
      case 'handshake':
        return this.#handshake(saying.version, saying.isSound);
      case 'initialized':
        return notification('notifications/initialized');
      case 'value':
        return saying.json;
      case 'odd':
        return ODD[saying.what];
    }
  }

  #answer(id: RequestId, how: Extract<Saying, { readonly as: 'answer' }>['how']): unknown {
    const result: Params = { label: this.#label() };
    const error = { code: -32_000, message: 'no' };
    switch (how) {
      case 'result':
        return { jsonrpc: '2.0', id, result };
      case 'error':
        return { jsonrpc: '2.0', id, error };
      case 'task':
        return { jsonrpc: '2.0', id, result: { task: { taskId: `task-${id}` } } };
      case 'malformed':
        return { jsonrpc: '2.0', id, result: 5 };
      case 'both':
        return { jsonrpc: '2.0', id, result, error };
      case 'asText':
        return { jsonrpc: '2.0', id: String(id), result };
      case 'idless':
        return { jsonrpc: '2.0', id: null, error };
    }
  }

  #request(id: Json, method: string, token: Json): unknown {
    const label = this.#label();
    const params = token === null ? { label } : { label, _meta: { progressToken: token } };
    return { jsonrpc: '2.0', id, method, params };
  }

  #handshake(protocolVersion: string, isSound: boolean): unknown {
    const info = { name: 'rogue', version: '1' };
    if (this.#role === 'client') {
      const sound = { protocolVersion, capabilities: SERVER_CAPABILITIES, serverInfo: info };
      return { jsonrpc: '2.0', id: this.#initializeId, result: isSound ? sound : { protocolVersion } };
    }
    const sound = { protocolVersion, capabilities: CLIENT_CAPABILITIES, clientInfo: info };
    return { jsonrpc: '2.0', id: 'init', method: 'initialize', params: isSound ? sound : { protocolVersion } };
  }

  /** The nth request that it was sent, counted back from the newest. */
  #idOf(nth: number): RequestId {
    return this.#asked[this.#asked.length - 1 - (nth % Math.max(1, this.#asked.length))] ?? 1;
  }

  #label(): number {
    this.#nextLabel += 1;
    return this.#nextLabel;
  }
}

/** Values that no JSON text has. */
const ODD: Readonly<Record<Extract<Saying, { readonly as: 'odd' }>['what'], unknown>> = {
  undefined: undefined,
  nan: { jsonrpc: '2.0', id: Number.NaN, method: 'x/custom', params: { progress: Number.POSITIVE_INFINITY } },
  function: { jsonrpc: '2.0', id: 1, method: () => 'ping' },
  holes: [undefined, { jsonrpc: '2.0', id: undefined, method: 'x/told', params: undefined }],
};

function notification(method: string, params?: Params): Params {
  return params === undefined ? { jsonrpc: '2.0', method } : { jsonrpc: '2.0', method, params };
}
