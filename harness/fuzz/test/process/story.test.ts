import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/process/act.ts';
import { storyOf } from '../../src/process/story.ts';
import { ALL_MEANS, caseOf, OPENING, request } from './made.ts';

describe('a story', () => {
  it('tells each act in a sentence, and how the run is brought to its end', () => {
    const acts: readonly Act[] = [request('slow', 1, { id: 'zero', token: 'string' }), { do: 'cancel', of: 1 }];
    expect(storyOf(caseOf(...OPENING, ...acts), ALL_MEANS)).toEqual([
      'The client sends initialize, offering 2025-11-25 and declaring nothing.',
      'It says that it is initialized, as soon as it has the answer.',
      'It sends request 0 (a call of slow, which takes 0.10 s, with a string as progress token).',
      'It cancels request 0.',
      'It waits for what is due, and asks three more things, one after the other.',
    ]);
  });

  it('says what is open when it is the client who ends it', () => {
    const end = (...acts: readonly Act[]): string | undefined => storyOf(caseOf(...acts), ALL_MEANS).at(-1);
    expect(end(...OPENING, { do: 'eof' })).toBe("It ends the server's input.");
    expect(end(...OPENING, request('slow', 1), { do: 'eof' })).toBe(
      "It ends the server's input while that request is open.",
    );
    expect(end(...OPENING, request('slow', 1), request('ping', 2), { do: 'sigterm' })).toBe(
      'It sends SIGTERM while 2 requests are open.',
    );
    expect(end({ do: 'initialize', declares: [] }, { do: 'eof' })).toBe(
      "It ends the server's input before initialize is answered.",
    );
  });

  it.each<[Act, string]>([
    [request('ping', 1, { pieces: 2 }), 'It sends request 101 (ping), written in 2 pieces.'],
    [
      { ...request('unknown-method', 1), joined: true },
      'In the same write it sends request 101 (a method that nobody has).',
    ],
    [{ do: 'cancel-unknown' }, 'It cancels a request that it never sent.'],
    [{ do: 'garbage', text: 'cut' }, 'It writes a line of JSON that breaks off.'],
    [{ do: 'stray-response' }, 'It sends a response to no request.'],
    [{ do: 'reply', how: 'never' }, 'It answers nothing but pings from here on, whatever the server asks.'],
    [{ do: 'pause', ms: 20 }, 'It lets 20 ms pass.'],
    [{ do: 'settle' }, 'It waits until all of that is answered.'],
    [{ do: 'stop-reading', ms: 20 }, "It leaves the server's output unread for 20 ms, and goes on."],
    [{ do: 'tell-roots-changed' }, 'It tells that its roots have changed.'],
    [
      { do: 'batch', members: [request('ping', 1), request('asking', 2, { id: 'negative' })], hasNotification: true },
      'It sends a batch of 2 beside a notification: 101 (ping), -2 (a call of ask, which asks the client).',
    ],
  ])('tells %j', (act, expected) => {
    expect(storyOf(caseOf(...OPENING, act), ALL_MEANS)[2]).toBe(expected);
  });

  it('names what is declared', () => {
    const [first] = storyOf(caseOf({ do: 'initialize', declares: ['roots-changed', 'sampling'] }), ALL_MEANS);
    expect(first).toBe(
      'The client sends initialize, offering 2025-11-25 and declaring roots that may change and sampling.',
    );
  });
});
