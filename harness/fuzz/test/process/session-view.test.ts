import { describe, expect, it } from 'vitest';
import { SessionView } from '../../src/process/session-view.ts';
import { HANDSHAKE, received, sent, traceOf } from './made.ts';

const call = (id: number) => sent({ id, method: 'tools/call', params: { name: 'slow' } });

describe('the state of a session, as its trace shows it', () => {
  it.each([
    ['fresh', []],
    ['fresh', [sent({ id: 9, method: 'ping' })]],
    ['opening', HANDSHAKE.slice(0, 1)],
    ['agreed', HANDSHAKE.slice(0, 2)],
    ['idle', HANDSHAKE],
    ['asking', [...HANDSHAKE, sent({ id: 2, method: 'ping' })]],
    ['idle', [...HANDSHAKE, sent({ id: 2, method: 'ping' }), received({ id: 2, result: {} })]],
    ['calling', [...HANDSHAKE, call(2)]],
    ['calling', [...HANDSHAKE, call(2), sent({ id: 3, method: 'ping' })]],
    ['overlapping', [...HANDSHAKE, call(2), call(3)]],
    ['owed', [...HANDSHAKE, call(2), received({ id: 's', method: 'roots/list' })]],
    ['over', [...HANDSHAKE, { plane: 'process', kind: 'inputEnded' }]],
    ['over', [...HANDSHAKE, { plane: 'process', kind: 'outputEnded' }]],
  ] as const)('is %s', (state, events) => {
    const view = new SessionView();
    view.see(traceOf(...events));
    expect(view.state(new Set())).toBe(state);
  });

  it('is cancelling while a request that was cancelled has no answer', () => {
    const view = new SessionView();
    view.see(traceOf(...HANDSHAKE, call(2)));
    expect(view.state(new Set(['2']))).toBe('cancelling');
    view.see(traceOf(...HANDSHAKE, call(2), received({ id: 2, result: {} })));
    expect(view.state(new Set(['2']))).toBe('idle');
  });
});
