import { isJsonObject, type Json, type TraceEvent } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import type { Act, Case } from '../../src/process/act.ts';
import { patienceAt } from '../../src/process/patience.ts';
import { type Played, play } from '../../src/process/player.ts';
import { processCarrier } from '../../src/process/process-carrier.ts';
import { GOOD_COMMAND } from './faulty-servers.ts';
import { ALL_MEANS, caseOf, OPENING, request } from './made.ts';

const ROOTS: Act = { do: 'initialize', declares: ['roots-changed'] };
const [, INITIALIZED] = OPENING as readonly [Act, Act];

describe.concurrent('a case that is played', () => {
  it('sends what its acts say, in their order, and three more requests at its end', async () => {
    const acts: readonly Act[] = [
      request('ping', 1, { id: 'string' }),
      request('slow', 2, { id: 'zero', token: 'number' }),
      { do: 'cancel', of: 2 },
      { do: 'stray-response' },
      { do: 'cancel-unknown' },
    ];
    const { events } = (await played(caseOf(...OPENING, ...acts))).trace;
    expect(sentIn(events).map(brief)).toEqual([
      '1 initialize',
      'notifications/initialized',
      '"request-1" ping',
      '0 tools/call {"progressToken":70002}',
      'notifications/cancelled 0',
      '"mcp-lifeline-never-asked" response',
      'notifications/cancelled "mcp-lifeline-never-sent"',
      '2 ping',
      '3 tools/list',
      '4 ping',
    ]);
  });

  it('holds still until a cancelled call would be over', async () => {
    const { events } = (await played(caseOf(...OPENING, request('slow', 1), { do: 'cancel', of: 1 }))).trace;
    const held = events.find((event) => event.plane === 'note' && event.kind === 'held');
    expect(held).toMatchObject({ what: 'the answer to a cancelled call' });
  });

  it('tells in which state each act was done', async () => {
    const acts: readonly Act[] = [request('slow', 1), request('slow', 2), { do: 'cancel', of: 1 }, { do: 'settle' }];
    const { transitions } = await played(caseOf(...OPENING, ...acts, { do: 'eof' }));
    expect(transitions.slice(0, 5)).toEqual([
      'fresh initialize',
      'opening initialized',
      'idle slow',
      'calling slow',
      'overlapping cancel',
    ]);
    expect(transitions.slice(5)).toEqual(['cancelling settle', 'cancelling eof']);
  });

  it('writes in pieces, and together, as it is told', async () => {
    const acts: readonly Act[] = [
      request('ping', 1, { pieces: 3 }),
      request('ping', 2),
      { ...request('ping', 3), joined: true },
    ];
    const { events } = (await played(caseOf(...OPENING, ...acts))).trace;
    const framed = events.flatMap((event) => (event.plane === 'note' && event.kind === 'framed' ? [event.how] : []));
    expect(framed).toEqual(['split', 'plain']);
    const at = (id: number) => events.find((event) => event.kind === 'sent' && isWith(event, id))?.t ?? Number.NaN;
    expect(sentIn(events).map(brief).slice(2, 5)).toEqual(['101 ping', '102 ping', '103 ping']);
    expect(answersIn(events)).toEqual(expect.arrayContaining([101, 102, 103]));
    expect(at(103)).toBeGreaterThanOrEqual(at(102));
  });

  it('sends a batch as one, with its notification first', async () => {
    const batch: Act = { do: 'batch', members: [request('ping', 1), request('slow', 2)], hasNotification: true };
    const { events } = (await played({ offer: '2025-03-26', acts: [ROOTS, INITIALIZED, batch] })).trace;
    const sent = sentIn(events).find((message) => Array.isArray(message)) as readonly Json[];
    expect(sent.map(brief)).toEqual(['notifications/roots/list_changed', '101 ping', '102 tools/call']);
    expect(answersIn(events)).toEqual(expect.arrayContaining([101, 102]));
  });

  it.each([
    ['at-once', 'result'],
    ['late', 'result'],
    ['error', 'error'],
    ['never', null],
  ] as const)('answers the server %s', async (how, member) => {
    // The good server asks for the roots, and for nothing else, as soon as it is told that the client is ready.
    const acts: readonly Act[] = [
      ROOTS,
      { do: 'settle' },
      { do: 'reply', how },
      INITIALIZED,
      { do: 'pause', ms: 1000 },
    ];
    const { events } = (await played(caseOf(...acts))).trace;
    const [asked] = receivedIn(events).filter((message) => isJsonObject(message) && message.method === 'roots/list');
    const id = isJsonObject(asked) ? asked.id : undefined;
    expect(id).toBeDefined();
    const answer = sentIn(events).find((message) => isJsonObject(message) && message.id === id);
    if (member === null) expect(answer).toBeUndefined();
    else expect(answer).toHaveProperty(member);
  });

  it('answers the pings of the server whatever else it leaves unanswered', async () => {
    const never: Act = { do: 'reply', how: 'never' };
    const { events } = (await played(caseOf(ROOTS, INITIALIZED, never, request('asking', 1)))).trace;
    const [ping] = receivedIn(events).filter((message) => isJsonObject(message) && message.method === 'ping');
    expect(sentIn(events)).toContainEqual({ jsonrpc: '2.0', id: isJsonObject(ping) ? ping.id : '', result: {} });
  });

  it('lets the server leave by itself when its input ends, and when it gets SIGTERM', async () => {
    for (const end of ['eof', 'sigterm'] as const) {
      const { events } = (await played(caseOf(...OPENING, request('slow', 1), { do: end }))).trace;
      const signals = events.filter((event) => event.plane === 'process' && event.kind === 'signalled');
      expect(signals.map((event) => 'by' in event && event.by)).toEqual(end === 'eof' ? [] : ['scenario']);
      expect(events.find((event) => event.kind === 'exited')).toMatchObject({ code: 0 });
    }
  });

  it('records the time in which it leaves the output unread as its own lateness', async () => {
    const acts: readonly Act[] = [{ do: 'stop-reading', ms: 300 }, request('ping', 1)];
    const { events } = (await played(caseOf(...OPENING, ...acts))).trace;
    // A timer may be early by what its event loop was late when it was set.
    const lag = events.find((event) => event.plane === 'process' && event.kind === 'lag' && event.ms >= 200);
    const answeredAt = events.findIndex((event) => event.kind === 'received' && isWith(event, 101));
    expect(lag?.seq).toBeLessThan(answeredAt);
  });
});

function played(one: Case): Promise<Played> {
  const patience = patienceAt('confirm', 1);
  const carrier = processCarrier({ command: GOOD_COMMAND, env: {} });
  return play(one, carrier.open('test', one.offer, patience), ALL_MEANS, patience);
}

function sentIn(events: readonly TraceEvent[]): readonly Json[] {
  return events.flatMap((event) => (event.plane === 'wire' && event.kind === 'sent' ? [event.message] : []));
}

function receivedIn(events: readonly TraceEvent[]): readonly Json[] {
  return events
    .flatMap((event) => (event.plane === 'wire' && event.kind === 'received' ? [event.message] : []))
    .flatMap((message) => (Array.isArray(message) ? (message as readonly Json[]) : [message]));
}

function answersIn(events: readonly TraceEvent[]): readonly Json[] {
  return receivedIn(events).flatMap((message) =>
    isJsonObject(message) && 'result' in message ? [message.id ?? null] : [],
  );
}

function isWith(event: TraceEvent, id: number): boolean {
  return event.plane === 'wire' && 'message' in event && isJsonObject(event.message) && event.message.id === id;
}

/** A message in a few words. */
function brief(message: Json): string {
  if (!isJsonObject(message)) return JSON.stringify(message);
  const { id, method, params } = message;
  const { requestId, _meta } = isJsonObject(params) ? params : {};
  const words = [id, requestId, _meta].map((one) => (one === undefined ? '' : JSON.stringify(one)));
  const name = typeof method === 'string' ? method : 'response';
  return [words[0], name, ...words.slice(1)].filter((word) => word !== '').join(' ');
}
