import type { ClientConfig, Json, ServerConfig } from '@mcp-lifeline/core';
import type { ProcessConfig } from '@mcp-lifeline/core/process';
import type { Named } from '../contract.js';
import type { Source } from '../watchers/group.js';

/** What a system consists of, as far as properties ask for it; null for a part that it does not have. */
export interface Setup {
  readonly client: ClientConfig | null;
  readonly server: ServerConfig | null;
  readonly process: ProcessConfig | null;
  /**
   * Ids and generations count up, and are never given again: so they do where a core is driven and not explored. Then a timer that
   * runs out too late can be told, and an answer to what was never sent. By default they do not.
   */
  readonly countsUp?: boolean;
  /** How many messages may be under way in each direction; by default nobody counts them. */
  readonly mostUnderWay?: number;
}

/** What the parts of a system are in, as `abstract` tells it; null for a part that it does not have. */
export interface Parts {
  readonly client: Json | null;
  readonly server: Json | null;
  readonly process: Json | null;
  /** How many messages are under way in each direction. */
  readonly toServer: number;
  readonly toClient: number;
  /** Nothing steps the server any more: its process has not begun, is gone, or has exited. */
  readonly serverIsGone: boolean;
}

/** Something about the inside of the core, in every state; it judges no clause. */
export interface StateProperty extends Named {
  readonly source: Source;
  /** Null, or what is wrong. */
  violation(parts: Parts): string | null;
  /** Whether the state puts the question. */
  triggered(parts: Parts): boolean;
}

/** Whenever `from` holds, `to` holds then or later, on every way that is fair. */
export interface EventualProperty extends Named {
  readonly source: Source;
  from(parts: Parts): boolean;
  to(parts: Parts): boolean;
}
