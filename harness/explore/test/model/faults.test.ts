import { describe, expect, test } from 'vitest';
import { CALL } from '../../src/configs/messages.ts';
import { client, server } from '../../src/configs/world-configuration.ts';
import type { Faults } from '../../src/model/faults.ts';
import { World } from '../../src/model/world.ts';
import { Story, told } from './story.ts';

const ARRIVES = 'server: what was sent to it arrives';
const READY = [
  'client: starts',
  'client: the channel is open',
  ARRIVES,
  'client: what was sent to it arrives',
  ARRIVES,
];

describe('faults', () => {
  test('happen as often as they may, and no more', () => {
    const story = storyOf({ losses: 1 });
    story.go(...READY, 'client: calls tools/call', 'server: a message to it gets lost', 'client: calls tools/call');
    expect(story.possible).not.toContain('server: a message to it gets lost');
  });

  test('lose the oldest message, or let it come twice', () => {
    const lost = storyOf({ losses: 1 });
    lost.go(...READY, 'client: calls tools/call', 'server: a message to it gets lost');
    expect(lost.possible).not.toContain(ARRIVES);
    const twice = storyOf({ duplicates: 1 });
    twice.go(...READY, 'client: calls tools/call', 'server: a message to it comes twice');
    expect([told(twice.go(ARRIVES)), told(twice.go(ARRIVES))]).toEqual([
      ['server received: deliver'],
      ['server received: report deliver'],
    ]);
  });

  test('let a message overtake another, but not the end behind the last', () => {
    const story = storyOf({ swaps: 2, losses: 2, duplicates: 2 });
    story.go(
      ...READY,
      'client: calls tools/call',
      'client: cancels a call',
      'server: a message to it overtakes another',
    );
    // The cancellation comes first, and finds nothing to cancel.
    expect([told(story.go(ARRIVES)), told(story.go(ARRIVES))]).toEqual([
      ['server received: nothing'],
      ['server received: deliver'],
    ]);
    story.go('client: closes');
    expect(story.possible.filter((name) => name.startsWith('server: a message'))).toEqual([]);
  });

  test('break the channel in both directions, and each side hears of it', () => {
    const story = storyOf({ cuts: 1 });
    story.go(...READY);
    expect(told(story.go('client: the channel breaks in both directions'))).toEqual(['client gone: phase']);
    expect(told(story.go(ARRIVES))).toEqual(['server gone: cleanUp arm phase']);
  });

  test('keep a channel from opening, and then there was never a server', () => {
    const story = storyOf({ unopened: 1 });
    story.go('client: starts');
    expect(told(story.go('client: the channel cannot be opened'))).toEqual(['client gone: disarm disarm phase']);
    expect(story.possible.filter((name) => name.startsWith('server'))).toEqual([]);
  });

  test('break the writing of either side', () => {
    const story = storyOf({ breaks: 1, serverBreaks: 1 });
    story.go(...READY);
    expect(told(story.go('client: writing fails'))[0]).toMatch(/^client writeFailed: /);
    expect(told(story.go('server: writing fails'))[0]).toMatch(/^server writeFailed: /);
    expect(story.possible.filter((name) => name.endsWith('writing fails'))).toEqual([]);
  });
});

function storyOf(faults: Faults): Story {
  const calling = client({ calls: [{ ...CALL, wantsProgress: false, most: 2 }], cancels: 1, closes: 1 });
  return new Story(new World({ client: calling, server: server({}), faults }, []));
}
