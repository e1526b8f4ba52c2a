import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lineReader, lineWriter } from './floor-lines.js';
import { FloorClient } from './floor-peer.js';

/** A client of the floor with a child process. */
export async function connectStdio([file = '', ...args]: readonly string[]): Promise<FloorClient> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child, 'spawn');
  const exited = once(child, 'exit');
  const client = new FloorClient(lineWriter(child.stdin), async () => {
    child.stdin.end();
    await exited;
  });
  child.stdout.on(
    'data',
    lineReader((message) => client.receive(message)),
  );
  await client.ping();
  return client;
}
