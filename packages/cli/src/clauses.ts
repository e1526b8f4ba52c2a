import { CHECKS } from '@mcp-lifeline/check';
import { type Clause, clause, clausesOf, isRevision, REVISIONS, url } from '@mcp-lifeline/specs';
import { EXIT } from './exit-code.js';
import type { ClausesInvocation } from './invocation.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import { type Style, styleFor } from './report/style.js';
import { wrap } from './report/text.js';
import { UsageError } from './usage-error.js';

/** `clauses [ID]`: what the specification demands, and which checks judge it. */
export function showClauses({ of }: ClausesInvocation, io: Io): number {
  const style = styleFor(io);
  const chosen = choose(of);
  const isList = of === null || isRevision(of);
  const blocks = chosen.map((one) => (isList ? briefly(one, style) : atLength(one, style)));
  const text = blocks.map((lines) => lines.join('\n')).join(isList ? '\n' : '\n\n');
  io.stdout.write(`${isList ? summary(chosen, text) : text}\n`);
  return EXIT.ok;
}

/** The checks that judge a clause, by their ids. */
function judgesOf({ id, revision }: Clause): readonly string[] {
  return CHECKS.filter((check) => check.level(revision) !== null && check.clauses(revision).includes(id)).map(
    (check) => check.id,
  );
}

function choose(of: string | null): readonly Clause[] {
  const all = REVISIONS.flatMap(clausesOf);
  if (of === null) return all;
  if (isRevision(of)) return clausesOf(of);
  const exact = clause(of);
  const named = exact === undefined ? all.filter(({ name }) => name === of) : [exact];
  if (named.length > 0) return named;
  const near = nearest(of, [...new Set(all.map(({ name }) => name)), ...all.map(({ id }) => id), ...REVISIONS]);
  throw new UsageError(`no clause and no revision is called "${of}"; the nearest is ${near}, clauses alone shows all`);
}

function briefly(one: Clause, style: Style): readonly string[] {
  const judges = judgesOf(one);
  return [
    `${style.bold(one.id)}  ${one.level}, ${one.role}${judges.length === 0 ? '' : style.good(`  ✓ ${judges.join(', ')}`)}`,
    ...wrap(one.text, style.width - 4).map((line) => `    ${line}`),
  ];
}

function atLength(one: Clause, style: Style): readonly string[] {
  const judges = judgesOf(one);
  return [
    style.bold(one.id),
    `  ${one.level}, binds ${BOUND[one.role]}`,
    ...wrap(one.text, style.width - 2).map((line) => `  ${line}`),
    `  ${style.dim(url(one))}`,
    `  judged by ${judges.length === 0 ? 'no check' : judges.join(', ')}`,
  ];
}

const BOUND: Readonly<Record<Clause['role'], string>> = {
  client: 'the client',
  server: 'the server',
  both: 'both sides',
  sender: 'the sender',
  receiver: 'the receiver',
};

function summary(chosen: readonly Clause[], text: string): string {
  const judged = chosen.filter((one) => judgesOf(one).length > 0).length;
  return `${text}\n\n${chosen.length} clauses, ${judged} of them judged by a check`;
}
