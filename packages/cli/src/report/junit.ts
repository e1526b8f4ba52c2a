import { clause, url } from '@mcp-lifeline/specs';
import Builder from 'fast-xml-builder';
import type { Outcome, OutcomeRow, Stale } from '../expect/outcome.js';
import { saidOf } from './row-lines.js';
import { createStyle } from './style.js';
import { wireLines } from './wire-lines.js';
import { xmlText } from './xml-text.js';

/** How wide the lines about messages may be. In characters. */
const WIDTH = 120;

/** How a report is read. */
export interface JunitView {
  /** A warning counts like a broken MUST. */
  readonly strict: boolean;
  /** The path of the trace of a run, where traces are kept. */
  readonly traceOf: (runId: string) => string | undefined;
}

/**
 * Builds the JUnit report: a suite a revision, a case a check.
 *
 * It has a failure or an error exactly where the command does not exit with 0: what is broken in a revision that does not
 * count, or is known and excused, is skipped with its reason; and what fails the check without being a row of it has a
 * case of its own.
 */
export function junitReport(outcome: Outcome, view: JunitView): string {
  const revisions = [...new Set(outcome.rows.map(({ revision }) => revision))];
  const suites = revisions.map((revision) => {
    const rows = outcome.rows.filter((row) => row.revision === revision);
    return suite(
      revision,
      rows.map((row) => rowCase(row, outcome, view)),
    );
  });
  const apart = [...verdictCases(outcome), ...outcome.stale.map(staleCase)];
  if (apart.length > 0) suites.push(suite('the check as a whole', apart));
  const all = {
    ...attributes({ name: 'mcp-lifeline' }),
    ...countsOf(suites.flatMap(({ testcase }) => testcase)),
    ...attributes({ time: outcome.seconds.toFixed(3) }),
    testsuite: suites,
  };
  const xml: string = builder.build({
    '?xml': attributes({ version: '1.0', encoding: 'UTF-8' }),
    testsuites: all,
  });
  return `${xml.trimEnd()}\n`;
}

const builder = new Builder({
  ignoreAttributes: false,
  // An attribute whose text happens to be "true" still has a value.
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

interface Note {
  readonly [attribute: `@_${string}`]: string;
  readonly '#text'?: string;
}

/** The members stand in the order in which they are written. */
interface Case {
  readonly [attribute: `@_${string}`]: string;
  readonly skipped?: Note;
  readonly error?: Note;
  readonly failure?: Note;
  readonly 'system-out'?: string;
}

function suite(name: string, cases: readonly Case[]) {
  const time = cases.reduce((sum, one) => sum + Number(one['@_time'] ?? 0), 0);
  return { ...attributes({ name }), ...countsOf(cases), ...attributes({ time: time.toFixed(3) }), testcase: cases };
}

function countsOf(cases: readonly Case[]): Note {
  const having = (what: 'failure' | 'error' | 'skipped') => cases.filter((one) => one[what] !== undefined).length;
  return attributes({
    tests: `${cases.length}`,
    failures: `${having('failure')}`,
    errors: `${having('error')}`,
    skipped: `${having('skipped')}`,
  });
}

function rowCase(row: OutcomeRow, outcome: Outcome, view: JunitView): Case {
  const { id, seconds } = row;
  return {
    ...attributes({ classname: id.split('.')[0] ?? id, name: id, time: seconds.toFixed(3) }),
    ...resultOf(row, outcome, view),
    'system-out': seen(row, outcome, view),
  };
}

function resultOf(row: OutcomeRow, { counted }: Outcome, { strict }: JunitView): Partial<Case> {
  const { status, excusedBy } = row;
  const said = saidOf(row);
  const isBroken = status === 'fail' || (status === 'warn' && strict);
  if (excusedBy !== undefined) return { skipped: attributes({ message: `known: ${excusedBy.because || said}` }) };
  if (status === 'unobserved') return { skipped: attributes({ message: said }) };
  if (!isBroken && status !== 'error') return {};
  if (!counted.includes(row.revision)) {
    return { skipped: attributes({ message: `${status}, in a revision that does not count: ${said}` }) };
  }
  const note = { ...attributes({ message: said, type: status }), '#text': lines([row.title, ...demands(row)]) };
  return status === 'error' ? { error: note } : { failure: note };
}

/** What demands it. */
function demands({ clauses }: OutcomeRow): readonly string[] {
  if (clauses.length === 0) return ['no clause demands it, but users would suffer'];
  return clauses.flatMap((id) => {
    const cited = clause(id);
    return cited === undefined ? [id] : [`${id} (${cited.level}): ${cited.text}`, url(cited)];
  });
}

/** What was expected and seen, and the messages that show it. */
function seen(row: OutcomeRow, { runs }: Outcome, { traceOf }: JunitView): string {
  const { status, expected, observed, why } = row;
  const run = runs.find(({ id }) => id === row.run);
  const trace = row.run === undefined ? undefined : traceOf(row.run);
  return lines([
    `status: ${status}`,
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(expected === undefined ? [] : [`expected: ${expected}`]),
    ...(observed === undefined ? [] : [`observed: ${observed}`]),
    ...(run === undefined ? [] : wireLines(run, row.evidence, createStyle(false, WIDTH))),
    ...(trace === undefined ? [] : [`trace: ${trace}`]),
  ]);
}

/** There is no verdict on the server: a report without a failure would say otherwise. */
function verdictCases({ verdict, why }: Outcome): readonly Case[] {
  if (why === undefined) return [];
  const note = attributes({ message: why, type: verdict });
  const what = verdict === 'no-handshake' ? { failure: note } : { error: note };
  return [{ ...attributes({ classname: 'check', name: 'verdict', time: '0.000' }), ...what }];
}

function staleCase({ known, now }: Stale): Case {
  return {
    ...attributes({ classname: 'expect', name: `${known.id} ${known.revision}`, time: '0.000' }),
    failure: attributes({ message: `listed as ${known.status}, and ${now}: remove the entry`, type: 'stale' }),
  };
}

function attributes(texts: Readonly<Record<string, string>>): Note {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`@_${name}`, xmlText(text)]));
}

function lines(texts: readonly string[]): string {
  return texts.map(xmlText).join('\n');
}
