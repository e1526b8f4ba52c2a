import { CLIENT_INVARIANTS, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { FAULTY_PEERS } from '../../../check/test/faulty-peers.js';
import { judgeTrace } from '../../src/interop/judge.js';
import { type RecordedSession, recordSession, type SessionOptions, type Target } from '../../src/interop/session.js';
import { OWN_TOOLS } from '../../src/interop/toolset.js';
import { ASKING_SERVER, ECHO_SERVER, FAULTY_SERVERS, PROGRAMS, serverIn } from './servers.js';

/** What no session with a server that does everything right can show, and why. */
const NEVER_PUT = {
  'client.version.disconnect': 'it agrees to what is offered',
  'client.capability.answers': 'it asks only for what is declared',
  'client.rpc.unknown-method': 'it asks for nothing unknown',
  'client.rpc.batch': 'it sends no batch',
  'client.rpc.no-reply-to-notification':
    'it sends nothing but progress and cancellations, and few requests behind them',
  'client.cancel.stops-response': 'it cancels nothing but a ping, whose answer is on its way',
  'client.framing.utf8': 'only a tap of the server sees bytes',
  'app.clean-up-once': 'a client has none',
};

/** How long a test may take that starts one process, in ms: there to end what hangs. */
const LIMIT_MS = 30_000;

describe.concurrent('our client, with a server that does everything right', () => {
  it.each(REVISIONS)('holds every rule that such a session puts to the question, in %s', async (revision) => {
    const session = await play(serverIn('good'), { revisions: [revision] });
    expect(session.peer).toMatchObject({ revision, info: { name: 'good-server' } });
    expect(session.outcomes).toEqual(AS_MEANT);
    expect(session.progress).toEqual([1, 2, 3, 4]);
    expect(judge(session).nothing).toEqual(neverPut(revision));
  });

  it('holds them with a server of our own core', async () => {
    const session = await play(ECHO_SERVER);
    expect(session.outcomes).toEqual(AS_MEANT);
    expect(session.progress).toEqual([1, 2, 3, 4]);
    expect(judge(session).nothing).toEqual(neverPut('2025-11-25'));
  });

  it.each(['2025-03-26', '2025-11-25'] as const)(
    'holds those about answers with one that asks, in %s',
    async (revision) => {
      // What the server takes back must still be open then, however late this process reads that it does.
      const requests = { 'roots/list': () => ({ roots: [] }), 'sampling/createMessage': untilAborted };
      const session = await play(ASKING_SERVER, { revisions: [revision], requests });
      const { held } = judge(session);
      expect(held).toEqual(
        expect.arrayContaining([
          'client.rpc.unknown-method',
          'client.rpc.no-reply-to-notification',
          'client.ping.pong',
          'client.cancel.stops-response',
          ...(revision === '2025-03-26' ? ['client.rpc.batch'] : []),
        ]),
      );
    },
  );
});

describe.concurrent('our client, with a server that does something wrong', () => {
  it.each(FAULTY_SERVERS)('does nothing wrong itself, hangs nowhere and leaves nothing: %s', async (name) => {
    const forced = REVISIONS.find((revision) => revision === FAULTY_PEERS[name]?.revision);
    const session = await play(serverIn(name), {
      requestTimeoutMs: 1_000,
      ...(forced === undefined ? {} : { revisions: [forced] }),
    });
    expect(judge(session).broken).toEqual([]);
  });

  it.each(PROGRAMS)('nor with a program that is hardly a server: %s', async (name) => {
    const session = await play(serverIn(name), { requestTimeoutMs: 300, startupMs: 1_500 });
    expect(judge(session).broken).toEqual([]);
  });

  it('leaves one that speaks no version of its own', async () => {
    const session = await play(serverIn('version.echo'), { revisions: ['2025-11-25'] });
    expect(session).toMatchObject({ peer: null, closed: { why: 'unsupportedRevision' } });
    expect(judge(session).held).toContain('client.version.disconnect');
  });

  it.each(['capability.undeclared', 'capability.undeclared.tool'])(
    'refuses what it did not declare: %s',
    async (name) => {
      const session = await play(serverIn(name), { capabilities: {}, requests: {} });
      expect(judge(session).held).toContain('client.capability.answers');
    },
  );

  it('stops a handler whose request is cancelled, and answers it no more', async () => {
    let stopped = 0;
    const counted: typeof untilAborted = (params, context) => {
      context.signal.addEventListener('abort', () => {
        stopped += 1;
      });
      return untilAborted(params, context);
    };
    const requests = { 'roots/list': counted, 'sampling/createMessage': counted };
    const session = await play(serverIn('timeout.server-request'), { requests });
    expect(stopped).toBe(2);
    expect(judge(session).held).toContain('app.handlers-end');
  });

  it('gives up in the middle of a handshake', async () => {
    const signal = AbortSignal.timeout(100);
    const session = await play(serverIn('programs/silent'), { signal });
    expect(session).toMatchObject({ outcomes: { connect: 'connect' }, closed: { why: 'asked' } });
    expect(judge(session).broken).toEqual([]);
  });
});

/** A handler that has no answer before nobody wants one. */
function untilAborted(_: unknown, { signal }: { readonly signal: AbortSignal }): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

/** How each step of the drive ends with a server that does everything right. */
const AS_MEANT = {
  connect: 'result',
  list: 'result',
  ping: 'result',
  'roots changed': 'result',
  'quick 1': 'result',
  'quick 2': 'result',
  'quick 3': 'result',
  ask: 'result',
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

/** Those of the servers above that a descendant outlives which left their group: nobody's signal reaches it. */
const WITH_A_RUNAWAY = ['shutdown.survivors', 'programs/grandchild'];

/** In the order in which the invariants are listed. */
function neverPut(revision: Revision): readonly string[] {
  // Where there are batches, a client may send them: nothing tells that it must not.
  const notHere = revision === '2025-03-26' ? ['client.rpc.single-messages'] : [];
  return CLIENT_INVARIANTS.map(({ id }) => id).filter((id) => id in NEVER_PUT || notHere.includes(id));
}

async function play(target: Target, options: Partial<SessionOptions> = {}): Promise<RecordedSession> {
  const session = await withinLimit(recordSession(target, { tools: OWN_TOOLS, ...options }), target.name);
  expect(session.strays).toEqual([]);
  const outside = WITH_A_RUNAWAY.includes(target.name) ? [{ inGroup: false }] : [];
  expect(session.survivors).toMatchObject(outside);
  expect(session.survivors).toHaveLength(outside.length);
  return session;
}

/** A session that hangs fails here, and says where, before the test itself runs out of time. */
async function withinLimit<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the session with ${what} hangs`)), LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function judge({ trace }: RecordedSession): ReturnType<typeof judgeTrace> {
  const judged = judgeTrace(CLIENT_INVARIANTS, trace, null);
  expect(judged.broken).toEqual([]);
  expect(judged.open).toEqual([]);
  return judged;
}
