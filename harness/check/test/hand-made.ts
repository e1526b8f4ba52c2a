import { createRecorder, type EndWhy, type EventData, type Json, TRACE_FORMAT } from '@mcp-lifeline/trace';
import type { Run } from '../src/run.js';

/** What a hand-made run is made from. */
export interface HandMade {
  readonly scenario?: string;
  readonly offer?: string;
  readonly events?: readonly EventData[];
  readonly end?: EndWhy;
  readonly spawnError?: Run['spawnError'];
}

/** A run as if it had been played: its events one ms apart, then the end. */
export function runOf(made: HandMade): Run {
  const { scenario = 'offer', offer = '2025-11-25', events = [], end = 'quiet', spawnError = null } = made;
  let now = 0;
  const recorder = createRecorder({
    header: {
      trace: TRACE_FORMAT,
      tool: { name: 'test', version: '0' },
      target: { transport: 'stdio', command: ['node'] },
      scenario,
      revision: offer,
      clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
    },
    now: () => now++,
  });
  for (const event of events) recorder.record('client', event);
  const trace = recorder.end(end);
  return {
    id: `${scenario}@${offer}`,
    scenario,
    offer,
    trace,
    seconds: 0.5,
    spawnError,
    stderrTail: '',
    outputBytes: 0,
  };
}

/** A run in which a version was offered and this is what came of it: the answer without its id, or other events. */
export function offered(
  offer: string,
  answer: { readonly [key: string]: Json } | readonly EventData[],
  made: HandMade = {},
): Run {
  const then = isEvents(answer) ? answer : [received({ jsonrpc: '2.0', id: 1, ...answer })];
  return runOf({ offer, events: [initialize(offer), ...then], ...made });
}

/** The answer of a server that agrees to a version, or offers another one. */
export function agreeing(protocolVersion: string): { readonly [key: string]: Json } {
  return { result: { protocolVersion, capabilities: {}, serverInfo: { name: 'made', version: '1' } } };
}

export function initialize(protocolVersion: string): EventData {
  return sent({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion } });
}

export function sent(message: Json): EventData {
  return { plane: 'wire', kind: 'sent', message, bytes: 1 };
}

export function received(message: Json): EventData {
  return { plane: 'wire', kind: 'received', message, bytes: 1 };
}

export function garbled(text: string, why: 'notJson' | 'cutOff' = 'notJson'): EventData {
  return { plane: 'wire', kind: 'garbled', why, text, bytes: text.length };
}

export function absent(need: string, why: string): EventData {
  return { plane: 'note', kind: 'absent', need, why };
}

export function waited(ms: number, lagMs = 0): EventData {
  return { plane: 'note', kind: 'waited', for: 'the answer to initialize', ms, lagMs };
}

export function exited(code: number): EventData {
  return { plane: 'process', kind: 'exited', code, signal: null };
}

export const OUTPUT_ENDED: EventData = { plane: 'process', kind: 'outputEnded' };
export const INPUT_ENDED: EventData = { plane: 'process', kind: 'inputEnded' };
export const TERM: EventData = { plane: 'process', kind: 'signalled', signal: 'SIGTERM', by: 'scenario' };
export const KILL: EventData = { plane: 'process', kind: 'signalled', signal: 'SIGKILL', by: 'ladder' };
export const LAG: EventData = { plane: 'process', kind: 'lag', ms: 500 };

function isEvents(answer: { readonly [key: string]: Json } | readonly EventData[]): answer is readonly EventData[] {
  return Array.isArray(answer);
}
