import type { TraceEvent } from '@mcp-lifeline/trace';
import { idKey } from '../wire.js';
import { type Seen, seenBy } from './seen.js';

/** A call of the application, and the request that it became. */
export interface LinkedCall {
  readonly key: string;
  /** The id on the wire, by type and value; null before the application told it. */
  readonly id: string | null;
  readonly calledAt: number;
  readonly wantsProgress: boolean;
}

/** Takes in one event: the calls that were made, told their ids, and not settled yet. */
export function seeCalls(calls: readonly LinkedCall[], event: TraceEvent): readonly LinkedCall[] {
  const seen = seenBy(event);
  if (seen === null || seen.key === null) return calls;
  return seeKey(calls, seen, seen.key);
}

function seeKey(calls: readonly LinkedCall[], { kind, data, seq }: Seen, key: string): readonly LinkedCall[] {
  switch (kind) {
    case 'called':
      return [...calls, { key, id: null, calledAt: seq, wantsProgress: data.wantsProgress === true }];
    case 'numbered': {
      const id = data.id === undefined ? null : idKey(data.id);
      return calls.map((call) => (call.key === key ? { ...call, id } : call));
    }
    case 'settled':
      return calls.filter((call) => call.key !== key);
    default:
      return calls;
  }
}
