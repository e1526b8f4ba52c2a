import { describe, expect, it } from 'vitest';
import { type ChildEnd, describeEnd } from '../src/child-end.js';

describe('how a child ended, said for people', () => {
  it.each([
    ['a code', { code: 3, signal: null }, '"server" exited with code 3'],
    ['a signal', { code: null, signal: 'SIGSEGV' }, '"server" was ended by SIGSEGV'],
  ])('is %s', (_, exit, expected) => {
    expect(describeEnd(end({ over: { how: 'reaped', ...exit } }))).toBe(expected);
  });

  it.each([
    ['the process itself', null, '"server" outlived SIGKILL and was abandoned'],
    ['what it started', 1, '"server" exited with code 1, and what it had started outlived SIGKILL and was abandoned'],
  ])('says that %s was abandoned', (_, code, expected) => {
    expect(describeEnd(end({ over: { how: 'abandoned', code, signal: null } }))).toBe(expected);
  });

  it('quotes what it wrote when it ended before it sent a message', () => {
    const text = describeEnd(end({ spoke: false, strayText: 'Usage: server KEY', stderr: 'no key\n' }));
    expect(text).toBe(
      '"server" exited with code 1 before it sent a message\nIts output began with:\nUsage: server KEY\n' +
        'Its standard error ended with:\nno key',
    );
  });

  it.each(['ENOENT', 'EACCES', 'E2BIG', 'SOMETHING'])(
    'says what to look at when it could not be started: %s',
    (code) => {
      const text = describeEnd(end({ over: { how: 'neverStarted', code: null, signal: null }, spawnError: code }));
      expect(text).toMatch(new RegExp(`^could not start "server": ${code}\\. [A-Z].*\\.$`));
    },
  );
});

function end(known: Partial<ChildEnd>): ChildEnd {
  const over = { how: 'reaped', code: 1, signal: null } as const;
  return { command: 'server', over, spawnError: null, spoke: true, strayText: '', stderr: '', ...known };
}
