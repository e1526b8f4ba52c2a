import type { JsonObject } from '@mcp-lifeline/trace';

/** A request of ours on its way. */
export interface Exchange {
  readonly id: string | number;
  readonly method: string;
  /** The answer, once it came: the whole response. */
  answer: JsonObject | null;
}

/** The requests of one peer, and which answer belongs to which. */
export class Exchanges {
  readonly #open: Exchange[] = [];
  #nextId = 1;

  /** Opens an exchange; without an id of its own it gets the next whole number. */
  open(method: string, id: string | number = this.#nextId++): Exchange {
    const exchange: Exchange = { id, method, answer: null };
    this.#open.push(exchange);
    return exchange;
  }

  /**
   * Gives a response to the open exchange whose id is the same by type and value; where there is none, to one whose id
   * is spelled the same. A server that turns numbers into strings is judged for that elsewhere, and goes on being asked.
   */
  settle(response: JsonObject): void {
    const { id } = response;
    if (typeof id !== 'string' && typeof id !== 'number') return;
    const exact = this.#open.findIndex((exchange) => exchange.id === id);
    const at = exact === -1 ? this.#open.findIndex((exchange) => String(exchange.id) === String(id)) : exact;
    const [exchange] = at === -1 ? [] : this.#open.splice(at, 1);
    if (exchange !== undefined) exchange.answer = response;
  }
}

/** The wire form of a request. */
export function requestMessage(exchange: Pick<Exchange, 'id' | 'method'>, params?: JsonObject): JsonObject {
  return {
    jsonrpc: '2.0',
    id: exchange.id,
    method: exchange.method,
    ...(params === undefined ? {} : { params }),
  };
}
