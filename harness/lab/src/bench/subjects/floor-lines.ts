import type { Writable } from 'node:stream';
import type { Message } from './floor-peer.js';

/** Sends messages as lines of JSON; those of one turn of the event loop leave in one write. */
export function lineWriter(stream: Writable): (message: Message) => void {
  let lines = '';
  const flush = (): void => {
    stream.write(lines);
    lines = '';
  };
  return (message) => {
    if (lines === '') queueMicrotask(flush);
    lines += `${JSON.stringify(message)}\n`;
  };
}

/** Reads lines of JSON; the pieces of a long line are joined once. */
export function lineReader(onMessage: (message: Message) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = [];
  return (chunk) => {
    const end = chunk.lastIndexOf('\n');
    if (end === -1) {
      pieces.push(chunk);
      return;
    }
    const whole = chunk.subarray(0, end);
    const lines = (pieces.length === 0 ? whole : Buffer.concat([...pieces, whole])).toString('utf8');
    pieces = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    for (const line of lines.split('\n')) onMessage(JSON.parse(line));
  };
}
