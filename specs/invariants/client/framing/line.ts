import type { Json, TraceEvent } from '@mcp-lifeline/trace';

/** What the client wrote, as far as it is known to be one line or is known not to be. */
export type Line =
  | { readonly is: 'json'; readonly message: Json }
  | { readonly is: 'raw' | 'notUtf8' | 'cutOff' | 'blank'; readonly text: string };

/** Reads what the client wrote: as it left, at a tap of its own, or as it came in, at one of the server's. */
export function lineOf(event: TraceEvent): Line | null {
  if (event.plane !== 'wire') return null;
  switch (event.kind) {
    case 'sent':
      return event.at === 'client' ? { is: 'json', message: event.message } : null;
    case 'received':
      return event.at === 'server' ? { is: 'json', message: event.message } : null;
    case 'sentRaw':
      return event.at === 'client' ? { is: event.text.trim() === '' ? 'blank' : 'raw', text: event.text } : null;
    case 'garbled': {
      if (event.at === 'client') return null;
      const { why, text } = event;
      return { is: why === 'notJson' || why === 'tooLong' ? 'raw' : why, text };
    }
  }
}

/** Whether it is one piece of JSON with a newline inside: whole before it was written, and cut by whoever reads it. */
export function hasNewlineInside(line: Line): boolean {
  if (line.is !== 'raw' || !line.text.trimEnd().includes('\n')) return false;
  try {
    JSON.parse(line.text);
    return true;
  } catch {
    return false;
  }
}
