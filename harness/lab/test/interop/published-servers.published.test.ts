import { CLIENT_INVARIANTS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { judgeTrace } from '../../src/interop/judge.js';
import { recordSession } from '../../src/interop/session.js';
import { everythingServer, SDKS, sdkServer } from './published-peers.js';

const SERVERS = [
  ...SDKS.map((name) => ({ name, find: () => sdkServer(name), asking: ['ask'] })),
  { name: 'server-everything', find: everythingServer, asking: ['get-roots-list', 'trigger-sampling-request'] },
];

describe('our client', () => {
  it.each(SERVERS)(
    'breaks no rule with $name, and gets all of its progress before the result',
    async ({ find, asking }) => {
      const { target, tools } = await find();
      const session = await recordSession(target, { tools });
      expect(session.outcomes).toEqual({ ...AS_MEANT, ...Object.fromEntries(asking.map((name) => [name, 'result'])) });
      expect(session.progress).toEqual([1, 2, 3, 4]);
      expect({ strays: session.strays, survivors: session.survivors }).toEqual({ strays: [], survivors: [] });
      const { broken, held } = judgeTrace(CLIENT_INVARIANTS, session.trace, null);
      expect(broken).toEqual([]);
      expect(held).toEqual(expect.arrayContaining(PUT_TO_OUR_CLIENT));
    },
  );
});

/** How each step of the drive ends, besides those in which the server asks. */
const AS_MEANT = {
  connect: 'result',
  list: 'result',
  ping: 'result',
  'roots changed': 'result',
  'quick 1': 'result',
  'quick 2': 'result',
  'quick 3': 'result',
  unknown: '-32601',
  slow: 'result',
  cancelled: 'cancelled',
  'timed out': 'timeout',
  'out of time in all': 'timeout',
  'fence 1': 'result',
  'fence 2': 'result',
  'fence 3': 'result',
  'last fence': 'result',
  'cut off': 'closed',
};

/** What such a session puts to the question. */
const PUT_TO_OUR_CLIENT = [
  'client.handshake.initialized',
  'client.capability.declared',
  'client.rpc.every-request-answered',
  'client.rpc.response-id',
  'client.progress.token',
  'client.cancel.in-progress',
  'client.shutdown.input-first',
  'client.shutdown.no-survivors',
  'client.timeout.cancels',
  'client.timeout.cancel-sent',
  'app.settles-once',
  'app.progress-kept',
  'app.handlers-end',
];
