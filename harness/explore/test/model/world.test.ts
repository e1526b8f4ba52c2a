import { describe, expect, test } from 'vitest';
import { CALL, LOG } from '../../src/configs/messages.ts';
import { client, PROCESS, PROCESS_WITH_DESCENDANT, server } from '../../src/configs/world-configuration.ts';
import { rogueServer } from '../../src/model/rogue-server.ts';
import { World, type WorldOptions } from '../../src/model/world.ts';
import { Story, told } from './story.ts';

const ARRIVES = { client: 'client: what was sent to it arrives', server: 'server: what was sent to it arrives' };
const HANDSHAKE = [ARRIVES.server, ARRIVES.client, ARRIVES.server];
const STARTED = ['client: starts', 'process: it has started'];

describe('a world', () => {
  test('tells the same moves in the same order each time', () => {
    const world = worldOf({});
    const row = world.initial();
    const moves = (): string[] => {
      const met: string[] = [];
      world.expand(row, (move, next) => met.push(`${move} ${next.join()}`));
      return met;
    };
    expect(moves()).toEqual(moves());
    expect(moves().length).toBeGreaterThan(1);
  });

  test('lets a client and a server shake hands, call and answer', () => {
    const story = new Story(worldOf({}));
    story.go('client: starts', 'client: the channel is open', ...HANDSHAKE, 'client: calls tools/call');
    expect(told(story.go(ARRIVES.server))).toEqual(['server received: deliver']);
    story.go('server: answers');
    expect(told(story.go(ARRIVES.client))).toEqual(['client received: settle']);
  });

  test('describes where everybody is, and what is under way', () => {
    const world = worldOf({});
    const story = new Story(world);
    story.go('client: starts', 'client: the channel is open');
    expect(world.describe(story.row)).toEqual([
      'client: starting.negotiating (timers startup, slowStart); channel open',
      'server: serving.listening; channel open',
      'to the server: initialize 5101',
    ]);
  });

  test('says itself what no core sees', () => {
    const story = new Story(worldOf({ faults: { crashes: 1 } }));
    story.go('client: starts', 'client: the channel is open');
    expect(told(story.go('server: its process crashes'))).toEqual(['world: server: its process crashes']);
    expect(story.possible).not.toContain(ARRIVES.server);
  });

  test('has no ping under way for a whole interval, but lets its answer come late', () => {
    const watching = client({}, { keepaliveMs: 30_000 });
    const story = new Story(worldOf({ client: watching }));
    story.go('client: starts', 'client: the channel is open', ...HANDSHAKE, 'client: the timer keepalive runs out');
    story.go('client: the timer pong runs out');
    expect(told(story.go(ARRIVES.server, ARRIVES.client))).toEqual(['client received: disarm arm']);
    expect(story.possible).not.toContain('client: the timer keepalive runs out');
    story.go(ARRIVES.server, ARRIVES.client);
    expect(story.possible).toContain('client: the timer keepalive runs out');
  });

  test('bounds what applications say, not what is under way: more than one message may be', () => {
    const story = new Story(worldOf({ server: server({ notifications: [{ ...LOG, most: 2 }] }) }));
    story.go('client: starts', 'client: the channel is open', ...HANDSHAKE);
    story.go('server: notifies notifications/message', 'server: notifies notifications/message');
    expect(story.possible).not.toContain('server: notifies notifications/message');
  });
});

describe('a world with a process', () => {
  test('has no server before the process has started, and none after it is gone', () => {
    const story = new Story(worldOf({ process: PROCESS, server: server({ kills: 1 }) }));
    expect(story.possible.filter((name) => name.startsWith('server'))).toEqual([]);
    story.go(...STARTED);
    expect(story.possible).toContain('server: kills');
    story.go('server: kills', 'server: its process exits');
    expect(story.possible.filter((name) => name.startsWith('server'))).toEqual([]);
  });

  test('tells the session first that the output has ended, and the process after that', () => {
    const story = new Story(worldOf({ process: PROCESS, server: server({ kills: 1 }) }));
    story.go(...STARTED, 'server: kills', 'server: its process exits');
    expect(told(story.go(ARRIVES.client))).toEqual([
      'client ended: disarm disarm arm closeChannel phase',
      'process close: endInput arm',
      'process outputEnded: nothing',
    ]);
  });

  test('semantics 18: whoever closed while it was started hears nothing of its start', () => {
    const story = new Story(worldOf({ process: PROCESS }));
    story.go('client: starts', 'client: closes');
    expect(told(story.go('process: it has started'))).toEqual(['process spawned: endInput arm']);
  });

  test('semantics 14: has no end of output while something else holds it', () => {
    const story = new Story(worldOf({ process: PROCESS_WITH_DESCENDANT, faults: { crashes: 1 } }));
    story.go(...STARTED, 'server: its process crashes');
    expect(story.possible).not.toContain(ARRIVES.client);
    story.go('process: what it started ends');
    expect(story.possible).toContain(ARRIVES.client);
  });

  test('semantics 19: a forced end leaves nobody who answers', () => {
    const story = new Story(worldOf({ process: PROCESS_WITH_DESCENDANT, client: client({ kills: 1 }) }));
    story.go(...STARTED);
    expect(told(story.go('client: kills'))).toContain('process kill: endInput signalGroup arm');
    expect(story.possible.filter((name) => name.startsWith('server'))).toEqual([]);
    story.go('process: its exit is told', 'process: the end of its group is told');
    expect(told(story.go(ARRIVES.client)).at(-1)).toMatch(/^client gone/);
  });
});

describe('a world with a script in it', () => {
  test('lets it answer under the ids that it was asked by', () => {
    const story = new Story(worldOf({ server: rogueServer(0, []) }));
    story.go('client: starts', 'client: the channel is open', ARRIVES.server, 'server: answers initialize');
    expect(told(story.go(ARRIVES.client))).toEqual(['client received: disarm disarm send phase']);
    story.go(ARRIVES.server, 'client: calls tools/call', ARRIVES.server, 'server: answers');
    expect(told(story.go(ARRIVES.client))).toEqual(['client received: settle']);
  });

  test('lets it play as many tricks as it has', () => {
    const story = new Story(worldOf({ server: rogueServer(1, ['answers']) }));
    story.go('client: starts', 'client: the channel is open', 'server: answers what was never asked');
    expect(story.possible).not.toContain('server: answers what was never asked');
    expect(told(story.go(ARRIVES.client))).toEqual(['client received: report']);
  });
});

function worldOf(options: Partial<WorldOptions>): World {
  return new World({ client: client({ calls: [CALL], closes: 1 }), server: server({}), faults: {}, ...options }, []);
}
