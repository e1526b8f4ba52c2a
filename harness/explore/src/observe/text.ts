import type { Json } from '@mcp-lifeline/core';

const ENCODER = new TextEncoder();

/** How long the line of a message is, in bytes of UTF-8; 0 for what has no JSON text, such as what is nested too deep for it. */
export function bytesOf(message: Json): number {
  try {
    return ENCODER.encode(JSON.stringify(message)).length;
  } catch {
    return 0;
  }
}
