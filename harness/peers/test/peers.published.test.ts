import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { type InstalledPeer, installPeer, PEERS, type PeerName } from '../src/index.js';

/** What each answers to a client that asks for 2025-11-25; `stripe-mcp` never answers without a network. */
const COUNTER_OFFERS: Readonly<Partial<Record<PeerName, string>>> = {
  'server-everything': '2025-11-25',
  'server-everything-0.6.2': '2024-11-05',
  'firecrawl-mcp': '2025-06-18',
  'context7-mcp': '2025-11-25',
  'kubernetes-mcp-server': '2025-11-25',
  'server-everything-2025.12.18': '2025-11-25',
  'server-everything-2026.1.26': '2025-11-25',
  fastmcp: '2025-11-25',
  'sdk-1.24.3': '2025-11-25',
  'sdk-1.32.2': '2025-11-25',
  'sdk-2.1.0': '2025-11-25',
  'sdk-2.4.0': '2025-11-25',
  tmcp: '2025-06-18',
};

const running = new Set<ChildProcess>();

afterEach(async () => {
  for (const child of running) await stop(child);
});

describe('the published servers', () => {
  it.each(PEERS.filter((peer) => peer.name in COUNTER_OFFERS))(
    '$name starts and answers initialize',
    async ({ name }) => {
      const child = start(await installPeer(name));
      expect(await answerToInitialize(child)).toMatchObject({ protocolVersion: COUNTER_OFFERS[name] });
    },
  );

  it('stripe-mcp starts, stays, and is silent', async () => {
    const child = start(await installPeer('stripe-mcp'));
    // Its complaint about the network is the fence: by then it has dealt with the request.
    const complained = new Promise<string>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        if (String(chunk).includes('fetch failed')) resolve('complained');
      });
    });
    expect(await Promise.race([complained, answerToInitialize(child)])).toBe('complained');
    expect(child.exitCode).toBeNull();
  });
});

function start({ command, env }: InstalledPeer) {
  const [file = '', ...args] = command;
  // A group of its own, so that a server that is a wrapper round another process goes as a whole.
  const child = spawn(file, args, { env: { ...process.env, ...env }, detached: true, stdio: 'pipe' });
  child.stdin.on('error', () => {});
  running.add(child);
  return child;
}

async function answerToInitialize(child: ReturnType<typeof start>): Promise<unknown> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'mcp-lifeline-peers', version: '0' },
  };
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line);
    if (message.id === 1 && 'result' in message) return message.result;
  }
  return 'the end of its output';
}

async function stop(child: ChildProcess): Promise<void> {
  running.delete(child);
  const gone = new Promise((resolve) => child.once('close', resolve));
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}
