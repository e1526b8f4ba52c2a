import { open, type Params, type Peer, type Phase, peer, type Signal, type State, step } from '@mcp-lifeline/core';
import type { Channel } from './channel.js';
import { messageOf } from './errors.js';
import { type ServerOptions, serverConfig } from './options.js';
import type { RequestOptions } from './our-requests.js';
import type { Closed, Session } from './session.js';
import { SessionEngine } from './session-engine.js';

/** A server of one client, from its first read on. */
export interface Server extends Session {
  /** Resolves when the client has completed the handshake; rejects with a {@link ConnectError} when it never will. */
  readonly ready: Promise<Peer>;
  /** This process was told to end; a second time it ends at once. */
  signalled(signal: Signal): void;
  /** An error in this process that nobody caught: the session ends at once, without clean-up. */
  uncaught(error: unknown): void;
}

/**
 * Serves one client over a channel.
 *
 * @example
 * ```ts
 * serve(channel, {
 *   info: { name: 'clock', version: '1.0.0' },
 *   capabilities: { tools: {} },
 *   requests: { 'tools/list': () => ({ tools: [] }) },
 * });
 * ```
 * @throws {LocalProtocolError} for options that no session could have; never for what a peer does.
 */
export function serve(channel: Channel, options: ServerOptions): Server {
  return new RunningServer(channel, options);
}

class RunningServer implements Server {
  readonly #engine: SessionEngine<State>;

  constructor(channel: Channel, options: ServerOptions) {
    const config = serverConfig(options);
    this.#engine = new SessionEngine({ open: (now) => open(config, now), step, peer }, channel, config);
  }

  get ready(): Promise<Peer> {
    return this.#engine.milestones.ready;
  }

  get closed(): Promise<Closed> {
    return this.#engine.milestones.closed;
  }

  get phase(): Phase {
    return this.#engine.milestones.phase;
  }

  get peer(): Peer | null {
    return this.#engine.peer;
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

  signalled(signal: Signal): void {
    this.#engine.feed({ type: 'signalled', now: this.#engine.now(), signal });
  }

  uncaught(error: unknown): void {
    this.#engine.feed({ type: 'uncaught', now: this.#engine.now(), message: messageOf(error) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine.leave();
  }
}
