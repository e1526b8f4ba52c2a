import type { Params } from '@mcp-lifeline/core';
import {
  type Channel,
  type Client,
  type ClientOptions,
  type Closed,
  ConnectError,
  connect,
  type Handlers,
  LifelineError,
  type RequestOptions,
} from '@mcp-lifeline/driver';
import type { ToolCall, Toolset } from './toolset.js';

/** How one step of a drive came out: `result`, or the code of a {@link LifelineError}. */
export type Outcome = string;

/** How a session went. */
export interface Driven {
  /** Null when the session never became ready. */
  readonly peer: Client['peer'] | null;
  /** By step, in the order in which they were taken. */
  readonly outcomes: Readonly<Record<string, Outcome>>;
  /** The progress that was delivered for the step `slow`. */
  readonly progress: readonly number[];
  /** What was thrown and is no {@link LifelineError}. */
  readonly strays: readonly unknown[];
  readonly closed: Closed;
}

/** How a session is driven; what else a client may be told comes on top. */
export interface DriveOptions extends Partial<ClientOptions> {
  readonly tools: Toolset;
  /** How long the slow call takes that is waited for. */
  readonly slowMs?: number;
}

/** By default. */
const SLOW_MS = 200;
/** How long the slow calls take that are to be given up, in ms: far longer than the patience with them on any machine. */
const TOO_SLOW_MS = 10_000;
const PATIENCE_MS = 120;

/**
 * Plays the same session on any server: handshake, list, pings, calls side by side, of which one reports progress, one asks
 * the client, one is cancelled, one runs out of time and one is cut off by the close.
 */
export async function drive(channel: Channel, { tools, slowMs = SLOW_MS, ...options }: DriveOptions): Promise<Driven> {
  let client: Client;
  try {
    client = await connect(channel, { info: INFO, capabilities: CAPABILITIES, ...HANDLERS, ...options });
  } catch (error) {
    const closed = error instanceof ConnectError ? await error.closed : { why: 'asked' as const };
    const strays = error instanceof LifelineError ? [] : [error];
    return { peer: null, outcomes: { connect: outcomeOf(error) }, progress: [], strays, closed };
  }
  return new Drive(client, tools, slowMs).play();
}

class Drive {
  readonly #client: Client;
  readonly #tools: Toolset;
  readonly #slowMs: number;
  readonly #outcomes: Record<string, Outcome> = { connect: 'result' };
  readonly #progress: number[] = [];
  readonly #strays: unknown[] = [];

  constructor(client: Client, tools: Toolset, slowMs: number) {
    this.#client = client;
    this.#tools = tools;
    this.#slowMs = slowMs;
  }

  async play(): Promise<Driven> {
    await Promise.all([this.#request('list', 'tools/list'), this.#request('ping', 'ping')]);
    await Promise.all([...this.#quickCalls(), ...this.#slowCalls(), this.#changeRoots()]);
    // Whatever is withheld is only then withheld when these are answered.
    await Promise.all(['1', '2', '3'].map((count) => this.#request(`fence ${count}`, 'ping')));
    await this.#request('last fence', 'ping');
    const cutOff = this.#call('cut off', this.#tools.slow?.(TOO_SLOW_MS, 1));
    const closed = await this.#client.close();
    await cutOff;
    return {
      peer: this.#client.peer,
      outcomes: this.#outcomes,
      progress: this.#progress,
      strays: this.#strays,
      closed,
    };
  }

  #quickCalls(): readonly Promise<void>[] {
    const { quick, asking } = this.#tools;
    return [
      ...['1', '2', '3'].map((count) => this.#call(`quick ${count}`, quick)),
      ...asking.map((call) => this.#call(call.name, call)),
      this.#request('unknown', 'lab/unknown'),
    ];
  }

  #slowCalls(): readonly Promise<void>[] {
    const { slow } = this.#tools;
    const cancelling = new AbortController();
    const onProgress = ({ progress }: { readonly progress: number }): void => void this.#progress.push(progress);
    const cancelled = this.#call('cancelled', slow?.(TOO_SLOW_MS, 100), {
      signal: cancelling.signal,
      onProgress: () => cancelling.abort(),
    });
    // For who tells of no progress.
    const impatience = setTimeout(() => cancelling.abort(), PATIENCE_MS * 2);
    return [
      this.#call('slow', slow?.(this.#slowMs, 4), { onProgress }),
      cancelled.finally(() => clearTimeout(impatience)),
      this.#call('timed out', slow?.(TOO_SLOW_MS, 1), { timeoutMs: PATIENCE_MS }),
      this.#call('out of time in all', slow?.(TOO_SLOW_MS, 200), { maxTotalTimeoutMs: PATIENCE_MS }),
    ];
  }

  async #changeRoots(): Promise<void> {
    await this.#settle('roots changed', this.#client.notify('notifications/roots/list_changed'));
  }

  async #call(step: string, call: ToolCall | undefined, options?: RequestOptions): Promise<void> {
    if (call !== undefined) await this.#request(step, 'tools/call', { ...call }, options);
  }

  #request(step: string, method: string, params?: Params, options?: RequestOptions): Promise<void> {
    return this.#settle(step, this.#client.request(method, params, options));
  }

  async #settle(step: string, settling: Promise<unknown>): Promise<void> {
    try {
      await settling;
      this.#outcomes[step] = 'result';
    } catch (error) {
      this.#outcomes[step] = outcomeOf(error);
      if (!(error instanceof LifelineError)) this.#strays.push(error);
    }
  }
}

const INFO = { name: 'mcp-lifeline-interop', version: '0.1.0' };
/** What it declares, and serves: see {@link HANDLERS}. */
const CAPABILITIES = { roots: { listChanged: true }, sampling: {} };

const HANDLERS: Handlers = {
  requests: {
    'roots/list': () => ({ roots: [{ uri: 'file:///tmp', name: 'tmp' }] }),
    async 'sampling/createMessage'(_, context) {
      await context.progress(1, 2);
      await context.progress(2, 2);
      return { role: 'assistant', model: 'none', content: { type: 'text', text: 'Yes' } };
    },
  },
  fallbackNotification() {},
};

function outcomeOf(error: unknown): Outcome {
  return error instanceof LifelineError ? String(error.code) : 'stray';
}
