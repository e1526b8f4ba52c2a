import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installPeer } from '@mcp-lifeline/peers';
import type { Trace } from '@mcp-lifeline/trace';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import type { Target } from '../../src/interop/session.js';
import { OWN_TOOLS, type Toolset } from '../../src/interop/toolset.js';
import { ECHO_SERVER } from './servers.js';

/** The official SDKs, which are both a client and a server here: the newest of each release line. */
export const SDKS = ['sdk-1.32.2', 'sdk-2.4.0'] as const;

/** A published server, and what its tools are good for. */
export interface PublishedServer {
  readonly target: Target;
  readonly tools: Toolset;
}

/** A server made with an official SDK. */
export async function sdkServer(name: (typeof SDKS)[number]): Promise<PublishedServer> {
  const { directory } = await installPeer(name);
  return { target: { name, command: [process.execPath, join(directory, 'interop-server.mjs')] }, tools: OWN_TOOLS };
}

/** The reference server that shows everything. */
export async function everythingServer(): Promise<PublishedServer> {
  const { command, env } = await installPeer('server-everything');
  const [program = process.execPath, ...args] = command;
  return {
    target: { name: 'server-everything', command: [program, ...args], env },
    tools: {
      quick: { name: 'echo', arguments: { message: 'hello' } },
      slow: (ms, steps) => ({ name: 'trigger-long-running-operation', arguments: { duration: ms / 1000, steps } }),
      asking: [
        { name: 'get-roots-list', arguments: {} },
        { name: 'trigger-sampling-request', arguments: { prompt: 'Are you there?', maxTokens: 16 } },
      ],
    },
  };
}

/** What a client made with an official SDK told of its session with the echo server, and what was recorded in between. */
export interface SdkSession {
  readonly told: Readonly<Record<string, unknown>>;
  readonly trace: Trace;
}

/**
 * Drives the echo server with a client made with an official SDK.
 *
 * @param asked what the client declares that it may be asked for
 */
export async function playSdkClient(name: (typeof SDKS)[number], asked: 'roots' | 'sampling'): Promise<SdkSession> {
  const { directory } = await installPeer(name);
  const folder = await mkdtemp(join(tmpdir(), 'mcp-lifeline-interop-'));
  try {
    const file = join(folder, 'trace.jsonl');
    const command = [process.execPath, PROXY, file, ...ECHO_SERVER.command];
    const options = { env: { ...process.env, INTEROP_ASKED: asked }, timeout: 60_000 };
    const { stdout } = await run(process.execPath, [join(directory, 'interop-client.mjs'), ...command], options);
    return { told: JSON.parse(stdout), trace: parseTrace(readFileSync(file, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const PROXY = fileURLToPath(new URL('../../proxy.mjs', import.meta.url));
const run = promisify(execFile);
