import { CLIENT_DEFAULTS, SERVER_DEFAULTS } from '@mcp-lifeline/core';
import { type Bounds, CLIENT_INPUTS, SERVER_INPUTS } from './inputs.js';
import type { Scene } from './scene.js';

const COMMON = { info: { name: 'compared', version: '0' }, capabilities: { logging: {} }, misses: 2 };
const KEEPALIVE_MS = 30_000;
const DRAIN_MS = 500;

/**
 * Enough for proving two machines alike: what a machine does depends on whether there are calls and handlers, not on how many. With
 * keepalive there is room for a ping that is answered, and for misses up to the last.
 */
const WATCHING: Bounds = { requests: 4, calls: 1, peerRequests: 1 };
const UNWATCHED: Bounds = { requests: 2, calls: 1, peerRequests: 1 };

/** A client with keepalive, and one without. */
export const CLIENT_SCENES: readonly Scene[] = [client(KEEPALIVE_MS, WATCHING), client(null, UNWATCHED)];

/** A server with and without keepalive, with and without time for its handlers. */
export const SERVER_SCENES: readonly Scene[] = [
  server(KEEPALIVE_MS, DRAIN_MS, WATCHING),
  server(KEEPALIVE_MS, 0, WATCHING),
  server(null, DRAIN_MS, UNWATCHED),
  server(null, 0, UNWATCHED),
];

/** The same with less going on at a time, for finding what a machine does wrong. */
export const SMALL_CLIENT_SCENES: readonly Scene[] = [
  client(KEEPALIVE_MS, { requests: 4, calls: 1, peerRequests: 0 }),
  client(null, { requests: 3, calls: 1, peerRequests: 1 }),
];

/** The same with less going on at a time. */
export const SMALL_SERVER_SCENES: readonly Scene[] = [
  server(KEEPALIVE_MS, 0, { requests: 3, calls: 1, peerRequests: 0 }),
  server(null, DRAIN_MS, { requests: 1, calls: 1, peerRequests: 1 }),
  server(null, 0, { requests: 1, calls: 1, peerRequests: 1 }),
  server(KEEPALIVE_MS, DRAIN_MS, { requests: 2, calls: 0, peerRequests: 1 }),
];

function client(keepaliveMs: number | null, bounds: Bounds): Scene {
  const name = `client${keepaliveMs === null ? '' : ' with keepalive'}`;
  return { name, config: { ...CLIENT_DEFAULTS, ...COMMON, keepaliveMs }, makes: CLIENT_INPUTS, bounds };
}

function server(keepaliveMs: number | null, drainMs: number, bounds: Bounds): Scene {
  const name = `server${keepaliveMs === null ? '' : ' with keepalive'}${drainMs === 0 ? '' : ' that drains'}`;
  return { name, config: { ...SERVER_DEFAULTS, ...COMMON, keepaliveMs, drainMs }, makes: SERVER_INPUTS, bounds };
}
