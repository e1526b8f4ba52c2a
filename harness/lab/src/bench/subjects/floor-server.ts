import { lineReader, lineWriter } from './floor-lines.js';
import { answer } from './floor-peer.js';

const send = lineWriter(process.stdout);
process.stdin.on(
  'data',
  lineReader((message) => answer(message, send)),
);
