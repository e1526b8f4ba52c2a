import { afterEach, describe, expect, it } from 'vitest';
import { leaveNothing, ofKind, SURE_MS, serve } from './scripted-server.js';

const ANSWERING = `const hear = ({ id, method }) => say({ jsonrpc: '2.0', id, result: {} });`;
/** Leaves at the first message, with an answer. */
const LEAVING = `const hear = ({ id }) => { say({ jsonrpc: '2.0', id, result: {} }); process.exit(0); };`;

describe('a server whose output is left unread for a while', () => {
  it('is heard after that, and what is late is late by our doing', async () => {
    const peer = serve(ANSWERING);
    await peer.until(() => peer.request('ping').answer === null, SURE_MS, 'a request that is sent');
    const reading = peer.stopReading(80);
    const ping = peer.request('ping');
    await reading;
    expect(await peer.answered(ping, SURE_MS)).toBe('met');
    const trace = await peer.finish();
    const [held] = ofKind(trace, 'held').filter(({ what }) => what === 'reading');
    const [lag] = ofKind(trace, 'lag').filter(({ seq }) => seq > (held?.seq ?? 0));
    expect(lag?.ms).toBeGreaterThanOrEqual(held?.ms ?? Number.POSITIVE_INFINITY);
    const answeredAt = ofKind(trace, 'received').at(-1)?.seq ?? 0;
    expect(answeredAt).toBeGreaterThan(lag?.seq ?? Number.POSITIVE_INFINITY);
  });

  it('is read to the end at once when it leaves', async () => {
    const peer = serve(LEAVING);
    const ping = peer.request('ping');
    await peer.stopReading(SURE_MS);
    expect(await peer.answered(ping, SURE_MS)).toBe('met');
    expect((await peer.finish()).events.at(-1)).toMatchObject({ kind: 'end', why: 'quiet' });
  });
});

afterEach(leaveNothing);
