import type { Json, Params } from '@mcp-lifeline/core';
import type { Channel, ChannelListener } from '../src/channel.ts';
import { type Client, connect } from '../src/connect.ts';
import type { ClientOptions, ServerOptions } from '../src/options.ts';
import { type Server, serve } from '../src/serve.ts';

export const INFO = { name: 'test', version: '1.0.0' };

/** A channel whose peer is the test: what is sent is kept, what it tells is up to the test. */
export class ScriptedChannel implements Channel {
  readonly sent: Json[] = [];
  /** What was done to it but for sending. */
  readonly did: string[] = [];
  queued = 0;
  highWater = 1_000;
  /** Whether `close` and `kill` are answered by `gone` at once, in a microtask. */
  goes = true;
  /** Thrown by `send` when it holds of the message. */
  refuses: (message: Json) => boolean = () => false;
  #listener: ChannelListener | undefined;

  get listener(): ChannelListener {
    if (this.#listener === undefined) throw new Error('it was never opened');
    return this.#listener;
  }

  open(listener: ChannelListener): void {
    this.did.push('open');
    this.#listener = listener;
  }

  send(message: Json): void {
    if (this.refuses(message)) throw new TypeError('no JSON text');
    this.sent.push(message);
  }

  close(): void {
    this.#end('close');
  }

  kill(): void {
    this.#end('kill');
  }

  /** The peer sends this. */
  tell(...messages: readonly object[]): void {
    this.listener.heard();
    for (const message of messages) this.listener.received({ jsonrpc: '2.0', ...message });
  }

  /** What was sent since this was asked for the last time, without what all messages have. */
  taken(): Json[] {
    return this.sent.splice(0).map((message) => {
      if (Array.isArray(message) || typeof message !== 'object' || message === null) return message;
      const { jsonrpc: _, ...rest } = message as Params;
      return rest;
    });
  }

  #end(how: string): void {
    this.did.push(how);
    if (this.goes) queueMicrotask(() => this.listener.gone('it went'));
  }
}

/** What a server answers to `initialize`. */
export const WELCOME = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: INFO };

/** A client that is ready, and the test in the place of its server. */
export async function readyClient(
  options: Partial<ClientOptions> = {},
): Promise<{ readonly client: Client; readonly channel: ScriptedChannel }> {
  const channel = new ScriptedChannel();
  const connecting = connect(channel, { info: INFO, ...options });
  channel.listener.opened();
  channel.tell({ id: 1, result: WELCOME });
  const client = await connecting;
  channel.taken();
  return { client, channel };
}

/** A server that is ready, and the test in the place of its client. */
export function readyServer(options: Partial<ServerOptions> = {}): {
  readonly server: Server;
  readonly channel: ScriptedChannel;
} {
  const channel = new ScriptedChannel();
  const server = serve(channel, { info: INFO, capabilities: { tools: {}, logging: {} }, ...options });
  channel.listener.opened();
  const params = { protocolVersion: '2025-11-25', capabilities: { roots: {} }, clientInfo: INFO };
  channel.tell({ id: 'init', method: 'initialize', params }, { method: 'notifications/initialized' });
  channel.taken();
  return { server, channel };
}

/** Lets all that is promised settle. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The error of a promise that must reject. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expectedRejection(),
    (error: unknown) => error,
  );
}

function expectedRejection(): never {
  throw new Error('it was fulfilled');
}
