import { CLIENT_INVARIANTS, INVARIANTS } from '@mcp-lifeline/specs';
import { beforeAll, describe, expect, it } from 'vitest';
import { judgeTrace } from '../../src/interop/judge.js';
import { playSdkClient, SDKS, type SdkSession } from './published-peers.js';

const SESSIONS = SDKS.flatMap((name) => [
  { name, asked: 'roots' as const, answer: { roots: [{ uri: 'file:///tmp' }] } },
  {
    name,
    asked: 'sampling' as const,
    answer: { role: 'assistant', model: 'none', content: { type: 'text', text: 'Yes' } },
  },
]);

describe.each(SESSIONS)(
  'a client on $name that may be asked for $asked, with our server',
  ({ name, asked, answer }) => {
    let session: SdkSession;
    beforeAll(async () => {
      session = await playSdkClient(name, asked);
    });

    it('lists its tools and calls them', () => {
      const { told } = session;
      expect(told).toMatchObject({
        server: { name: 'echo-server', version: '1.0.0' },
        tools: ['echo', 'slow', 'fail', 'ask', 'learn'],
        echo: 'hello',
        slow: 'took 200 ms',
        fail: 'this tool always fails',
        unknown: expect.stringContaining('Unknown tool: nothing'),
      });
      expect(JSON.parse(String(told['asked']))).toEqual(answer);
    });

    it('is sent all progress before the result, whatever it hands on of it', () => {
      const crossed = session.trace.events.flatMap((event) =>
        event.plane === 'wire' && event.kind === 'received' ? [JSON.stringify(event.message)] : [],
      );
      const result = crossed.findIndex((text) => text.includes('took 200 ms'));
      const before = crossed.slice(0, result).filter((text) => text.includes('"total":4'));
      expect(before.map((text) => JSON.parse(text).params.progress)).toEqual([1, 2, 3, 4]);
      expect([1, 2, 3, 4]).toEqual(expect.arrayContaining(session.told['progress'] as number[]));
    });

    it('can cancel a call, and give one up', () => {
      expect(session.told).toMatchObject({
        cancelled: expect.stringContaining('aborted'),
        timedOut: expect.stringContaining('timed out'),
      });
    });

    it('is told of a tool that is new, and can call it', () => {
      expect(session.told).toMatchObject({ changes: 1, learn: 'learnt greet', greet: 'hello from greet' });
    });

    it('sees no rule broken by our server', () => {
      const { broken, open, held } = judgeTrace(INVARIANTS, session.trace, '2025-11-25');
      expect([...broken, ...open]).toEqual([]);
      expect(held).toEqual(expect.arrayContaining(PUT_TO_OUR_SERVER));
    });

    it('breaks none itself', () => {
      const { broken } = judgeTrace(CLIENT_INVARIANTS, session.trace, '2025-11-25');
      expect(broken).toEqual([]);
    });
  },
);

/** What such a session puts to the question. */
const PUT_TO_OUR_SERVER = [
  'handshake.result',
  'capability.server-undeclared',
  'rpc.envelope',
  'rpc.one-response',
  'rpc.no-reply-to-notification',
  'rpc.id-echo',
  'rpc.every-request-answered',
  'rpc.server-request-ids',
  'ping.ready',
  'progress.token',
  'progress.increases',
  'progress.ends',
  'stdout.clean',
  'shutdown.eof-idle',
  'shutdown.survivors',
];
