import type { CoreUnderTest } from '../core-under-test.js';
import { CLIENT_TIMES, SERVER_TIMES } from './durations.js';
import { readyClient, readyServer, type SessionInput, type SessionLife } from './session-life.js';

/** A role in which keepalive is on, and what follows from it there. */
export interface Watching {
  readonly role: 'client' | 'server';
  readonly ready: (core: CoreUnderTest, changes?: Changes) => SessionLife;
  /** The wire id of the first ping. */
  readonly firstId: number;
  /** What follows on the last miss, in its order. */
  readonly end: readonly string[];
  /** Which timer waits behind it. */
  readonly endTimer: 'closing' | 'cleanUp';
}

interface Changes {
  readonly keepaliveMs?: number | null;
  readonly misses?: number;
}

/** Both roles. */
export const WATCHING: readonly Watching[] = [
  {
    role: 'client',
    ready: (core, changes) => readyClient(core, { ...CLIENT_TIMES, ...changes }),
    firstId: 2,
    end: ['report missedPong', 'closeChannel graceful', 'phase closing silent'],
    endTimer: 'closing',
  },
  {
    role: 'server',
    ready: (core, changes) => readyServer(core, { ...SERVER_TIMES, ...changes }),
    firstId: 1,
    end: ['report missedPong', 'cleanUp silent', 'phase closing silent'],
    endTimer: 'cleanUp',
  },
];

/** A call that outlasts every schedule about keepalive. */
export const LONG_CALL: SessionInput = {
  type: 'call',
  key: 1,
  method: 'custom/work',
  timeoutMs: 900_001,
  maxTotalMs: 900_007,
};
