import { createRedactor } from '@mcp-lifeline/trace';
import { afterEach, describe, expect, it } from 'vitest';
import { absences, leaveNothing, ofKind, SURE_MS, serve, start } from './scripted-server.js';

afterEach(leaveNothing);

describe('a bound on a run', () => {
  it('is the length of a line: the run ends there, as a limit', async () => {
    const peer = start([process.execPath, '-e', "for (;;) require('fs').writeSync(1, 'x'.repeat(1 << 20))"]);
    await peer.exited(SURE_MS, 'the end of the run');
    const trace = await peer.finish();
    expect(ofKind(trace, 'garbled')).toMatchObject([{ why: 'tooLong' }]);
    expect(absences(trace)).toMatchObject([{ need: 'wholeRun' }]);
    expect(ofKind(trace, 'exited')).toMatchObject([{ signal: 'SIGKILL' }]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'limit' }]);
  });

  it('is the number of events: what is said beyond it is not recorded', async () => {
    const peer = start([process.execPath, '-e', "for (;;) require('fs').writeSync(1, '{}\\n'.repeat(1000))"]);
    await peer.exited(SURE_MS, 'the end of the run');
    const trace = await peer.finish();
    expect(trace.events.length).toBeLessThan(50_100);
    expect(absences(trace)).toMatchObject([{ need: 'wholeRun', why: 'more than 50000 events' }]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'limit' }]);
  });

  it('is the number of events also when one batch asks for more of them', async () => {
    const peer = serve(
      "say(Array.from({ length: 200000 }, (_, id) => ({ id, method: 'ping' }))); const hear = () => {}",
    );
    await peer.exited(SURE_MS, 'the end of the run');
    const trace = await peer.finish();
    expect(trace.events.length).toBeLessThan(50_100);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'limit' }]);
  });

  it('is how deep a message is nested, also when there are secrets to look for', async () => {
    const redactor = createRedactor();
    redactor.add('env#KEY', 'hunter22');
    const script = `const deep = '['.repeat(100000) + ']'.repeat(100000);
      say('{"id":' + deep + ',"method":"ping"}'); const hear = () => {}`;
    const peer = serve(script, { redactor });
    await peer.exited(SURE_MS, 'the end of the run');
    const trace = await peer.finish();
    expect(ofKind(trace, 'garbled')).toMatchObject([{ why: 'tooLong' }]);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'limit' }]);
  });

  it('is none on what a server may leave unread', async () => {
    const peer = start(['sleep', '600']);
    const text = 'x'.repeat(100_000);
    for (let count = 0; count < 20; count += 1) peer.notify('notifications/message', { data: text });
    const trace = await peer.finish('kill');
    expect(ofKind(trace, 'sent')).toHaveLength(20);
    expect(ofKind(trace, 'end')).toMatchObject([{ why: 'quiet' }]);
  });
});
