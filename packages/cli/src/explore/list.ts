import { resolve } from 'node:path';
import type { Configuration } from '@mcp-lifeline/explore';
import { EXIT } from '../exit-code.js';
import type { ExploreListInvocation } from '../invocation.js';
import type { Io } from '../io.js';
import { openOutputFile } from '../output-file.js';
import { styleFor } from '../report/style.js';
import { wrap } from '../report/text.js';
import { type Configurations, chooseConfigurations } from './choose.js';

/** `explore --list`: every configuration, what it is about, and what bounds it. */
export function listConfigurations(invocation: ExploreListInvocation, io: Io, configurations: Configurations): number {
  const { json } = invocation;
  const chosen = chooseConfigurations(configurations, invocation).map(({ id, title, bounds }) => ({
    id,
    title,
    bounds,
  }));
  if (json !== null) {
    const text = `${JSON.stringify(chosen, null, 2)}\n`;
    if (json === '-') io.stdout.write(text);
    else openOutputFile(resolve(io.cwd, json), '--json').write(text);
    return EXIT.ok;
  }
  const style = styleFor(io);
  const width = Math.max(...chosen.map(({ id }) => id.length));
  const lines = chosen.flatMap(({ id, title, bounds }) => [
    `${style.bold(id.padEnd(width))}  ${style.plain(title)}`,
    ...wrap(boundsText(bounds), style.width - width - 2).map((line) => `${' '.repeat(width + 2)}${style.dim(line)}`),
  ]);
  io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return EXIT.ok;
}

/** The bounds of a configuration in one line. */
function boundsText(bounds: Configuration['bounds']): string {
  return Object.entries(bounds)
    .map(([what, bound]) => `${what}: ${bound}`)
    .join(' · ');
}
