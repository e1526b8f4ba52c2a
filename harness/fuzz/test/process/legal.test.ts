import { describe, expect, it } from 'vitest';
import { type Act, type Case, requestsOf } from '../../src/process/act.ts';
import { generate } from '../../src/process/generate.ts';
import { legalized } from '../../src/process/legal.ts';
import { Reached } from '../../src/process/reached.ts';
import { ALL_MEANS, caseOf, NO_MEANS, OPENING, request } from './made.ts';

describe('what is left of a case', () => {
  it('is nothing where no session is opened', () => {
    expect(legalized(caseOf(request('ping', 1)), ALL_MEANS)).toBeNull();
  });

  it.each<[string, readonly Act[], readonly Act[]]>([
    ['drops what comes after the end of input', [{ do: 'eof' }, request('ping', 1)], [{ do: 'eof' }]],
    ['drops what comes after SIGTERM', [{ do: 'sigterm' }, { do: 'eof' }], [{ do: 'sigterm' }]],
    ['drops a second handshake', [{ do: 'initialize', declares: [] }, { do: 'initialized' }], []],
    ['drops the cancellation of what was left out', [{ do: 'cancel', of: 3 }], []],
    ['drops a request whose name is taken', [request('ping', 1), request('slow', 1)], [request('ping', 1)]],
    ['drops batches outside of 2025-03-26', [{ do: 'batch', members: [request('ping', 1)] }], []],
    ['drops news of roots that were not said to change', [{ do: 'tell-roots-changed' }], []],
    [
      'has the id 0 once',
      [request('ping', 1, { id: 'zero' }), request('ping', 2, { id: 'zero' })],
      [request('ping', 1, { id: 'zero' }), request('ping', 2)],
    ],
    [
      'joins a message with one before it, and with nothing else',
      [{ do: 'settle' }, { ...request('ping', 1), joined: true }, { ...request('ping', 2), joined: true }],
      [{ do: 'settle' }, request('ping', 1), { ...request('ping', 2), joined: true }],
    ],
  ])('%s', (_, acts, left) => {
    expect(legalized(caseOf(...OPENING, ...acts), ALL_MEANS)?.acts).toEqual([...OPENING, ...left]);
  });

  it('asks a server for nothing that it does not have', () => {
    const asks = [request('slow', 1), request('tools/list', 2), request('asking', 3), request('ping', 4)];
    expect(legalized(caseOf(...OPENING, ...asks), NO_MEANS)?.acts).toEqual([...OPENING, request('ping', 4)]);
  });

  it('sends pings alone before initialize is answered, and lists alone beside them after that', () => {
    const asks = (first: number): readonly Act[] => [
      request('slow', first, { id: 'string' }),
      request('tools/list', first + 1, { id: 'string' }),
      request('ping', first + 2, { id: 'string', pieces: 2 }),
    ];
    const [initialize, initialized] = OPENING as readonly [Act, Act];
    const whole = caseOf(...asks(1), initialize, ...asks(4), { do: 'settle' }, ...asks(7), initialized);
    expect(legalized(whole, ALL_MEANS)?.acts).toEqual([
      request('ping', 3),
      initialize,
      request('ping', 6),
      { do: 'settle' },
      request('tools/list', 8),
      request('ping', 9),
      initialized,
    ]);
  });

  it('keeps a batch where there are batches, and its notification where one is due', () => {
    const members = [request('ping', 1, { pieces: 2 }), request('slow', 2)];
    const batch: Act = { do: 'batch', members, hasNotification: true };
    const inMarch = (declares: 'roots' | 'roots-changed'): Case => ({
      offer: '2025-03-26',
      acts: [{ do: 'initialize', declares: [declares] }, { do: 'initialized' }, batch],
    });
    const [plain] = [{ do: 'batch', members: [request('ping', 1), request('slow', 2)] }];
    expect(legalized(inMarch('roots'), ALL_MEANS)?.acts.at(-1)).toEqual(plain);
    expect(legalized(inMarch('roots-changed'), ALL_MEANS)?.acts.at(-1)).toEqual({ ...plain, hasNotification: true });
  });

  it('is legal itself, whatever was cut out', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const whole = generate({ means: ALL_MEANS, offers: ['2025-03-26', '2025-11-25'] }, seed, new Reached());
      for (const index of whole.acts.keys()) {
        const part = legalized({ ...whole, acts: whole.acts.toSpliced(index, 1) }, ALL_MEANS);
        if (part === null) continue;
        expect(legalized(part, ALL_MEANS)).toEqual(part);
        const names = part.acts.flatMap(requestsOf).map(({ as }) => as);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });
});
