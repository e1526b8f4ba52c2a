import { describe, expect, test } from 'vitest';
import { CLIENT_DEFAULTS, LocalProtocolError, open, SERVER_DEFAULTS } from '../../src/index.ts';
import { clientConfig, serverConfig } from './drive.ts';

const DURATIONS = {
  client: ['requestTimeoutMs', 'maxTotalTimeoutMs', 'pongMs', 'startupMs', 'slowStartMs', 'hearOutMs', 'closingMs'],
  server: ['requestTimeoutMs', 'maxTotalTimeoutMs', 'pongMs', 'drainMs', 'cleanUpMs'],
};
const COUNTS = ['misses', 'maxCalls', 'maxPeerRequests', 'maxBatch'];
const CONFIGS = { client: clientConfig, server: serverConfig };

describe('the configuration', () => {
  test('the defaults are as documented; keepalive is off, and three misses are needed (semantics 27)', () => {
    const common = {
      capabilities: {},
      revisions: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'],
      requestTimeoutMs: 60_000,
      maxTotalTimeoutMs: 600_000,
      keepaliveMs: null,
      pongMs: 15_000,
      misses: 3,
      maxCalls: 65_536,
      maxPeerRequests: 65_536,
      maxBatch: 1_000,
    };
    const client = { startupMs: 60_000, slowStartMs: 10_000, hearOutMs: 250, closingMs: 60_000 };
    expect(CLIENT_DEFAULTS).toEqual({ role: 'client', ...common, ...client });
    expect(SERVER_DEFAULTS).toEqual({ role: 'server', ...common, drainMs: 0, cleanUpMs: 1_500 });
  });

  for (const role of ['client', 'server'] as const) {
    test(`a ${role} takes no duration that a timer could not keep, and names it`, () => {
      for (const name of [...DURATIONS[role], 'keepaliveMs']) {
        for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5', undefined]) {
          expectRefusal(role, name, value);
        }
      }
    });

    test(`a ${role} takes only counts from 1 on`, () => {
      for (const name of COUNTS)
        for (const value of [0, -1, 1.5, Number.NaN, '5', null]) expectRefusal(role, name, value);
    });

    test(`a ${role} needs a name, a version, capabilities, and a revision that exists`, () => {
      for (const value of [null, [], 'x', {}, { name: 'a' }, { name: 'a', version: 1 }])
        expectRefusal(role, 'info', value);
      for (const value of [null, [], 'x']) expectRefusal(role, 'capabilities', value);
      for (const value of [[], '2025-11-25', ['2025-11-25', '1.0.0'], [null]]) expectRefusal(role, 'revisions', value);
    });

    test(`a ${role} never pings without a pause`, () => {
      expectRefusal(role, 'keepaliveMs', 0);
      expectRefusal(role, 'pongMs', 0);
      expect(() => open(CONFIGS[role]({ keepaliveMs: 1, pongMs: 1 }), 0)).not.toThrow();
    });
  }

  test('there is no third role', () => {
    expect(() => open({ ...clientConfig(), role: 'proxy' } as never, 0)).toThrow('role');
  });

  test('nothing begins at no time', () => {
    expect(() => open(clientConfig(), Number.NaN)).toThrow(LocalProtocolError);
  });
});

function expectRefusal(role: 'client' | 'server', name: string, value: unknown): void {
  const start = () => open(CONFIGS[role]({ [name]: value }), 0);
  expect(start, `${name} ${String(value)}`).toThrow(LocalProtocolError);
  expect(start).toThrow(name);
}
