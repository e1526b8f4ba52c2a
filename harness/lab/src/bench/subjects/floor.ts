import { fileURLToPath } from 'node:url';
import type { Subject } from '../subject.js';
import { lineReader } from './floor-lines.js';
import { answer, FloorClient, type Message } from './floor-peer.js';
import { connectStdio } from './floor-stdio.js';

/** The floor: a map, a queue in memory, lines of JSON over stdio, and no check of anything. Nothing that keeps its word is cheaper. */
export const subject: Subject = {
  clientModules: [new URL('floor-stdio.js', import.meta.url).href],
  serverCommand: [process.execPath, fileURLToPath(new URL('floor-server.js', import.meta.url))],

  async connectInMemory() {
    const toClient = queue((message) => client.receive(message));
    const toServer = queue((message) => answer(message, toClient));
    const client = new FloorClient(toServer, () => Promise.resolve());
    return client;
  },

  connectStdio,

  readLines: (onMessage) => lineReader(onMessage),
};

/** Hands messages over by reference, in order, once the sender is done: so calls are truly in flight together. */
function queue(receive: (message: Message) => void): (message: Message) => void {
  let waiting: Message[] = [];
  let spare: Message[] = [];
  const flush = (): void => {
    const messages = waiting;
    waiting = spare;
    for (const message of messages) receive(message);
    messages.length = 0;
    spare = messages;
  };
  return (message) => {
    if (waiting.length === 0) queueMicrotask(flush);
    waiting.push(message);
  };
}
