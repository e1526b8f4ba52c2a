import type { ChildEvent } from '@mcp-lifeline/adapter-stdio';
import type { ProcessData } from '@mcp-lifeline/trace';

/** What a child did, or was done to it, in the words of a trace; null for what those have no word for. */
export function processData(event: ChildEvent): ProcessData | null {
  switch (event.type) {
    case 'spawned':
      return { kind: 'spawned', pid: event.pid };
    case 'spawnFailed':
      return { kind: 'spawnFailed', code: event.code, message: event.message };
    case 'signalled':
      return { kind: 'signalled', signal: event.signal, by: 'ladder' };
    case 'exited':
      return { kind: 'exited', code: event.code, signal: event.signal };
    case 'over':
      return event.over.how === 'abandoned' ? { kind: 'abandoned' } : null;
    default:
      return { kind: event.type };
  }
}
