import type { ProcessEffect, ProcessInput, ProcessTimer } from '@mcp-lifeline/core/process';
import type { CoreUnderTest } from '../core-under-test.js';
import { PROCESS_TIMES } from './durations.js';
import { Life, type NamedEffect } from './life.js';
import { BEGIN } from './session-life.js';
import { Broken } from './timed-property.js';

/** An input without its time. */
export type UntimedProcessInput = ProcessInput extends infer One
  ? One extends ProcessInput
    ? Omit<One, 'now'>
    : never
  : never;

/** A process on a virtual clock. */
export type ProcessLife = Life<UntimedProcessInput, ProcessTimer>;

/** A process that was asked for, on a clock that shows `BEGIN`. */
export function spawningProcess(core: CoreUnderTest): ProcessLife {
  let state = core.openProcess(PROCESS_TIMES, BEGIN);
  let isOver = false;
  const take = (input: ProcessInput): readonly NamedEffect[] => {
    const [next, asked] = core.stepProcess(state, input);
    state = next;
    isOver ||= asked.some(({ type }) => type === 'over');
    // Whoever asks is told the same as who was told.
    if (core.isOver(state) !== isOver) throw new Broken(`${input.now}: it says that it is ${isOver ? 'not ' : ''}over`);
    return asked.map((effect) => ({ ...effect, text: textOf(effect) }));
  };
  const life = new Life<UntimedProcessInput, ProcessTimer>(
    BEGIN,
    {
      input: (input, now) => take({ ...input, now } as ProcessInput),
      expiry: ({ name, generation }, now) => take({ type: 'elapsed', name, generation, now }),
    },
    [],
  );
  return life.feed({ type: 'start' });
}

/** A process that runs since `BEGIN`. */
export function runningProcess(core: CoreUnderTest): ProcessLife {
  return spawningProcess(core).feed({ type: 'spawned' });
}

/** The leader exits by itself. */
export const EXITED: UntimedProcessInput = { type: 'exited', code: 0, signal: null };

/** In words: `signalGroup SIGTERM`, `over reaped`. */
function textOf(effect: ProcessEffect): string {
  switch (effect.type) {
    case 'signalGroup':
      return `signalGroup ${effect.signal}`;
    case 'over':
      return `over ${effect.how}`;
    default:
      return effect.type;
  }
}
