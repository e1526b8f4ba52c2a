import { CLIENT_DEFAULTS, type Effect, type Input, SERVER_DEFAULTS } from '@mcp-lifeline/core';
import type { TraceEvent } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { NOTHING_TAPPED, observeOpening, observeSession, stampedBy, type Tapped } from '../../src/observe/index.ts';

const INFO = { name: 'x', version: '1' };
const PING = { jsonrpc: '2.0', id: 3, method: 'ping' };

describe('what the taps of a session see', () => {
  it('begins with what a client speaks, and with the clean-up of a server', () => {
    const client = observeOpening({ ...CLIENT_DEFAULTS, info: INFO, revisions: ['2025-06-18'] });
    expect(client.map(told)).toEqual(['client app speaks {"revisions":["2025-06-18"]}']);
    expect(observeOpening({ ...SERVER_DEFAULTS, info: INFO }).map(told)).toEqual(['server app cleanUpSet']);
  });

  it('has what comes in before what is done about it, in its order', () => {
    const effects: readonly Effect[] = [
      { type: 'deliver', item: { kind: 'progress', key: 1, progress: 2 } },
      { type: 'settle', key: 1, outcome: { ok: true, result: {} } },
      { type: 'send', message: PING, urgent: true },
      { type: 'disarm', name: 'calls' },
      { type: 'deliver', item: { kind: 'notification', method: 'x/y' } },
      { type: 'deliver', item: REQUEST },
      { type: 'abort', key: 5 },
    ];
    expect(see({ type: 'received', json: { id: 2, result: {} }, now: 0 }, effects)).toEqual([
      'client wire received {"id":2,"result":{}}',
      'client app delivered {"item":"progress","key":1,"progress":2}',
      'client app settled {"key":1,"outcome":"result","sent":true}',
      'client wire sent {"jsonrpc":"2.0","id":3,"method":"ping"}',
      'client app delivered {"item":"notification","method":"x/y"}',
      'client app handlerStarted {"key":5,"method":"x/z"}',
      'client app handlerAborted {"key":5}',
    ]);
  });

  it('links a call to the id that it got, before that is sent', () => {
    const sent: Effect = { type: 'send', message: PING, urgent: true };
    expect(see({ type: 'call', key: 8, method: 'ping', now: 0 }, [sent])).toEqual([
      'client app called {"key":8,"method":"ping","wantsProgress":true}',
      'client app numbered {"key":8,"id":3}',
      'client wire sent {"jsonrpc":"2.0","id":3,"method":"ping"}',
    ]);
  });

  it('links a call that is refused to nothing', () => {
    const settled: Effect = { type: 'settle', key: 8, outcome: { ok: false, kind: 'refused', sent: false } };
    expect(see({ type: 'call', key: 8, method: 'x/y', wantsProgress: false, now: 0 }, [settled])).toEqual([
      'client app called {"key":8,"method":"x/y"}',
      'client app settled {"key":8,"outcome":"refused","sent":false}',
    ]);
  });

  it('tells an answer of the peer that is an error from a failure', () => {
    const error = { code: -1, message: 'no' };
    const outcome = { ok: false, kind: 'peer', error } as const;
    expect(see(GONE, [{ type: 'settle', key: 1, outcome }])).toEqual([
      'client app settled {"key":1,"outcome":"error","sent":true}',
    ]);
  });

  it('has lines that are no JSON with their text', () => {
    expect(see({ type: 'garbled', why: 'notJson', text: 'oops', bytes: 4, now: 0 }, [])).toEqual([
      'client wire garbled oops',
    ]);
  });

  it('tells of the end of a handler that answers', () => {
    expect(see({ type: 'answer', key: 5, answer: { result: {} }, now: 0 }, [])).toEqual([
      'client app handlerEnded {"key":5}',
    ]);
  });

  it('tells of the end as the last of all, behind the settling of a call', () => {
    const effects: readonly Effect[] = [
      { type: 'phase', phase: 'closed', why: 'peerGone' },
      { type: 'settle', key: 1, outcome: { ok: false, kind: 'connectionLost', sent: true } },
    ];
    expect(see(GONE, effects)).toEqual([
      'client app settled {"key":1,"outcome":"connectionLost","sent":true}',
      'client app closed {"why":"peerGone","graceful":true}',
    ]);
  });

  it('takes a kill and a second close for impatience', () => {
    expect(see({ type: 'kill', now: 0 }, [])).toEqual(['client app killAsked']);
    const [asked, first] = observeSession('client', NOTHING_TAPPED, { type: 'close', now: 0 }, []);
    const [, second] = observeSession('client', asked, { type: 'close', now: 0 }, []);
    expect([first.map(told), second.map(told)]).toEqual([[], ['client app killAsked']]);
  });

  it('counts as long as JSON text is written, and 0 for what has none', () => {
    const [event] = seeAll({ type: 'received', json: 'ä', now: 0 }, []);
    expect(event).toMatchObject({ kind: 'received', bytes: 4 });
    const [odd] = seeAll({ type: 'received', json: 1n, now: 0 }, []);
    expect(odd).toMatchObject({ kind: 'received', bytes: 0 });
  });

  it('is stamped in its order, by the clock that is given', () => {
    let now = 10;
    const stamp = stampedBy(() => {
      now += 5;
      return now;
    });
    const sent: Effect = { type: 'send', message: PING, urgent: true };
    const [, events] = observeSession('server', NOTHING_TAPPED, GONE, [sent, sent], stamp);
    expect(events.map(({ seq, t, at }) => [seq, t, at])).toEqual([
      [0, 15, 'server'],
      [1, 20, 'server'],
    ]);
  });
});

describe('whether an end is graceful', () => {
  it.each([
    ['the end of input', [{ type: 'ended' }], true],
    ['one signal', [{ type: 'signalled', signal: 'SIGINT' }], true],
    ['a kill', [{ type: 'kill' }], false],
    ['a second close', [{ type: 'close' }, { type: 'close' }], false],
    [
      'a second signal',
      [
        { type: 'signalled', signal: 'SIGINT' },
        { type: 'signalled', signal: 'SIGINT' },
      ],
      false,
    ],
    ['what nobody caught', [{ type: 'uncaught', message: 'x' }], false],
  ] as const)('is told by what was asked: %s', (_, inputs, graceful) => {
    expect(closedAfter(inputs.map((input) => ({ ...input, now: 0 }) as Input))).toMatchObject({ graceful });
  });

  it.each([
    ['a kill', { type: 'kill' }],
    ['a second close', { type: 'close' }],
  ] as const)('stays so when the clean-up ran before %s', (_, input) => {
    const inputs = [{ type: 'close' }, { type: 'ended' }, input].map((one) => ({ ...one, now: 0 }) as Input);
    const cleanUp: Effect = { type: 'cleanUp', why: 'asked' };
    expect(closedAfter(inputs, [cleanUp])).toMatchObject({ graceful: true });
  });
});

const GONE: Input = { type: 'gone', now: 0 };
const REQUEST = { kind: 'request', key: 5, method: 'x/z', revision: '2025-06-18', wantsProgress: false } as const;

function see(input: Input, effects: readonly Effect[]): readonly string[] {
  return seeAll(input, effects).map(told);
}

function seeAll(input: Input, effects: readonly Effect[]): readonly TraceEvent[] {
  return observeSession('client', NOTHING_TAPPED, input, effects)[1];
}

/** What is told of the end, in the last of these steps; the first of them asks for more. */
function closedAfter(inputs: readonly Input[], first: readonly Effect[] = []): unknown {
  let tapped: Tapped = NOTHING_TAPPED;
  let events: readonly TraceEvent[] = [];
  for (const [index, input] of inputs.entries()) {
    const isLast = index === inputs.length - 1;
    const effects: readonly Effect[] = isLast
      ? [{ type: 'phase', phase: 'closed', why: 'asked' }]
      : index === 0
        ? first
        : [];
    [tapped, events] = observeSession('server', tapped, input, effects);
  }
  const last = events.at(-1);
  return last?.plane === 'app' ? last.data : null;
}

function told(event: TraceEvent): string {
  const { at, plane, kind } = event;
  const more =
    'message' in event ? event.message : 'text' in event ? event.text : 'data' in event ? event.data : undefined;
  const text = typeof more === 'string' ? more : JSON.stringify(more);
  return [at, plane, kind, ...(text === undefined ? [] : [text])].join(' ');
}
