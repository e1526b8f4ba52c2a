import type { ProcessEffect, ProcessInput } from '@mcp-lifeline/core/process';
import type { EventData, ProcessData, Survivor, TraceEvent } from '@mcp-lifeline/trace';
import { type Stamping, unstamped } from './stamp.js';

/**
 * What the tap at the client's end sees of one step of the core of the server's process: first what the system says, then
 * what is done about it.
 *
 * @param pid what the process is called in the trace.
 */
export function observeProcess(
  input: ProcessInput,
  effects: readonly ProcessEffect[],
  stamp: Stamping = unstamped,
  pid = 1,
): readonly TraceEvent[] {
  const seen = [dataOfInput(input, pid), ...effects.map(dataOfEffect)];
  return seen.flatMap((data) => (data === null ? [] : [event(data, stamp)]));
}

/** What a look at the machine finds once the session is over: what is left of the server. */
export function observeSurvey(survivors: readonly Survivor[], stamp: Stamping = unstamped): readonly TraceEvent[] {
  return [event({ kind: 'survey', survivors }, stamp)];
}

function dataOfInput(input: ProcessInput, pid: number): ProcessData | null {
  switch (input.type) {
    case 'spawned':
      return { kind: 'spawned', pid };
    case 'spawnFailed':
      return { kind: 'spawnFailed', code: input.code, message: input.code };
    case 'exited':
      return { kind: 'exited', code: input.code, signal: input.signal };
    case 'outputEnded':
    case 'inputBroken':
    case 'groupGone':
      return { kind: input.type };
    default:
      return null;
  }
}

function dataOfEffect(effect: ProcessEffect): ProcessData | null {
  switch (effect.type) {
    case 'endInput':
      return { kind: 'inputEnded' };
    case 'signalGroup':
      return { kind: 'signalled', signal: effect.signal, by: 'ladder' };
    case 'over':
      return effect.how === 'abandoned' ? { kind: 'abandoned' } : null;
    default:
      return null;
  }
}

function event(data: ProcessData, stamp: Stamping): TraceEvent {
  const onPlane: EventData = { plane: 'process', ...data };
  return { ...stamp(), at: 'client', ...onPlane };
}
