import { createRedactor, isJsonObject, TRACE_FORMAT } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { RawPeer } from '../src/index.js';

/** Tells when it listens, and then each chunk that it reads, in hexadecimal, as a message. */
const CHUNKS = `console.log('{"jsonrpc":"2.0","method":"listening"}');
process.stdin.on('data', (chunk) =>
  console.log(JSON.stringify({ jsonrpc: '2.0', method: 'chunk', params: { hex: chunk.toString('hex') } })));`;
/** Asks for something at the first byte. */
const ASKING = `process.stdin.once('data', () =>
  console.log(JSON.stringify({ jsonrpc: '2.0', id: 's', method: 'ping' })));`;

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const BYTES = Buffer.from(`${JSON.stringify(PING)}\n`);
const MIDDLE = 20;

describe('a message that is written in chunks', () => {
  it('arrives whole, in more than one of them, and is told in the trace', async () => {
    const peer = await listening(CHUNKS);
    const pieces = [...BYTES].map((byte) => Buffer.of(byte));
    await peer.sendFramed('split', [PING], pieces);
    expect(await peer.until(() => textOf(peer) === `${BYTES}`, 20_000, 'all bytes')).toBe('met');
    expect(hexOf(peer).length).toBeGreaterThan(1);
    const { events } = await peer.finish();
    const told = events.flatMap((event): readonly unknown[] => {
      if (event.plane === 'note' && event.kind === 'framed') return [event.how];
      return event.plane === 'wire' && event.kind === 'sent' ? [event] : [];
    });
    expect(told).toMatchObject(['split', { message: PING, bytes: BYTES.length - 1 }, 'plain']);
  });

  it('is not torn by an answer of ours', async () => {
    const peer = await listening(`${CHUNKS}${ASKING}`);
    const pieces = Array.from({ length: MIDDLE }, (_, index) => BYTES.subarray(index, index + 1));
    await peer.sendFramed('split', [PING], [...pieces, BYTES.subarray(MIDDLE)]);
    expect(await peer.until(() => textOf(peer).includes('"result"'), 20_000, 'our answer')).toBe('met');
    expect(textOf(peer)).toBe(`${BYTES}{"jsonrpc":"2.0","id":"s","result":{}}\n`);
    await peer.finish();
  });

  it('that nobody takes is recorded as absent', async () => {
    const peer = peerOn(CHUNKS);
    peer.endInput();
    await peer.sendFramed('split', [PING], [BYTES]);
    const { events } = await peer.finish();
    expect(events.some((event) => event.plane === 'wire' && event.kind === 'sent')).toBe(false);
    expect(events.some((event) => event.plane === 'note' && event.kind === 'absent' && event.need === 'alive')).toBe(
      true,
    );
  });
});

async function listening(script: string): Promise<RawPeer> {
  const peer = peerOn(script);
  await peer.until(() => peer.events.some(({ kind }) => kind === 'received'), 20_000, 'that it listens');
  return peer;
}

function peerOn(script: string): RawPeer {
  return new RawPeer({
    command: [process.execPath, '-e', script],
    env: process.env,
    header: {
      trace: TRACE_FORMAT,
      tool: { name: 'test', version: '0' },
      target: { transport: 'stdio', command: ['node'] },
      revision: null,
      clock: { unit: 'ms', startedAt: new Date().toISOString() },
    },
    redactor: createRedactor(),
    ladder: { graceMs: 20_000, termMs: 20_000, reapMs: 20_000, drainMs: 20_000 },
  });
}

/** The chunks that the child read, as it told them. */
function hexOf(peer: RawPeer): readonly string[] {
  return peer.events.flatMap((event) => {
    if (event.plane !== 'wire' || event.kind !== 'received' || !isJsonObject(event.message)) return [];
    const { params } = event.message;
    return isJsonObject(params) && typeof params.hex === 'string' ? [params.hex] : [];
  });
}

function textOf(peer: RawPeer): string {
  return Buffer.from(hexOf(peer).join(''), 'hex').toString();
}
