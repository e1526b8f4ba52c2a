import { CHECKS } from '@mcp-lifeline/check';
import {
  CLIENT_INVARIANTS,
  type Clause,
  clause,
  clausesOf,
  exclusion,
  isRevision,
  REVISIONS,
  url,
} from '@mcp-lifeline/specs';
import { EXIT } from './exit-code.js';
import type { ClausesInvocation } from './invocation.js';
import type { Io } from './io.js';
import { nearest } from './nearest.js';
import { type Style, styleFor } from './report/style.js';
import { wrap } from './report/text.js';
import { UsageError } from './usage-error.js';

/** `clauses [ID]`: what the specification demands, and what judges it, or why nothing does. */
export function showClauses({ of, revision, unjudged }: ClausesInvocation, io: Io): number {
  const style = styleFor(io);
  const named = choose(of).filter((one) => revision === null || one.revision === revision);
  if (named.length === 0) throw new UsageError(`clauses: ${revision} has nothing that is called "${of}"`);
  const chosen = named.map(standing).filter((one) => !unjudged || !isJudged(one));
  const isList = of === null || isRevision(of);
  const blocks = chosen.map((one) => (isList ? briefly(one, style) : atLength(one, style)).join('\n'));
  const body = blocks.length > 0 ? blocks.join(isList ? '\n' : '\n\n') : 'each of them is judged';
  const parts = isList ? [body, summary(named.map(standing))] : [body];
  io.stdout.write(parts.map((part) => `${part}\n`).join('\n'));
  return EXIT.ok;
}

/** A clause, and what becomes of it. */
interface Standing {
  readonly clause: Clause;
  /** The checks that judge it in a server, by their ids. */
  readonly checks: readonly string[];
  /** The invariants that judge it in the trace of a client, by their ids. */
  readonly ofClients: readonly string[];
  /** Why nothing does, where that is written down. */
  readonly reason: string | undefined;
}

function standing(one: Clause): Standing {
  const { id, revision } = one;
  const isCited = (judge: Pick<(typeof CLIENT_INVARIANTS)[number], 'level' | 'clauses'>): boolean =>
    judge.level(revision) !== null && judge.clauses(revision).includes(id);
  return {
    clause: one,
    checks: CHECKS.filter(isCited).map((check) => check.id),
    ofClients: CLIENT_INVARIANTS.filter(isCited).map((invariant) => invariant.id),
    reason: exclusion(one),
  };
}

function isJudged({ checks, ofClients }: Standing): boolean {
  return checks.length > 0 || ofClients.length > 0;
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

/** What is said where nothing judges a clause and nobody wrote down why. */
const NO_REASON = 'nothing judges it, and no reason is given';

function briefly(found: Standing, style: Style): readonly string[] {
  const { clause: one, checks, ofClients, reason } = found;
  const [mark, paint] = isJudged(found)
    ? ['✓', style.good]
    : reason === undefined
      ? ['?', style.bad]
      : ['—', style.dim];
  const said = isJudged(found) ? [...checks, ...ofClients].join(', ') : (reason ?? NO_REASON);
  return [
    `${style.bold(one.id)}  ${one.level}, ${one.role}`,
    ...wrap(one.text, style.width - 4).map((line) => `    ${line}`),
    ...wrap(said, style.width - 6).map((line, index) => `    ${paint(`${index === 0 ? mark : ' '} ${line}`)}`),
  ];
}

function atLength({ clause: one, checks, ofClients, reason }: Standing, style: Style): readonly string[] {
  const judges = [
    ...(checks.length > 0 ? [`judged by ${checks.join(', ')}`] : []),
    ...(ofClients.length > 0 ? [`judged in the trace of a client by ${ofClients.join(', ')}`] : []),
  ];
  const said = judges.length > 0 ? judges : [`judged by nothing: ${reason ?? NO_REASON}`];
  return [
    style.bold(one.id),
    `  ${one.level}, binds ${BOUND[one.role]}`,
    ...wrap(one.text, style.width - 2).map((line) => `  ${line}`),
    `  ${style.dim(url(one))}`,
    ...said.flatMap((line) => wrap(line, style.width - 2)).map((line) => `  ${line}`),
  ];
}

const BOUND: Readonly<Record<Clause['role'], string>> = {
  client: 'the client',
  server: 'the server',
  both: 'both sides',
  sender: 'the sender',
  receiver: 'the receiver',
};

/** A line a revision: how many of its clauses are judged, excluded, and neither. */
function summary(all: readonly Standing[]): string {
  const revisions = REVISIONS.filter((revision) => all.some((one) => one.clause.revision === revision));
  return revisions
    .map((revision) => {
      const own = all.filter((one) => one.clause.revision === revision);
      const judged = own.filter(isJudged).length;
      const excluded = own.filter((one) => !isJudged(one) && one.reason !== undefined).length;
      const neither = own.length - judged - excluded;
      return `${revision}  ${own.length} clauses: ${judged} judged, ${excluded} excluded, ${neither} neither`;
    })
    .join('\n');
}
