import { resolve } from 'node:path';
import { CHECKS } from '@mcp-lifeline/check';
import { isRevision, REVISIONS } from '@mcp-lifeline/specs';
import { EXIT } from './exit-code.js';
import type { ListInvocation } from './invocation.js';
import type { Io } from './io.js';
import { openOutputFile } from './output-file.js';
import { styleFor } from './report/style.js';

/** `check --list`: every check, and how much it weighs in which revision. */
export function listChecks({ json, only, revision }: ListInvocation, io: Io): number {
  const revisions = isRevision(revision) ? [revision] : REVISIONS;
  const checks = CHECKS.filter(({ id }) => only === null || only.includes(id)).map(({ id, title, level }) => ({
    id,
    title,
    levels: Object.fromEntries(revisions.map((one) => [one, level(one)])),
  }));
  if (json !== null) {
    const text = `${JSON.stringify(checks, null, 2)}\n`;
    if (json === '-') io.stdout.write(text);
    else openOutputFile(resolve(io.cwd, json), '--json').write(text);
    return EXIT.ok;
  }
  const style = styleFor(io);
  const idWidth = Math.max(...checks.map(({ id }) => id.length));
  const row = (id: string, levels: readonly string[], title: string): string =>
    [id.padEnd(idWidth), ...levels.map((level, index) => level.padEnd(revisions[index]?.length ?? 0)), title].join(
      '  ',
    );
  const lines = checks.map(({ id, levels, title }) =>
    row(
      id,
      Object.values(levels).map((level) => level ?? '-'),
      title,
    ),
  );
  io.stdout.write([style.bold(row('check', revisions, 'what must hold')), ...lines, ''].join('\n'));
  return EXIT.ok;
}
