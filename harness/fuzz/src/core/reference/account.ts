import type { Config, Effect, Input, Json, Params, Why } from '@mcp-lifeline/core';
import type { Revision } from '@mcp-lifeline/core/revision';
import { inWords, violate } from '../violation.js';
import { type Ending, endingOf, type Facts, lossOf } from './ending.js';
import { Keepalive } from './keepalive.js';
import { type Gate, OurCalls } from './our-calls.js';
import { isId, isObject, type Reading, readWire } from './reading.js';
import { asksForTask, cancelsTasks } from './tasks.js';
import { Telling } from './telling.js';
import { TheirRequests } from './their-requests.js';

type Batch = ReturnType<TheirRequests['begin']>;

/**
 * What must come out of one core: a plain account of its calls, of the peer's requests, and of how the session ends.
 *
 * It knows no machine and, tasks apart, no capability and no method, so where these decide it lets both pass: a request may be
 * handed to the application or refused, a notification may be sent or not. What it never lets pass is a call that settles twice, late,
 * as something else or not at all; progress or an answer that is lost, made up or out of order; a request that gets no
 * answer or two; anything sent that nobody asked for; an end without a cause, or a cause without an end.
 */
export class Account {
  readonly calls: OurCalls;
  readonly handlers: TheirRequests;
  readonly #config: Config;
  readonly #ending: Ending;
  readonly #keepalive: Keepalive;
  #now: number;
  #revision: Revision | null = null;
  /** What the peer declared in the handshake. */
  #peerCapabilities: Params = {};
  #isReady = false;
  /** Null before it was sent, and once it was answered. */
  #initializeId: number | null = null;
  #hasAsked = false;
  #pingId: number | null = null;

  constructor(config: Config, now: number) {
    this.#config = config;
    this.#now = now;
    this.#ending = endingOf(config);
    this.#keepalive = new Keepalive(config);
    this.calls = new OurCalls(config);
    this.handlers = new TheirRequests(config);
  }

  /** What the handshake agreed on; null before. */
  get revision(): Revision | null {
    return this.#revision;
  }

  get isReady(): boolean {
    return this.#isReady && this.#ending.cause === null;
  }

  /** Takes in a step; `isStale`: its input is an expiry of a timer that is not armed. */
  take(input: Input, effects: readonly Effect[], isStale: boolean): void {
    this.#now = Math.max(this.#now, input.now);
    if (isStale) {
      if (effects.length > 0) violate(`a stale expiry of ${inWords(input)} asks for ${inWords(effects)}`);
      return;
    }
    const tell = new Telling(effects);
    const hopeless = this.#takeMain(input, tell);
    const facts: Facts = { handlers: this.handlers.size, hopeless };
    const turned = this.#ending.see(input, effects, facts);
    const { cause } = this.#ending;
    if (turned === 'over' && cause !== null) this.calls.lost(lossOf(cause), tell);
    if (turned !== 'no') this.handlers.lost(tell);
    tell.finish(input.type);
  }

  /** Everything but the end. Why the session cannot go on, where the answer to `initialize` or a silence says so. */
  #takeMain(input: Input, tell: Telling): Why | null {
    const { isWriting } = this.#ending;
    switch (input.type) {
      case 'received': {
        const refusal = this.#ending.isHearing ? this.#received(input.json, tell) : null;
        this.#keepalive.heard();
        return refusal;
      }
      case 'garbled':
        this.#keepalive.heard();
        break;
      case 'call':
        this.calls.called(input, this.#now, this.#gateFor(input), tell);
        break;
      case 'cancel':
        this.calls.cancelled(input, isWriting, tell);
        break;
      case 'elapsed':
        if (input.name === 'calls') this.calls.timedOut(this.#now, isWriting, tell);
        return this.#weighSilence(input, tell);
      case 'opened':
        this.#opened(tell);
        break;
      case 'answer':
        this.handlers.answered(input, tell);
        break;
      case 'progress':
        this.handlers.told(input, tell);
        break;
      case 'notify':
        this.#notified(input.method, input.params, tell);
        break;
    }
    return null;
  }

  #gateFor({ method, params }: Extract<Input, { readonly type: 'call' }>): Gate {
    const { cause, isWriting } = this.#ending;
    const hasAnswered = this.#config.role === 'client' ? isWriting : this.#revision !== null;
    return {
      ends: cause === null ? null : lossOf(cause),
      isEarly: method === 'ping' ? !hasAnswered : !this.#isReady,
      isTask: asksForTask(method, params, this.#revision, this.#peerCapabilities),
    };
  }

  #opened(tell: Telling): void {
    if (this.#config.role !== 'client' || this.#ending.cause !== null || this.#hasAsked) return;
    const { message } = tell.expect('send', 'a client that has a channel sends initialize');
    if (!isObject(message) || message['method'] !== 'initialize') violate(`a client begins with ${inWords(message)}`);
    this.#hasAsked = true;
    this.#initializeId = this.calls.noteOwn(message['id'], 'initialize');
  }

  /** A ping, where one is due; why the session cannot go on, where it was one too many. */
  #weighSilence({ name, heard }: Extract<Input, { readonly type: 'elapsed' }>, tell: Telling): Why | null {
    const isBusy = this.calls.size > 0;
    const next = this.#keepalive.elapsed(name, this.#now - Math.min(heard, this.#now), isBusy);
    if (next !== 'ping') return next === 'silent' ? next : null;
    const { message } = tell.expect('send', 'a ping is due');
    if (!isObject(message) || message['method'] !== 'ping') violate(`keepalive sends ${inWords(message)}`);
    this.#pingId = this.calls.noteOwn(message['id'], 'ping');
    return null;
  }

  #notified(method: string, params: Params | undefined, tell: Telling): void {
    if (this.#ending.cause !== null) return;
    tell.accept(
      'send',
      ({ message }) =>
        isObject(message) && message['method'] === method && message['params'] === params && !('id' in message),
    );
  }

  #received(json: unknown, tell: Telling): Why | null {
    if (!Array.isArray(json)) return this.#member(readWire(json), null, tell);
    const hasBatches = this.#revision === '2025-03-26' && json.length <= this.#config.maxBatch;
    const batch = hasBatches && json.length > 0 ? this.handlers.begin() : null;
    for (const member of json) {
      const reading = readWire(member);
      const isRefused = batch === null && reading.is === 'request';
      if (isRefused) this.#refused(reading, tell);
      const refusal = isRefused ? null : this.#member(reading, batch, tell);
      if (refusal !== null) return refusal;
    }
    if (batch !== null) this.handlers.end(batch, tell);
    return null;
  }

  #refused({ id, method }: Extract<Reading, { readonly is: 'request' }>, tell: Telling): void {
    if (!this.#ending.isWriting) return;
    const { message } = tell.expect('send', `${method} in a batch that is none is to be refused`);
    if (!isObject(message) || message['id'] !== id || !isObject(message['error']))
      violate(`it got ${inWords(message)}`);
  }

  #member(reading: Reading, batch: Batch | null, tell: Telling): Why | null {
    const { isWriting } = this.#ending;
    switch (reading.is) {
      case 'result':
      case 'error':
      case 'noAnswer':
        return this.#answered(reading, tell);
      case 'request': {
        if (!isWriting) break;
        const reply = this.handlers.asked(reading, batch, this.#isServing(), tell);
        if (reading.method === 'initialize' && this.#config.role === 'server') this.#agreed(reading, reply);
        break;
      }
      case 'noRequest':
        if (isWriting) this.handlers.replied(reading.id, 'what is no request', batch, tell);
        break;
      case 'notification':
        this.#heardOf(reading.method, reading.params, tell);
        break;
    }
    return null;
  }

  /** Whether new requests may be handed to the application. */
  #isServing(): boolean {
    const { isFinishing } = this.#ending;
    return !isFinishing && (this.#config.role === 'client' || this.#revision !== null);
  }

  #answered(reading: Extract<Reading, { readonly is: 'result' | 'error' | 'noAnswer' }>, tell: Telling): Why | null {
    const { isWriting } = this.#ending;
    if (reading.id === this.#initializeId) {
      this.#initializeId = null;
      return isWriting ? this.#shaken(reading, tell) : null;
    }
    if (reading.id === this.#pingId) this.#pingId = null;
    else this.calls.answered(reading, this.isReady && cancelsTasks(this.#peerCapabilities), tell);
    return null;
  }

  #shaken(reading: Reading, tell: Telling): Why | null {
    const result = reading.is === 'result' ? reading.result : {};
    const { protocolVersion, capabilities, serverInfo } = result;
    if (typeof protocolVersion !== 'string' || !isObject(capabilities) || !isObject(serverInfo)) return 'refused';
    const revision = this.#config.revisions.find((one) => one === protocolVersion);
    if (revision === undefined) return 'unsupportedRevision';
    const { message } = tell.expect('send', 'the handshake is to be completed');
    const isIt = isObject(message) && message['method'] === 'notifications/initialized' && !('id' in message);
    if (!isIt) violate(`the handshake is completed by ${inWords(message)}`);
    this.#revision = revision;
    this.#peerCapabilities = capabilities;
    this.#isReady = true;
    return null;
  }

  /** A server's own answer to `initialize` says what it agreed to. */
  #agreed({ params }: Extract<Reading, { readonly is: 'request' }>, reply: Json | null): void {
    const result = isObject(reply) ? reply['result'] : undefined;
    if (!isObject(result) || this.#revision !== null) return;
    this.#revision = this.#config.revisions.find((one) => one === result['protocolVersion']) ?? null;
    const declared = params?.['capabilities'];
    this.#peerCapabilities = isObject(declared) ? declared : {};
  }

  #heardOf(method: string, params: Params | undefined, tell: Telling): void {
    switch (method) {
      case 'notifications/cancelled':
        this.handlers.takenBack(params, tell);
        break;
      case 'notifications/progress':
        if (isId(params?.['progressToken'])) this.calls.told(params, this.#now, tell);
        break;
      case 'notifications/initialized':
        if (this.#config.role === 'server' && this.#revision !== null) this.#isReady = true;
        break;
      default: {
        if (this.#config.role === 'server' && this.#revision === null) break;
        const { item } = tell.expect('deliver', `the notification ${method} is for the application`);
        if (item.kind !== 'notification' || item.method !== method || item.params !== params) {
          violate(`the notification ${method} is delivered as ${inWords(item)}`);
        }
      }
    }
  }
}
