import type { Row } from '@mcp-lifeline/check';
import { type Case, type FuzzResult, storyOf, type Violation } from '@mcp-lifeline/fuzz';
import type { Outcome, OutcomeRow } from '../expect/outcome.js';
import { detailLines } from '../report/details.js';
import { headerLines } from '../report/header.js';
import { noHandshakeLines } from '../report/no-handshake.js';
import { summaryLine } from '../report/summary.js';
import { count, duration, wrap } from '../report/text.js';
import type { View } from '../report/view.js';
import { toolsOf } from './json.js';
import { share } from './progress-text.js';

/** How a result of fuzzing is shown. */
export interface FuzzView extends View {
  /** The command that runs a case again. */
  readonly replayLine: (one: Case) => string;
  /** Nothing but one case was run: no seed led there, and to reach much was not the aim. */
  readonly isReplay: boolean;
}

/** The whole result for people, with a newline at its end. */
export function fuzzReport(outcome: Outcome, result: FuzzResult, view: FuzzView): string {
  const blocks =
    result.verdict === 'no-handshake'
      ? [headerLines(outcome, view), noHandshakeLines(outcome, view)]
      : [
          headerLines(outcome, view),
          ...result.fuzz.violations.map((violation, index) =>
            violationLines(violation, index + 1, outcome, result, view),
          ),
          figureLines(result, view),
        ];
  const lines = blocks.flatMap((block) => [...block, '']);
  return [...lines, summaryLine(outcome, view), ''].join('\n');
}

/** A fault as a story: what the client does, what was expected then and what came, what demands it, and how to see it again. */
function violationLines(
  violation: Violation,
  number: number,
  outcome: Outcome,
  { fuzz: { means } }: FuzzResult,
  view: FuzzView,
): readonly string[] {
  const { style } = view;
  const story = storyOf(violation.case, means);
  const rows = violation.broken.flatMap(({ id }) => outcome.rows.filter((row) => isAbout(row, id, violation)));
  return [
    style.bold(`${number}. ${rows.map(({ id }) => id).join(', ')}`),
    ...story.flatMap((sentence, index) => {
      const label = `${`${index + 1}.`.padStart(5)} `;
      return wrap(sentence, style.width - label.length).map((line, at) => (at === 0 ? label : '      ') + line);
    }),
    `  ${certaintyText(violation)}`,
    ...rows.flatMap((row) => detailLines(row, outcome, view).map((line) => `  ${line}`)),
    // On one line of its own, however long: it is there to be copied.
    `    ${style.dim('replay')}    ${view.replayLine(violation.case)}`,
  ];
}

function isAbout(row: OutcomeRow, id: string, { case: { offer } }: Violation): boolean {
  return row.id === id && row.revision === offer;
}

/** How sure it is, and how it was come by. */
function certaintyText({ again, foundIn, isMinimal, case: { acts } }: Violation): string {
  const from = foundIn === acts.length ? '' : `, made out of ${foundIn}`;
  const size = `${count(acts.length, 'act')}${from}${isMinimal ? '' : ', and perhaps not the shortest'}`;
  if (again.of === 0) return `Seen once; ${size}.`;
  if (again.shown === again.of) return `Seen again in ${again.shown} of ${again.of} runs; ${size}.`;
  if (again.shown === 0) return `It comes and goes: seen once, and not again in ${count(again.of, 'run')}; ${size}.`;
  return `It comes and goes: seen again in ${again.shown} of ${again.of} runs; ${size}.`;
}

function figureLines({ rows, seconds, fuzz }: FuzzResult, { style, isReplay }: FuzzView): readonly string[] {
  const { runs, processes, seed, coverage, violations, means } = fuzz;
  const tools = toolsOf(means);
  const pace = seconds > 0 ? `, ${(processes / seconds).toFixed(1)} processes a second` : '';
  const judged = new Set(rows.filter(({ status }: Row) => status !== 'unobserved').map(({ id }) => id)).size;
  const reached = [`states of a session ${share(coverage.states)}`, `acts in states ${share(coverage.transitions)}`];
  return wrap(
    [
      `${count(runs, 'run')}${isReplay ? ' of this case' : ''} in ${duration(seconds)}${pace}`,
      ...(isReplay ? [] : reached),
      tools.length === 0 ? 'no tool was called' : `tools called: ${tools.join(', ')}`,
      `${count(judged, 'check')} put to the test`,
      violations.length === 0 ? 'no fault' : count(violations.length, 'fault'),
      ...(isReplay ? [] : [`seed ${seed}`]),
    ].join(' · '),
    style.width,
  );
}
