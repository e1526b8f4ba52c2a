import type { Config, Delivery, Input, Json, Params, PeerKey, RequestId } from '@mcp-lifeline/core';
import { inWords, violate } from '../violation.js';
import { isId, isObject, type Reading } from './reading.js';
import type { Telling } from './telling.js';

type Request = Extract<Reading, { readonly is: 'request' }>;
type Delivered = Extract<Delivery, { readonly kind: 'request' }>;

/** A request that a handler works on. */
interface Handler {
  readonly id: RequestId;
  readonly token: RequestId | null;
  readonly batch: Batch | null;
  /** The last progress that was told. */
  progress: number | null;
}

/** A batch of theirs: answered as one, when nobody works on a member any more. */
interface Batch {
  /** How many members are worked on, and one more while the members are taken in. */
  open: number;
  /** The ids of the answers so far, in the order in which they were given. */
  readonly answers: RequestId[];
}

/** Their requests as the peer knows them: each gets one answer, unless it took it back or the session ended. */
export class TheirRequests {
  readonly #config: Config;
  readonly #open = new Map<PeerKey, Handler>();
  /** Which request an id means: the newest under it, and nobody once that is done. */
  readonly #meant = new Map<RequestId, PeerKey>();
  #newestKey = 0;

  constructor(config: Config) {
    this.#config = config;
  }

  get keys(): readonly PeerKey[] {
    return [...this.#open.keys()];
  }

  get size(): number {
    return this.#open.size;
  }

  begin(): Batch {
    return { open: 1, answers: [] };
  }

  end(batch: Batch, tell: Telling): void {
    this.#leave(batch, tell);
  }

  /** A request came: a handler starts, or it is answered at once. The answer, where it goes out alone. */
  asked(request: Request, batch: Batch | null, isServed: boolean, tell: Telling): Json | null {
    const { id, method, params } = request;
    const delivered = tell.accept('deliver', ({ item }) => isHandlerOf(item, request));
    if (delivered === null) return this.replied(id, method, batch, tell);
    const item = delivered.item as Delivered;
    const why = `the request ${inWords(id)} of ${method}`;
    if (!isServed || method === 'ping' || method === 'initialize') violate(`${why} is handed to the application`);
    if (this.#open.size >= this.#config.maxPeerRequests) violate(`${why} is one too many`);
    if (item.key <= this.#newestKey) violate(`${why} has the key ${item.key}, which is not new`);
    this.#newestKey = item.key;
    const meta = params?.['_meta'];
    const wish = isObject(meta) ? meta['progressToken'] : undefined;
    const token = isId(wish) ? wish : null;
    if (item.wantsProgress !== (token !== null)) violate(`${why} wants progress: ${item.wantsProgress}`);
    this.#open.set(item.key, { id, token, batch, progress: null });
    this.#meant.set(id, item.key);
    if (batch !== null) batch.open += 1;
    return null;
  }

  /** Something was answered without a handler. */
  replied(id: RequestId, method: string, batch: Batch | null, tell: Telling): Json | null {
    if (batch !== null) {
      batch.answers.push(id);
      return null;
    }
    const { message } = tell.expect('send', `the request ${inWords(id)} of ${method} is to be answered`);
    checkAnswer(message, id);
    if (method === 'ping' && !(isObject(message) && isObject(message['result'])))
      violate(`a ping got ${inWords(message)}`);
    return message;
  }

  /** A handler came to its end. */
  answered({ key, answer }: Extract<Input, { readonly type: 'answer' }>, tell: Telling): void {
    const handler = this.#open.get(key);
    if (handler === undefined) return;
    this.#forget(key, handler);
    if (handler.batch !== null) {
      handler.batch.answers.push(handler.id);
      this.#leave(handler.batch, tell);
      return;
    }
    const { message } = tell.expect('send', `the handler ${key} has an answer`);
    checkAnswer(message, handler.id);
    const isOwn =
      isObject(message) &&
      ('result' in answer
        ? message['result'] === answer.result
        : isObject(message['error']) && message['error']['code'] === answer.error.code);
    if (!isOwn) violate(`the answer of the handler ${key} goes out as ${inWords(message)}`);
  }

  /** A handler tells of its progress. */
  told({ key, progress }: Extract<Input, { readonly type: 'progress' }>, tell: Telling): void {
    const handler = this.#open.get(key);
    if (handler === undefined || handler.token === null) return;
    if (handler.progress !== null && progress <= handler.progress) return;
    handler.progress = progress;
    const { message } = tell.expect('send', `the handler ${key} tells of progress`);
    const params = isObject(message) ? message['params'] : undefined;
    const isIt = isObject(params) && params['progressToken'] === handler.token && params['progress'] === progress;
    if (!isIt) violate(`the progress of the handler ${key} goes out as ${inWords(message)}`);
  }

  /** The peer takes a request back. */
  takenBack(params: Params | undefined, tell: Telling): void {
    const id = params?.['requestId'];
    const key = isId(id) ? this.#meant.get(id) : undefined;
    const handler = key === undefined ? undefined : this.#open.get(key);
    if (key === undefined || handler === undefined) return;
    this.#expectAbort(key, tell);
    this.#forget(key, handler);
    if (handler.batch !== null) this.#leave(handler.batch, tell);
  }

  /** Nobody is left to be answered. */
  lost(tell: Telling): void {
    for (const key of this.#open.keys()) this.#expectAbort(key, tell);
    this.#open.clear();
    this.#meant.clear();
  }

  #expectAbort(key: PeerKey, tell: Telling): void {
    const aborted = tell.expect('abort', `the handler ${key} is to stop`);
    if (aborted.key !== key) violate(`the handler ${aborted.key} is aborted where ${key} is to be`);
  }

  #forget(key: PeerKey, { id }: Handler): void {
    this.#open.delete(key);
    if (this.#meant.get(id) === key) this.#meant.delete(id);
  }

  #leave(batch: Batch, tell: Telling): void {
    batch.open -= 1;
    if (batch.open > 0 || batch.answers.length === 0) return;
    const { message } = tell.expect('send', 'a batch is to be answered');
    const ids = Array.isArray(message) ? message.map((one: Json) => (isObject(one) ? one['id'] : undefined)) : [];
    const isWhole = ids.length === batch.answers.length && ids.every((id, at) => id === batch.answers[at]);
    if (!isWhole) violate(`the batch of ${inWords(batch.answers)} is answered by ${inWords(message)}`);
  }
}

function isHandlerOf(item: Delivery, { method, params }: Request): boolean {
  return item.kind === 'request' && item.method === method && item.params === params;
}

function checkAnswer(message: Json, id: RequestId): void {
  const isAnswer = isObject(message) && message['id'] === id && 'result' in message !== 'error' in message;
  if (!isAnswer) violate(`the request ${inWords(id)} is answered by ${inWords(message)}`);
}
