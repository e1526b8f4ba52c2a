import type { PeerName } from '@mcp-lifeline/peers';
import { describe, expect, it } from 'vitest';
import { judgePublished } from './judge-published.js';

/** A fault that a version of a published package has; `docs/field-notes.md` shows each on the wire. */
interface Bug {
  readonly what: string;
  readonly check: string;
  readonly revision: string;
  /** A server that has it, and what the check must say of it. */
  readonly bad: readonly [peer: PeerName, status: 'fail' | 'warn'];
  /** Servers that have it not. */
  readonly good: readonly PeerName[];
}

const BUGS: readonly Bug[] = [
  {
    what: 'does not exit when its stdin ends',
    check: 'shutdown.eof-idle',
    revision: '2025-11-25',
    bad: ['server-everything-2025.12.18', 'warn'],
    good: ['server-everything-2026.1.26'],
  },
  {
    what: 'asks for the roots before initialized',
    check: 'handshake.no-early-requests',
    revision: '2025-11-25',
    bad: ['fastmcp', 'warn'],
    good: ['server-everything-2026.1.26'],
  },
  {
    what: 'agrees to 2025-03-26 and is silent about a batch',
    check: 'rpc.batch',
    revision: '2025-03-26',
    bad: ['sdk-1.32.2', 'fail'],
    good: ['kubernetes-mcp-server'],
  },
  {
    what: 'goes on with a cancelled call whose id is 0',
    check: 'cancel.id-zero',
    revision: '2025-11-25',
    bad: ['sdk-1.32.2', 'warn'],
    good: ['sdk-1.24.3', 'sdk-2.1.0'],
  },
  {
    what: 'answers a ping only after the slow call before it',
    check: 'ping.busy',
    revision: '2025-06-18',
    bad: ['tmcp', 'fail'],
    good: ['sdk-1.32.2'],
  },
];

describe.each(BUGS)('a server that $what', ({ check, revision, bad: [bad, status], good }) => {
  it(`is found by ${check}: ${bad}`, async () => {
    expect(await rowOf(bad, check, revision)).toEqual({ code: status === 'fail' ? 1 : 0, status });
  });

  it.each(good)(`is told by ${check} from one that does not: %s`, async (peer) => {
    expect(await rowOf(peer, check, revision)).toEqual({ code: 0, status: 'pass' });
  });
});

/** What one check says of a server in one revision. */
async function rowOf(peer: PeerName, check: string, revision: string) {
  const { code, report } = await judgePublished(peer, '--only', check, '--revision', revision);
  const row = report.checks.find((one) => one.id === check && one.revision === revision);
  return { code, status: row?.status };
}
