import { type ClientOptions, type Closed, connect, type ServerOptions, serve } from '@mcp-lifeline/driver';
import { virtualClock } from '@mcp-lifeline/driver/virtual-clock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LinkedPairOptions, linkedPair } from '../src/linked-pair.ts';

describe('a client and a server over memory', () => {
  it.each([
    ['handing over', {}],
    ['copying', { copy: true }],
  ])('call each other, %s', async (_, pair) => {
    const { client, server } = await session(pair, {
      server: {
        requests: {
          'tools/call': async (params, context) => ({ roots: await context.request('roots/list'), params }),
        },
      },
      client: { requests: { 'roots/list': () => ({ roots: [] }) } },
    });
    expect(await client.request('tools/call', { name: 'x' })).toMatchObject({
      roots: { roots: [] },
      params: { name: 'x' },
    });
    await client.close();
    await server.closed;
  });

  it('both end when the client closes', async () => {
    const exits: number[] = [];
    const { client, server } = await session({}, { server: { onExit: (code) => void exits.push(code) } });
    const ends: Closed[] = await Promise.all([client.close(), server.closed]);
    expect(ends).toEqual([{ why: 'asked' }, { why: 'peerEnded' }]);
    expect(exits).toEqual([0]);
  });

  it('both end when the server closes', async () => {
    const { client, server } = await session();
    const ends = await Promise.all([server.close(), client.closed]);
    expect(ends).toEqual([{ why: 'asked' }, { why: 'peerEnded' }]);
  });

  it('settle a request that a kill of the server leaves open', async () => {
    const { client, server } = await session(
      {},
      { server: { requests: { 'tools/call': () => new Promise(() => {}) } } },
    );
    const call = client.request('tools/call');
    const failed = call.catch((error: unknown) => error);
    void server.kill();
    expect(await failed).toMatchObject({ code: 'connectionLost', sent: true });
    await client.closed;
  });

  it('leave no timer behind, whatever the latency', async () => {
    const clock = virtualClock();
    const starting = session({ clock, latencyMs: 5 }, { client: { clock, keepaliveMs: 1_000 }, server: { clock } });
    await clock.advance(20);
    const { client, server } = await starting;
    const call = client.request('tools/list');
    await clock.advance(10);
    expect(await call).toEqual({ tools: [] });
    const ends = Promise.all([client.close(), server.closed]);
    await clock.advance(50);
    await ends;
    expect(clock.pending).toBe(0);
  });

  it('lose, double and reorder nothing, however narrow the channel is (semantics 10)', async () => {
    const calls = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(calls, fc.integer({ min: 1, max: 3 }), async (list, highWater) => {
        const arrived: number[] = [];
        const { client } = await session(
          { highWater },
          {
            server: {
              requests: {
                'tools/call': ({ index, steps }, context) => {
                  arrived.push(Number(index));
                  for (let step = 1; step <= Number(steps); step += 1) void context.progress(step);
                },
              },
            },
          },
        );
        const seen = await Promise.all(
          list.map(async (steps, index) => {
            const told: number[] = [];
            const onProgress = ({ progress }: { progress: number }): void => void told.push(progress);
            await client.request('tools/call', { index, steps }, { onProgress });
            return told;
          }),
        );
        expect(arrived).toEqual(list.map((_, index) => index));
        expect(seen).toEqual(list.map((steps) => Array.from({ length: steps }, (_, step) => step + 1)));
        await client.close();
      }),
      { numRuns: 100 },
    );
  });
});

const INFO = { name: 'test', version: '1.0.0' };

async function session(
  pair: LinkedPairOptions = {},
  options: { readonly client?: Partial<ClientOptions>; readonly server?: Partial<ServerOptions> } = {},
) {
  const [one, other] = linkedPair(pair);
  const server = serve(other, {
    info: INFO,
    capabilities: { tools: {} },
    requests: { 'tools/list': () => ({ tools: [] }) },
    ...options.server,
  });
  const client = await connect(one, { info: INFO, capabilities: { roots: {} }, ...options.client });
  return { client, server };
}
