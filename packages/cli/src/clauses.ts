import { resolve } from 'node:path';
import { type Clause, clause, clausesOf, isRevision, REVISIONS, url } from '@mcp-lifeline/specs';
import { EXIT } from './exit-code.js';
import type { ClausesInvocation, DifferenceInvocation } from './invocation.js';
import type { Io } from './io.js';
import { differenceText } from './ledger/difference.js';
import { entryOf, isJudged, type Standing, standing } from './ledger/ledger.js';
import { countPages, summaryText } from './ledger/summary.js';
import { nearest } from './nearest.js';
import { openOutputFile } from './output-file.js';
import { type Style, styleFor } from './report/style.js';
import { wrap } from './report/text.js';
import { UsageError } from './usage-error.js';

/** `clauses [ID]`: what the specification demands, and what judges it, or why nothing does. */
export function showClauses({ of, revision, unjudged, json, isSummary }: ClausesInvocation, io: Io): number {
  const file = json === null || json === '-' ? null : openOutputFile(resolve(io.cwd, json), '--json');
  const style = styleFor(io);
  const named = choose(of).filter((one) => revision === null || one.revision === revision);
  if (named.length === 0) throw new UsageError(`clauses: ${revision} has nothing that is called "${of}"`);
  const standings = named.map(standing);
  const chosen = standings.filter((one) => !unjudged || !isJudged(one));
  if (json !== null) {
    const text = `${JSON.stringify(chosen.map(entryOf), null, 2)}\n`;
    if (file === null) io.stdout.write(text);
    else file.write(text);
    return EXIT.ok;
  }
  if (isSummary) {
    io.stdout.write(summaryText(standings, style));
    return EXIT.ok;
  }
  const isList = of === null || isRevision(of);
  const blocks = chosen.map((one) => (isList ? briefly(one, style) : atLength(one, style)).join('\n'));
  const body = blocks.length > 0 ? blocks.join(isList ? '\n' : '\n\n') : 'each of them is judged';
  const parts = isList ? [body, totals(standings)] : [body];
  io.stdout.write(parts.map((part) => `${part}\n`).join('\n'));
  return EXIT.ok;
}

/** `clauses --diff REV REV`: what a revision added to another, took back, and changed. */
export function showDifference({ from, to }: DifferenceInvocation, io: Io): number {
  io.stdout.write(differenceText(from, to, styleFor(io)));
  return EXIT.ok;
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
function totals(all: readonly Standing[]): string {
  return countPages(all)
    .filter(({ page }) => page === null)
    .map(({ revision, clauses, judged, excluded, neither }) => {
      return `${revision}  ${clauses} clauses: ${judged} judged, ${excluded} excluded, ${neither} neither`;
    })
    .join('\n');
}
