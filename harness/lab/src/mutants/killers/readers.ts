import { CLIENT_DEFAULTS, type Input, type Peer, SERVER_DEFAULTS, type State } from '@mcp-lifeline/core';
import type { CoreUnderTest } from '@mcp-lifeline/explore/core-under-test';
import type { Killer } from './killer.js';

/** What can be asked of a session at any time is what its peer said. */
export const READERS_KILLER: Killer = {
  name: 'what can be asked',
  kills: (core, subject) => {
    if (subject === 'process') return null;
    try {
      for (const { what, steps, told } of LIVES) {
        const wrong = judgeLife(core, steps, told);
        if (wrong !== null) return `${what}: ${wrong}`;
      }
      return null;
    } catch (error) {
      return `threw ${error instanceof Error ? error.message : String(error)}`;
    }
  },
};

interface ReadLife {
  readonly what: string;
  readonly steps: readonly Input[];
  /** What is known of the peer after them; null: nothing. */
  readonly told: Peer | null;
}

const INFO = { name: 'peer', version: '1', title: 'A peer' };
const CAPABILITIES = { tools: { listChanged: true }, experimental: { x: {} } };

const OPENED: readonly Input[] = [
  { type: 'start', now: 0 },
  { type: 'opened', now: 0 },
];

const LIVES: readonly ReadLife[] = [
  { what: 'a client that was not answered knows nothing', steps: OPENED, told: null },
  {
    what: 'a client knows what the server said',
    steps: [...OPENED, answered({ serverInfo: INFO, capabilities: CAPABILITIES, instructions: 'so' })],
    told: { revision: '2025-06-18', info: INFO, capabilities: CAPABILITIES, instructions: 'so' },
  },
  {
    what: 'a client that was told no instructions has none',
    steps: [...OPENED, answered({ serverInfo: INFO, capabilities: {} })],
    told: { revision: '2025-06-18', info: INFO, capabilities: {} },
  },
  {
    what: 'a client that can not write any more agrees to nothing',
    steps: [...OPENED, { type: 'writeFailed', now: 0 }, answered({ serverInfo: INFO, capabilities: {} })],
    told: null,
  },
  { what: 'a server that was not asked knows nothing', steps: [], told: null },
  {
    what: 'a server knows what the client said',
    steps: [
      message({
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', clientInfo: INFO, capabilities: CAPABILITIES },
      }),
    ],
    told: { revision: '2025-06-18', info: INFO, capabilities: CAPABILITIES },
  },
];

function judgeLife(core: CoreUnderTest, steps: readonly Input[], told: Peer | null): string | null {
  const info = { name: 'asked', version: '0' };
  const isClient = steps[0]?.type === 'start';
  const [first] = core.open(isClient ? { ...CLIENT_DEFAULTS, info } : { ...SERVER_DEFAULTS, info }, 0);
  const last = steps.reduce<State>((state, input) => core.step(state, input)[0], first);
  const known = core.peer(last);
  return sorted(known) === sorted(told) ? null : `it knows ${sorted(known)}, and should ${sorted(told)}`;
}

/** JSON without the order of members. */
function sorted(peer: Peer | null): string {
  return JSON.stringify(peer === null ? null : Object.entries(peer).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function answered(result: object): Input {
  return message({ id: 1, result: { protocolVersion: '2025-06-18', ...result } });
}

function message(members: object): Input {
  return { type: 'received', json: { jsonrpc: '2.0', ...members }, now: 0 };
}
