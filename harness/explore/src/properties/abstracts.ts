import type { Json } from '@mcp-lifeline/core';

/** What `abstract` tells of a session, as far as properties read it. */
export interface SessionAbstract {
  readonly path: string;
  readonly context: { readonly why: string | null; readonly asked: boolean; readonly misses: number };
  readonly revision: string | null;
  readonly capabilities: Json;
  readonly calls: readonly unknown[];
  readonly givenUp: readonly unknown[];
  readonly peers: readonly { readonly id: number; readonly isNewest: boolean; readonly batch: number | null }[];
  readonly batches: readonly { readonly open: number; readonly answers: readonly unknown[] }[];
  readonly awaits: { readonly initialize: boolean; readonly pong: boolean };
  readonly armed: readonly string[];
}

/** What `abstract` tells of a process. */
export interface ProcessAbstract {
  readonly phase: string;
  readonly asked: boolean;
  readonly exit: Json;
  readonly outputDone: boolean;
  readonly groupGone: boolean;
  readonly spawnError: string | null;
  readonly armed: readonly string[];
}

/** Takes what `abstract` made of a session for what it is. */
export function sessionIn(abstract: Json): SessionAbstract {
  return abstract as unknown as SessionAbstract;
}

/** The same of a process. */
export function processIn(abstract: Json): ProcessAbstract {
  return abstract as unknown as ProcessAbstract;
}

/** Whether a state is this one, or lies within it. */
export function isWithin(path: string, state: string): boolean {
  return path === state || path.startsWith(`${state}.`);
}

/** The states in which a session is over. */
export const OVER = ['closed', 'exited', 'crashed', 'killed'];

/** The states in which a session leaves, and no call or handler is open any more. */
export const LEAVING = ['closing', 'draining', ...OVER];

/** Whether a state lies within one of these. */
export function isWithinAny(path: string, states: readonly string[]): boolean {
  return states.some((state) => isWithin(path, state));
}
