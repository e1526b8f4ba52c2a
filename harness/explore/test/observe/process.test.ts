import type { ProcessEffect, ProcessInput } from '@mcp-lifeline/core/process';
import { describe, expect, it } from 'vitest';
import { observeProcess, observeSurvey, stampedBy } from '../../src/observe/index.ts';

describe('what the tap of a process sees', () => {
  it.each([
    [{ type: 'spawned', now: 0 }, [], [{ kind: 'spawned', pid: 1 }]],
    [{ type: 'spawnFailed', code: 'ENOENT', now: 0 }, [], [{ kind: 'spawnFailed', code: 'ENOENT', message: 'ENOENT' }]],
    [{ type: 'close', now: 0 }, [{ type: 'endInput' }], [{ kind: 'inputEnded' }]],
    [{ type: 'outputEnded', now: 0 }, [{ type: 'endInput' }], [{ kind: 'outputEnded' }, { kind: 'inputEnded' }]],
    [{ type: 'inputBroken', now: 0 }, [], [{ kind: 'inputBroken' }]],
    [
      { type: 'kill', now: 0 },
      [{ type: 'endInput' }, { type: 'signalGroup', signal: 'SIGKILL' }],
      [{ kind: 'inputEnded' }, { kind: 'signalled', signal: 'SIGKILL', by: 'ladder' }],
    ],
    [
      { type: 'exited', code: null, signal: 'SIGSEGV', now: 0 },
      [{ type: 'watchGroup' }],
      [{ kind: 'exited', code: null, signal: 'SIGSEGV' }],
    ],
    [{ type: 'groupGone', now: 0 }, [OVER('reaped')], [{ kind: 'groupGone' }]],
    [
      { type: 'elapsed', name: 'reap', generation: 1, now: 0 },
      [{ type: 'stopReading' }, OVER('abandoned')],
      [{ kind: 'abandoned' }],
    ],
  ] as readonly (readonly [ProcessInput, readonly ProcessEffect[], readonly object[]])[])(
    'is %j and %j',
    (input, effects, seen) => {
      const events = observeProcess(input, effects);
      expect(events).toEqual(seen.map((data) => ({ seq: 0, t: 0, at: 'client', plane: 'process', ...data })));
    },
  );

  it('has a survey at its end', () => {
    const survivors = [{ pid: 7, name: 'sleep', inGroup: true }];
    expect(
      observeSurvey(
        survivors,
        stampedBy(() => 3),
      ),
    ).toEqual([{ seq: 0, t: 3, at: 'client', plane: 'process', kind: 'survey', survivors }]);
  });
});

function OVER(how: 'reaped' | 'abandoned'): ProcessEffect {
  return { type: 'over', how, code: 0, signal: null, spawnError: null };
}
