import { clientMachine, type Machines, processMachine, serverMachine } from '@mcp-lifeline/core/machines';
import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import type { Part } from '../contract.js';

/** Something that happened to a core in a state of its machine: `client ready.quiet close`. */
export type Exercise = `${Part} ${string} ${string}`;

/** Names an exercise. */
export function exerciseOf(
  part: Part,
  seen: Json,
  happening: { readonly type: string; readonly name?: string },
): Exercise {
  return `${part} ${stateIn(seen)} ${happening.type}${happening.name === undefined ? '' : `:${happening.name}`}`;
}

/** All that could happen to the cores in a state of theirs, whether or not anything can bring it about. */
export function allExercises(): readonly Exercise[] {
  return (['client', 'server', 'process'] as const).flatMap((part) =>
    leavesOf(MACHINES[part].root).flatMap((state) =>
      [...INPUTS[part], ...timersIn(state)].map((input): Exercise => `${part} ${state.path.join('.')} ${input}`),
    ),
  );
}

const MACHINES: Machines = { client: clientMachine, server: serverMachine, process: processMachine };

/** A state of a machine, as far as it is asked for. */
type Node = Machines['client']['root'];

const SHARED = [
  'received',
  'garbled',
  'ended',
  'writeFailed',
  'gone',
  'call',
  'notify',
  'cancel',
  'progress',
  'answer',
];

const INPUTS: { readonly [P in Part]: readonly string[] } = {
  client: ['start', 'opened', ...SHARED, 'close', 'kill', 'elapsed:calls'],
  server: [...SHARED, 'close', 'kill', 'signalled', 'uncaught', 'cleanedUp', 'elapsed:calls'],
  process: [
    ...['start', 'close', 'kill', 'spawned', 'spawnFailed', 'outputEnded', 'inputBroken', 'exited', 'groupGone'],
  ],
};

/** The states that have none inside, but for those that no core is ever in. */
function leavesOf(node: Node): readonly Node[] {
  if (isJsonObject(node.meta as Json) && (node.meta as { readonly environment?: boolean }).environment === true)
    return [];
  const inner = Object.values(node.states) as Node[];
  return inner.length === 0 ? [node] : inner.flatMap(leavesOf);
}

/** The timers that a state waits for, itself or as part of another. */
function timersIn(node: Node): readonly string[] {
  const own = node.after.map(({ delay }) => `elapsed:${String(delay)}`);
  return [...new Set([...own, ...(node.parent === undefined ? [] : timersIn(node.parent))])];
}

function stateIn(seen: Json): string {
  if (!isJsonObject(seen)) return '';
  return String(seen['path'] ?? seen['phase']);
}
