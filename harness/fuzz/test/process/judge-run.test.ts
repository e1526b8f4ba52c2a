import type { EventData } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../src/process/judge-run.ts';
import { HANDSHAKE, QUIET_END, received, sent, traceOf } from './made.ts';

type Timed = EventData & { readonly t?: number };

const ping = (id: number | string) => sent({ id, method: 'ping' });
const pong = (id: number | string) => received({ id, result: {} });
const call = (id: number | string) => sent({ id, method: 'tools/call', params: { name: 'slow' } });
const cancel = (requestId: number | string) => sent({ method: 'notifications/cancelled', params: { requestId } });
const inVain = (lagMs = 0): Timed => ({
  plane: 'note',
  kind: 'waited',
  for: 'the answers that are due',
  ms: 1000,
  lagMs,
});
const garbage: Timed = { plane: 'wire', kind: 'sentRaw', text: 'no message', bytes: 10 };
const left: readonly Timed[] = [
  { plane: 'process', kind: 'outputEnded' },
  { plane: 'process', kind: 'exited', code: 1, signal: null },
  { plane: 'note', kind: 'end', why: 'quiet' },
];

describe('a request without an answer', () => {
  it('counts where its time was waited for, and only time shows it (2025-11-25/ping/respond)', () => {
    expect(brokenIn(ping(2), inVain(), ...QUIET_END)).toEqual(['ping.ready timed silence']);
  });

  it('does not count where we ended the session first, however many later ones were answered', () => {
    const later = [3, 4, 5].flatMap((id) => [ping(id), pong(id)]);
    expect(brokenIn(ping(2), ...later, ...QUIET_END)).toEqual([]);
    expect(brokenIn(ping(2), ...later, inVain(), ...QUIET_END)).toEqual(['ping.ready timed silence']);
  });

  it('does not count where we waited for something else, such as an exit', () => {
    const exit: Timed = { plane: 'note', kind: 'waited', for: 'an exit', ms: 5000, lagMs: 0 };
    const [ended, ...rest] = QUIET_END;
    expect(brokenIn(ping(2), ended as Timed, exit, ...rest)).toEqual([]);
  });

  it('does not count where this machine was late for more than half of the wait', () => {
    const later = [3, 4, 5].flatMap((id) => [ping(id), pong(id)]);
    expect(brokenIn(ping(2), inVain(501), ...later, ...QUIET_END)).toEqual([]);
    expect(brokenIn(ping(2), inVain(500), ...later, ...QUIET_END)).toEqual(['ping.ready timed silence']);
  });

  it('does not count where it was cancelled', () => {
    expect(
      brokenIn(call(2), ping(3), cancel(3), inVain(), ...QUIET_END).filter((id) => id.startsWith('ping.')),
    ).toEqual([]);
  });

  it('does not count where the server waits for an answer of ours, unless it is a ping', () => {
    const asked = received({ id: 's', method: 'roots/list' });
    expect(brokenIn(asked, call(2), inVain(), ...QUIET_END)).toEqual([]);
    expect(brokenIn(asked, ping(2), inVain(), ...QUIET_END)).toEqual(['ping.ready timed silence']);
  });

  it('counts at once where the server left by itself', () => {
    expect(brokenIn(ping(2), ...left)).toEqual(['ping.ready shown left']);
  });
});

describe('after a liberty that we took', () => {
  it('silence is told by the check on that alone', () => {
    expect(brokenIn(garbage, ping(2), inVain(), ...QUIET_END)).toEqual(['rpc.malformed timed silence']);
    expect(brokenIn(garbage, call(2), inVain(), ...QUIET_END)).toEqual([]);
    expect(brokenIn(cancel(99), ping(2), inVain(), ...QUIET_END)).toEqual(['cancel.unknown-id timed silence']);
    const stray = sent({ id: 'nobody', result: {} });
    expect(brokenIn(stray, ping(2), inVain(), ...QUIET_END)).toEqual(['rpc.unknown-response timed silence']);
  });

  it('silence is told by nobody where the text is open', () => {
    const early = judged([ping(9), ...HANDSHAKE, ping(2), inVain(), ...QUIET_END]);
    expect(early).toEqual([]);
    const [initialize, answer, initialized] = HANDSHAKE as [Timed, Timed, Timed];
    const list = sent({ id: 9, method: 'tools/list' });
    expect(judged([initialize, answer, list, initialized, ping(2), inVain(), ...QUIET_END])).toEqual([]);
  });

  it('a refusal of the handshake is told by nobody where the text is open', () => {
    const [initialize] = HANDSHAKE as [Timed];
    const refused = received({ id: 1, error: { code: -32600, message: 'Too late' } });
    expect(judged([initialize, refused, ...QUIET_END])).toEqual(['handshake.result shown handshake.result']);
    expect(judged([ping(9), pong(9), initialize, refused, ...QUIET_END])).toEqual([]);
  });

  it('what the server says counts as ever (2025-11-25/messages/response-id)', () => {
    expect(brokenIn(garbage, ping(0), pong('0'), ...QUIET_END)).toEqual(['rpc.id-echo shown rpc.id-echo']);
  });

  it('an error without an id is no reaction to a cancellation', () => {
    const error = received({ error: { code: -32700, message: 'Parse error' } });
    const cancelled = [ping(2), cancel(2), pong(2)];
    expect(brokenIn(...cancelled, garbage, error, ...QUIET_END)).toEqual([]);
    const batch = sent([{ id: 3, method: 'ping' }]);
    expect(brokenIn(...cancelled, batch, error, ...QUIET_END)).toEqual([]);
  });
});

describe('what the server sends', () => {
  it('counts by itself, however the run ended (2025-11-25/messages/json-rpc)', () => {
    expect(brokenIn(ping(2), pong(2), pong(2), ...QUIET_END)).toEqual(['rpc.one-response shown rpc.one-response']);
  });

  it('is told once: a second response is no reaction to what was cancelled', () => {
    const names = brokenIn(ping(2), cancel(2), pong(2), ping(3), pong(3), pong(3), ...QUIET_END);
    expect(names).toEqual(['rpc.one-response shown rpc.one-response']);
  });

  it('may come in any order with what was cancelled', () => {
    const early = call(2);
    const answer = received({ id: 2, result: { content: [] } }, 2000);
    expect(brokenIn(early, ping(3), answer, pong(3), ...QUIET_END)).toEqual(['ping.busy timed ping.busy']);
    expect(brokenIn(early, ping(3), cancel(3), answer, pong(3), ...QUIET_END)).toEqual([]);
  });

  it('may come before initialized where we asked too early ourselves', () => {
    const [initialize, answer, initialized] = HANDSHAKE as [Timed, Timed, Timed];
    const asks = received({ id: 's', method: 'roots/list' });
    const reply = sent({ id: 's', result: { roots: [] } });
    const early = 'handshake.no-early-requests shown handshake.no-early-requests';
    expect(judged([initialize, answer, asks, reply, initialized, ...QUIET_END])).toContain(early);
    const list = sent({ id: 9, method: 'tools/list' });
    expect(judged([initialize, answer, list, asks, reply, initialized, ...QUIET_END])).not.toContain(early);
  });
});

describe('the end of input', () => {
  const stays: readonly Timed[] = [
    { plane: 'process', kind: 'inputEnded', t: 1000 },
    { plane: 'note', kind: 'waited', for: 'an exit', ms: 2000, lagMs: 0, t: 3000 },
    { plane: 'process', kind: 'signalled', signal: 'SIGKILL', by: 'ladder' },
    ...left,
  ];

  it('is to be followed by an exit, and only time shows that it is not', () => {
    expect(brokenIn(...stays)).toEqual(['shutdown.eof-idle timed stayed']);
  });

  it('finds no idle server where one waits for an answer of ours', () => {
    const asked = received({ id: 's', method: 'roots/list' });
    expect(brokenIn(asked, ...stays)).toEqual(['shutdown.eof-owed-answer timed stayed']);
  });
});

describe('a cancelled call', () => {
  const soon = 100;
  it('that is answered in full much later is a suspect, and not broken (2025-11-25/cancellation/no-response)', () => {
    const events = [call(2), cancel(2), received({ id: 2, result: { content: [] } }, 1000), ...QUIET_END];
    const { broken, answeredInFull } = judgeRun(traceOf(...HANDSHAKE, ...events), '2025-11-25');
    expect([broken, answeredInFull?.id]).toEqual([[], 'cancel.stops-response']);
  });

  it('is none where its answer may have crossed', () => {
    const events = [call(2), cancel(2), received({ id: 2, result: { content: [] } }, soon), ...QUIET_END];
    expect(judgeRun(traceOf(...HANDSHAKE, ...events), '2025-11-25').answeredInFull).toBeNull();
  });
});

describe('a judgement', () => {
  it('names what held, what is worth a note, and the gravest fault first', () => {
    const [initialize, answer, initialized] = HANDSHAKE as [Timed, Timed, Timed];
    const early = [received({ id: 's', method: 'roots/list' }), sent({ id: 's', result: { roots: [] } })];
    const ready = [initialize, answer, ...early, initialized];
    const events = [...ready, ping(2), pong(2), pong(2), ...QUIET_END.slice(0, 1)];
    const stays: readonly Timed[] = [
      { plane: 'note', kind: 'waited', for: 'an exit', ms: 2000, lagMs: 0, t: 9000 },
      ...left,
    ];
    const { broken, held, noted } = judgeRun(traceOf(...events, ...stays), '2025-11-25');
    expect(broken.map(({ id, level }) => `${level} ${id}`)).toEqual([
      'MUST rpc.one-response',
      'SHOULD handshake.no-early-requests',
      'ROBUST shutdown.eof-idle',
    ]);
    expect(held).toEqual(expect.arrayContaining(['handshake.result', 'ping.ready']));
    expect(noted.map(({ id }) => id)).toContain('stderr.noise');
  });
});

/** What is broken in a ready session: its id, how surely, and what was seen. */
function brokenIn(...events: readonly Timed[]): readonly string[] {
  return judged([...HANDSHAKE, ...events]);
}

function judged(events: readonly Timed[]): readonly string[] {
  const { broken } = judgeRun(traceOf(...events), '2025-11-25');
  return broken.map(({ id, certainty, symptom }) => `${id} ${certainty} ${symptom}`);
}
