import type * as sessionCore from '../src/index.ts';
import type * as saving from '../src/saving.ts';

type Core = typeof sessionCore & typeof saving;
type Side = 'client' | 'server';

/**
 * Plays one session of a client and a server that are linked by hand: the handshake, calls with progress, a cancellation, a
 * timeout, a batch, pings of keepalive, a restore from JSON in the middle, and the end of both.
 *
 * @returns everything that was asked for, in order, and what is left of both in the end; JSON can carry it.
 */
export function playSession(core: Core): unknown {
  const pair = new LinkedPair(core);
  pair.feed('client', { type: 'start' });
  pair.feed('client', { type: 'opened' });
  pair.deliverAll();
  pair.feed('client', { type: 'call', key: 1, method: 'tools/call', params: { name: 'slow' } });
  pair.feed('client', { type: 'call', key: 2, method: 'tools/call', params: { name: 'cancelled' } });
  pair.feed('client', { type: 'call', key: 3, method: 'tools/call', params: { name: 'late' }, timeoutMs: 500 });
  pair.deliverAll();
  pair.feed('server', { type: 'progress', key: 1, progress: 1, total: 2 });
  pair.feed('client', { type: 'cancel', key: 2, reason: 'enough' });
  pair.restoreBoth();
  pair.feed('server', { type: 'answer', key: 1, answer: { result: { content: [] } } });
  pair.deliverAll();
  pair.expire('client', 'calls', 1_000);
  pair.deliverAll();
  pair.feed('server', { type: 'received', json: [{ jsonrpc: '2.0', id: 'a', method: 'ping' }, null] });
  pair.expire('client', 'keepalive', 40_000);
  pair.deliverAll();
  pair.feed('client', { type: 'close' });
  pair.feed('server', { type: 'ended' });
  pair.feed('server', { type: 'cleanedUp' });
  pair.feed('client', { type: 'gone' });
  return { told: pair.told, client: core.abstract(pair.states.client), server: core.abstract(pair.states.server) };
}

type Untimed<T> = T extends unknown ? Omit<T, 'now'> : never;

class LinkedPair {
  readonly told: unknown[] = [];
  readonly states: Record<Side, sessionCore.State>;
  readonly #core: Core;
  readonly #sent: { readonly to: Side; readonly json: unknown }[] = [];
  #now = 1_000;

  constructor(core: Core) {
    this.#core = core;
    const client = { ...core.CLIENT_DEFAULTS, info: { name: 'client', version: '1' }, keepaliveMs: 30_000 };
    const server = {
      ...core.SERVER_DEFAULTS,
      revisions: ['2025-03-26'] as const,
      info: { name: 'server', version: '1' },
      capabilities: { tools: {} },
    };
    this.states = {
      client: this.#take('client', core.open(client, this.#now)),
      server: this.#take('server', core.open(server, this.#now)),
    };
  }

  feed(side: Side, input: Untimed<sessionCore.Input>): void {
    this.#now += 10;
    this.states[side] = this.#take(side, this.#core.step(this.states[side], { ...input, now: this.#now }));
  }

  deliverAll(): void {
    for (let next = this.#sent.shift(); next !== undefined; next = this.#sent.shift()) {
      this.feed(next.to, { type: 'received', json: next.json });
    }
  }

  /** The timer runs out as it was armed, after that many ms in which nothing was heard. */
  expire(side: Side, name: sessionCore.TimerName, afterMs: number): void {
    const heard = this.#now;
    this.#now += afterMs;
    const generation = this.#core.save(this.states[side]).timers[name]?.generation ?? -1;
    this.feed(side, { type: 'elapsed', name, generation, heard });
  }

  /** Through JSON, and to a later clock. */
  restoreBoth(): void {
    this.#now += 5_000;
    for (const side of ['client', 'server'] as const) {
      const saved = JSON.parse(JSON.stringify(this.#core.save(this.states[side])));
      this.states[side] = this.#take(side, this.#core.restore(saved, this.#now));
    }
  }

  #take(side: Side, [state, effects]: readonly [sessionCore.State, readonly sessionCore.Effect[]]): sessionCore.State {
    this.told.push({ side, effects });
    for (const effect of effects) {
      if (effect.type === 'send')
        this.#sent.push({ to: side === 'client' ? 'server' : 'client', json: effect.message });
    }
    return state;
  }
}
