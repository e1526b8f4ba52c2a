import { readFileSync } from 'node:fs';
import { CHECKS } from '@mcp-lifeline/check';
import { REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { z } from 'zod';
import { nearest } from '../nearest.js';
import { UsageError } from '../usage-error.js';

/** A failure that is known and excused: as long as its row has this very status, it fails no check. */
export interface Known {
  readonly id: string;
  readonly revision: Revision;
  readonly status: 'fail' | 'warn';
  /** For people: what is being waited for. */
  readonly because: string;
}

const schema = z.strictObject({
  expect: z.literal(1),
  known: z.array(
    z.strictObject({
      id: z.string(),
      revision: z.literal(REVISIONS),
      status: z.enum(['fail', 'warn']),
      because: z.string(),
    }),
  ),
});

/**
 * Reads the file of known failures.
 * @param named the file as it was named on the command line, for the message
 * @throws UsageError
 */
export function readKnown(path: string, named: string): readonly Known[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'it does not exist' : code === 'EISDIR' ? 'it is a folder' : (code ?? message);
    throw new UsageError(`--expect: ${named} cannot be read: ${why}`);
  }
  return parseKnown(text, named);
}

/** Reads the text of such a file. @throws UsageError that names the entry at fault */
export function parseKnown(text: string, named: string): readonly Known[] {
  const refuse = (where: readonly PropertyKey[], what: string): never => {
    throw new UsageError([`--expect: ${named}`, placeOf(where), what].filter((part) => part !== '').join(': '));
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse([], 'it is not JSON');
  }
  const read = schema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    return refuse(issue?.path ?? [], issue?.message ?? 'it has another shape');
  }
  const { known } = read.data;
  const ids = CHECKS.map(({ id }) => id);
  for (const [index, { id, revision }] of known.entries()) {
    const at = ['known', index];
    if (!ids.includes(id)) refuse([...at, 'id'], `no check is called "${id}"; the nearest is ${nearest(id, ids)}`);
    // A row has one status, so that one of two entries would always be stale.
    const first = known.findIndex((other) => other.id === id && other.revision === revision);
    if (first !== index) refuse(at, `${id} in ${revision} is listed before, as known[${first}]`);
  }
  return known;
}

/** The text of such a file. */
export function formatKnown(known: readonly Known[]): string {
  return `${JSON.stringify({ expect: 1, known }, null, 2)}\n`;
}

/** Such as `known[3].status`. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
