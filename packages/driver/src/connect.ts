import { open, type Params, type Peer, type Phase, peer, type State, step } from '@mcp-lifeline/core';
import type { Channel } from './channel.js';
import { type ClientOptions, clientConfig } from './options.js';
import type { RequestOptions } from './our-requests.js';
import type { Closed, Session } from './session.js';
import { SessionEngine } from './session-engine.js';

/** A client that is ready, and what the handshake told of its server. */
export interface Client extends Session {
  readonly peer: Peer;
}

/**
 * Opens a channel to a server and completes the handshake.
 *
 * @example
 * ```ts
 * await using client = await connect(channel, { info: { name: 'host', version: '1.0.0' } });
 * const { tools } = await client.request('tools/list');
 * ```
 * @throws {ConnectError} as a rejection, as soon as it is known that the session will not be ready; its channel is then
 *   still closing, and `error.closed` tells when it has gone.
 * @throws {LocalProtocolError} as a rejection, for options that no session could have.
 */
export async function connect(channel: Channel, options: ClientOptions): Promise<Client> {
  const config = clientConfig(options);
  const engine = new SessionEngine({ open: (now) => open(config, now), step, peer }, channel, config);
  options.taps?.app({ kind: 'speaks', data: { revisions: config.revisions } });
  const { signal } = options;
  const giveUp = (): void => void engine.close();
  if (signal?.aborted === true) giveUp();
  else engine.feed({ type: 'start', now: engine.now() });
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    return new ReadyClient(engine, await engine.milestones.ready);
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

class ReadyClient implements Client {
  readonly peer: Peer;
  readonly #engine: SessionEngine<State>;

  constructor(engine: SessionEngine<State>, peer: Peer) {
    this.#engine = engine;
    this.peer = peer;
  }

  get phase(): Phase {
    return this.#engine.milestones.phase;
  }

  get closed(): Promise<Closed> {
    return this.#engine.milestones.closed;
  }

  request(method: string, params?: Params, options?: RequestOptions): Promise<Params> {
    return this.#engine.request(method, params, options);
  }

  notify(method: string, params?: Params): Promise<void> {
    return this.#engine.notify(method, params);
  }

  close(): Promise<Closed> {
    return this.#engine.close();
  }

  kill(): Promise<Closed> {
    return this.#engine.kill();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.leave();
  }
}
