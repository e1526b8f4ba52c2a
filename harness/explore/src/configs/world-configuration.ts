import { CLIENT_DEFAULTS, type ClientConfig, SERVER_DEFAULTS, type ServerConfig } from '@mcp-lifeline/core';
import { PROCESS_DEFAULTS } from '@mcp-lifeline/core/process';
import { type CoreUnderTest, ours } from '../core-under-test.js';
import type { Configuration, Model } from '../exploration.js';
import { type Plan, QUIET_PLAN } from '../model/application.js';
import { boundsOf } from '../model/bounds.js';
import { buildModel, type ModelOptions } from '../model/build-model.js';

/** A configuration of a world of our own, which can be built on another core as well. */
export interface WorldConfiguration extends Configuration {
  build(core?: CoreUnderTest): Model;
}

/** A world by name, in two sizes. */
export interface NamedWorld {
  readonly id: string;
  readonly title: string;
  /** @param more 1 for more of whatever multiplies the states, 0 for as little of it as shows all that must be seen. */
  readonly options: (more: 0 | 1) => ModelOptions;
}

/** The configuration of a world in one of its sizes; that of the large one is called so. */
export function configurationOf({ id, title, options }: NamedWorld, size: 'small' | 'large'): WorldConfiguration {
  const chosen = options(size === 'small' ? 0 : 1);
  return {
    id: size === 'small' ? id : `${id}-large`,
    title,
    bounds: boundsOf(chosen),
    build: (core = ours) => buildModel(chosen, core),
  };
}

/** A client that declares roots, with an application that may do this; everything else is as it is by default. */
export function client(plan: Partial<Plan>, config: Partial<ClientConfig> = {}): ModelOptions['client'] {
  return { config: { ...CLIENT, ...config }, plan: { ...QUIET_PLAN, ...plan } };
}

/** The same for a server that declares tools and logging. */
export function server(plan: Partial<Plan>, config: Partial<ServerConfig> = {}): ModelOptions['server'] {
  return { config: { ...SERVER, ...config }, plan: { ...QUIET_PLAN, ...plan } };
}

/** How an application answers when nothing else is said: sooner or later, and without an error. */
export const ANSWERING = QUIET_PLAN.answering;

/** Pings when it is quiet for so long, in ms, and forgives so many misses. */
export const KEEPALIVE = { keepaliveMs: 30_000, misses: 3 } as const;

/** Running handlers get so much time when a server leaves, in ms. */
export const DRAINING = { drainMs: 500 } as const;

/** A server process with nothing else in its group, and one that starts another. */
export const PROCESS = { config: PROCESS_DEFAULTS, hasDescendant: false } as const;
export const PROCESS_WITH_DESCENDANT = { config: PROCESS_DEFAULTS, hasDescendant: true } as const;

const CLIENT: ClientConfig = {
  ...CLIENT_DEFAULTS,
  info: { name: 'client', version: '1' },
  capabilities: { roots: { listChanged: true } },
};

const SERVER: ServerConfig = {
  ...SERVER_DEFAULTS,
  info: { name: 'server', version: '1' },
  capabilities: { tools: { listChanged: true }, logging: {} },
};
