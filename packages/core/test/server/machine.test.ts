import { describe, expect, test } from 'vitest';
import { open, SERVER_DEFAULTS, type State } from '../../src/index.ts';
import { live, nameEffect, pathOf, SERVER_INPUTS } from '../session/machine-drive.ts';

const INFO = { name: 'server', version: '1' };
const WORKING = ['initialize asked', 'initialized', 'request heard'] as const;

describe('a handler that is given time', () => {
  test('keeps it when the application tidies up after an end that came from elsewhere', () => {
    const { after, effects } = live(openServer(), SERVER_INPUTS, ...WORKING, 'ended', 'close');
    expect([pathOf(after), effects]).toEqual(['finishing', []]);
    expect(live(after, SERVER_INPUTS, 'handler answered').effects.map(nameEffect)).toContain('send result');
  });

  test('loses it when the application asks a second time, which is a kill', () => {
    const { after, effects } = live(openServer(), SERVER_INPUTS, ...WORKING, 'close', 'close');
    expect(pathOf(after)).toBe('exited');
    expect(effects.map(nameEffect)).not.toContain('cleanUp asked');
    expect(effects.at(-1)).toEqual({ type: 'exit', code: 143 });
  });

  test('loses it to the clean-up at a first signal, when the end came from elsewhere', () => {
    const { after, effects } = live(openServer(), SERVER_INPUTS, ...WORKING, 'ended', 'SIGTERM signalled');
    expect(pathOf(after)).toBe('draining');
    expect(effects.map(nameEffect)).toEqual(['disarm drain', 'abort 1', 'cleanUp peerEnded', 'arm cleanUp']);
  });

  test('loses it at a second signal, which ends the process now', () => {
    const { after, effects } = live(openServer(), SERVER_INPUTS, ...WORKING, 'SIGINT signalled', 'SIGINT signalled');
    expect(pathOf(after)).toBe('exited');
    expect(effects.at(-1)).toEqual({ type: 'exit', code: 130 });
  });

  test('that is cancelled is waited for no more', () => {
    const { after } = live(openServer(), SERVER_INPUTS, ...WORKING, 'ended', 'request cancelled');
    expect(pathOf(after)).toBe('draining');
  });
});

describe('the clean-up', () => {
  test('is not cut short by a first signal: clients send one to whoever takes their time', () => {
    const { after, effects } = live(openServer(), SERVER_INPUTS, 'initialize asked', 'ended', 'SIGTERM signalled');
    expect([pathOf(after), effects]).toEqual(['draining', []]);
    expect(live(after, SERVER_INPUTS, 'cleanedUp').effects.at(-1)).toEqual({ type: 'exit', code: 0 });
    expect(live(after, SERVER_INPUTS, 'cleanUp elapsed').effects.at(-1)).toEqual({ type: 'exit', code: 143 });
  });

  test('is cut short by a second signal, whose number decides the exit code', () => {
    const { effects } = live(openServer(), SERVER_INPUTS, 'SIGTERM signalled', 'SIGINT signalled');
    expect(effects.at(-1)).toEqual({ type: 'exit', code: 130 });
  });
});

describe('an error that nobody caught', () => {
  test('is told once and ends the process at once, without clean-up', () => {
    const crashed = live(openServer(), SERVER_INPUTS, 'initialize asked', 'uncaught');
    expect(crashed.effects.map(nameEffect)).toEqual([
      'report uncaught',
      'closeChannel now',
      'phase closed uncaught',
      'exit 1',
    ]);
    expect(live(crashed.after, SERVER_INPUTS, 'uncaught').effects).toEqual([]);
  });

  test('changes nothing more once the process is on its way out of the door', () => {
    const exited = live(openServer(), SERVER_INPUTS, 'close', 'cleanedUp');
    expect(live(exited.after, SERVER_INPUTS, 'uncaught').effects).toEqual([]);
  });
});

describe('the handshake', () => {
  test('a malformed initialize is refused, and a good one may follow (lifecycle/initialize-request)', () => {
    const refused = live(openServer(), SERVER_INPUTS, 'initialize asked without version');
    expect(pathOf(refused.after)).toBe('serving.listening');
    expect(pathOf(live(refused.after, SERVER_INPUTS, 'initialize asked').after)).toBe('serving.answered');
  });
});

function openServer(): State {
  return open({ ...SERVER_DEFAULTS, info: INFO, capabilities: { tools: {} }, drainMs: 5_000 }, 0)[0];
}
