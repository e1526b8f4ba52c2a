import { type End, isJsonObject, type Json } from '@mcp-lifeline/trace';
import { UsageError } from '../usage-error.js';
import type { Side } from './side.js';

/** A message whose line says only which way it went. */
export interface Seen {
  readonly line: number;
  readonly side: Side;
  readonly message: Json;
}

/**
 * Whose log it is, where its lines say only what was sent and what was received: `initialize` and `initialized` are the
 * client's, whoever logged them.
 * @param told what the user says; null where nothing was said
 * @throws UsageError when no message tells, or two tell otherwise
 */
export function ownerOf(seen: readonly Seen[], told: End | null): End | null {
  const relative = seen.filter(({ side }) => 'way' in side);
  if (relative.length === 0) return told;
  const witnesses = relative.filter(({ message }) => isClients(message));
  const out = witnesses.find(({ side }) => 'way' in side && side.way === 'out');
  const into = witnesses.find(({ side }) => 'way' in side && side.way === 'in');
  if (told !== null) return told;
  if (out !== undefined && into !== undefined) {
    const lines = `the lines ${out.line} and ${into.line}`;
    throw new UsageError(`import: by ${lines} the client both sends and receives its own messages; --pattern can tell`);
  }
  if (out !== undefined) return 'client';
  if (into !== undefined) return 'server';
  throw new UsageError(
    'import: its lines tell what was sent and what was received, and no message tells by whom: --log-of client, or server',
  );
}

/** Who sent a message, given whose log it is in. */
export function senderOf(side: Side, owner: End | null): End {
  if ('from' in side) return side.from;
  const own = owner ?? 'client';
  const other = own === 'client' ? 'server' : 'client';
  return side.way === 'out' ? own : other;
}

function isClients(message: Json): boolean {
  if (!isJsonObject(message)) return false;
  return message.method === 'initialize' || message.method === 'notifications/initialized';
}
