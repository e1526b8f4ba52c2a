import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, leaveNothing, type Program, programFile, startProgram } from './programs.js';

/** A server that is spoken to by hand, and what it wrote down in its file. */
export interface LeavingServer extends Program {
  readonly send: (...messages: readonly object[]) => void;
  readonly messages: () => readonly { readonly [key: string]: unknown }[];
  readonly notes: () => readonly string[];
  /** Waits for so many messages. */
  readonly told: (count: number) => Promise<void>;
  /** Waits for a line in its file. */
  readonly noted: (line: string) => Promise<void>;
}

/** Starts the leaving server, and shakes hands with it. */
export async function startLeavingServer(options: object = {}): Promise<LeavingServer> {
  const file = newNotes();
  const server = talk(startProgram(programFile('leaving-server.mjs'), [file, JSON.stringify(options)]), file);
  server.send(...HANDSHAKE);
  await server.told(1);
  return server;
}

/** Speaks to a program by hand; `file` is where it writes down what it does. */
export function talk(program: Program, file: string): LeavingServer {
  const messages = (): readonly { readonly [key: string]: unknown }[] =>
    program
      .stdout()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  return {
    ...program,
    send: (...all) => program.child.stdin?.write(all.map((one) => `${JSON.stringify(one)}\n`).join('')),
    messages,
    notes: () => readNotes(file),
    told: (count) => eventually(() => messages().length >= count, `message ${count}`),
    noted: (line) => eventually(() => readNotes(file).includes(line), `the note ${line}`),
  };
}

/** A call of a tool. */
export function call(id: number, name: string, given: object = {}): object {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: given } };
}

/** A file that a server writes its notes to. */
export function newNotes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mcp-lifeline-endings-'));
  folders.push(folder);
  return join(folder, 'notes');
}

/** The lines of such a file, none where nothing was written yet. */
export function readNotes(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
}

/** For after each test: no process and no file is left. */
export async function leaveNoTrace(): Promise<void> {
  await leaveNothing();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** What opens a session by hand. */
export const HANDSHAKE = [
  {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'by-hand', version: '1.0.0' } },
  },
  { jsonrpc: '2.0', method: 'notifications/initialized' },
];

const folders: string[] = [];
