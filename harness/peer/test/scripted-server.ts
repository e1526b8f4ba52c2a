import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listProcesses } from '@mcp-lifeline/adapter-stdio/group';
import { PROCESS_DEFAULTS, type ProcessConfig } from '@mcp-lifeline/core/process';
import { createRedactor, type Trace, type TraceEvent, type TraceHeader } from '@mcp-lifeline/trace';
import { RawPeer, type RawPeerOptions } from '../src/index.js';

/** Budgets that a server which does as it is asked never uses up, on a slow machine either. */
export const PATIENT: ProcessConfig = { ...PROCESS_DEFAULTS, graceMs: 30_000, termMs: 30_000, drainMs: 30_000 };

/** Long enough for whatever is sure to come. It ends a broken test, and is no measure. In ms. */
export const SURE_MS = 30_000;

/**
 * Starts a server that is written in place: `hear(message)` is called for each message, `say(message)` answers; a string
 * is said as it is.
 */
export function serve(script: string, options: Partial<RawPeerOptions> = {}): RawPeer {
  return start([process.execPath, '-e', `${PREAMBLE}\n${script}`], options);
}

/** Starts any command. */
export function start(command: RawPeerOptions['command'], options: Partial<RawPeerOptions> = {}): RawPeer {
  const peer = new RawPeer({
    command,
    header: { ...HEADER, target: { transport: 'stdio', command } },
    redactor: createRedactor(),
    ladder: PATIENT,
    ...options,
    env: { ...process.env, ...options.env, [RUN_VARIABLE]: RUN },
  });
  peers.push(peer);
  return peer;
}

/** For after each test: kills what the test did not end, and waits until nothing that a server started is left. */
export async function leaveNothing(): Promise<void> {
  for (const peer of peers.splice(0)) await peer.finish('kill');
  await eventually(() => leftOver().length === 0, 'nothing left');
}

/** Every live process that a server of this test file started, whatever group it is in. */
export function leftOver(): readonly number[] {
  const live = (listProcesses() ?? []).filter(({ pid, state }) => pid !== process.pid && state !== 'Z');
  return live.map(({ pid }) => pid).filter((pid) => environmentOf(pid).includes(`${RUN_VARIABLE}=${RUN}`));
}

/** Waits until something holds that nobody tells. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + SURE_MS;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The events of one kind. */
export function ofKind<K extends Fixed['kind']>(trace: Trace, kind: K): readonly (Fixed & { readonly kind: K })[] {
  return trace.events.filter((event): event is Fixed & { kind: K } => event.kind === kind);
}

/** What was found missing on the way, without what every run is asked for when it is over. */
export function absences(trace: Trace) {
  return ofKind(trace, 'absent').filter(({ need }) => MET_ON_THE_WAY.includes(need));
}

const MET_ON_THE_WAY = ['alive', 'fences', 'handshake', 'processTable', 'wholeRun'];

type Fixed = Extract<TraceEvent, { plane: 'wire' | 'process' | 'note' }>;

const PREAMBLE = `
const say = (message) => process.stdout.write((typeof message === 'string' ? message : JSON.stringify(message)) + '\\n');
let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) hear(JSON.parse(line));
});
`;

const HEADER: TraceHeader = {
  trace: 1,
  tool: { name: 'test', version: '0' },
  target: { transport: 'stdio', command: [] },
  revision: null,
  clock: { unit: 'ms', startedAt: '2026-01-01T00:00:00.000Z' },
};

const RUN_VARIABLE = 'MCP_LIFELINE_TEST_RUN';
const RUN = randomUUID();
const peers: RawPeer[] = [];

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    return [];
  }
}
