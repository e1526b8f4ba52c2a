import type { ConfigurationReport, PropertyReport, Status, Story, StoryStep } from '@mcp-lifeline/explore';
import type { Style } from '../report/style.js';
import { clip, wrap } from '../report/text.js';
import { accountsOf, type NamedAccount } from './accounts.js';
import { figure, sizeText } from './figures.js';

/**
 * What exploring a configuration showed: how large it is, a line a property, and the story of each violation.
 * @param traceOf the file of the trace of that name, as it shall be shown
 */
export function configurationLines(
  report: ConfigurationReport,
  traceOf: (id: string) => string | undefined,
  style: Style,
): readonly string[] {
  return [
    `${style.bold(report.id)}  ${style.plain(report.title)}`,
    ...wrap(sizeText(report.size), style.width - 2).map((line) => `  ${style.dim(line)}`),
    ...endingLines(report, style),
    ...propertyLines(report.properties, style),
    ...accountsOf(report).flatMap((account) => ['', ...accountLines(account, traceOf(account.id), style)]),
    '',
  ];
}

/** How an exploration ended that did not come to its end. */
function endingLines({ ending, why, size }: ConfigurationReport, style: Style): readonly string[] {
  switch (ending) {
    case 'fixpoint':
    case 'violation':
      return [];
    case 'limit':
      return [
        `  ${style.doubtful(`NOT TO A FIXPOINT: it was stopped at ${figure(size.states)} states, and there are more`)}`,
      ];
    case 'thrown':
      return [`  ${style.bad(`THREW: ${why}`)}`];
    case 'failed':
      return [`  ${style.bad(`COULD NOT BE EXPLORED: ${why}`)}`];
  }
}

const GLYPHS: Readonly<Record<Status, string>> = { holds: '✓', violated: '✗', unwitnessed: '?', undecided: '-' };

/** What is said of a property in the place of how it holds. Another configuration may still show what is not seen here. */
const STANDINGS = { violated: 'VIOLATED', unwitnessed: 'not seen', undecided: 'undecided' } as const;
const STANDING_WIDTH = 'eventually'.length;
const WITNESS = 'witness';

/** A line each; only what does not hold is told in full. */
function propertyLines(properties: readonly PropertyReport[], style: Style): readonly string[] {
  if (properties.length === 0) return [];
  const idWidth = Math.max(...properties.map(({ id }) => id.length));
  const indent = ' '.repeat(idWidth + STANDING_WIDTH + WITNESS.length + 10);
  const row = (id: string, standing: string, witness: string): string =>
    `${id.padEnd(idWidth)}  ${standing.padEnd(STANDING_WIDTH)}  ${witness.padStart(WITNESS.length)}  `;
  const tell = (property: PropertyReport): readonly string[] => {
    const { id, title, kind, status, witnessedAfter, violation } = property;
    const paint = paintOf(status, style);
    const standing = status === 'holds' ? kind : STANDINGS[status];
    const head = `  ${paint(GLYPHS[status])} ${row(id, paint(standing.padEnd(STANDING_WIDTH)), witnessedAfter?.toString() ?? '')}`;
    const width = style.width - indent.length;
    if (violation === null) return [`${head}${style.plain(clip(title, width))}`];
    const [first = '', ...rest] = wrap(title, width);
    const why = wrap(violation.why, width).map(paint);
    return [`${head}${style.plain(first)}`, ...[...rest.map(style.plain), ...why].map((line) => `${indent}${line}`)];
  };
  return [style.dim(`    ${row('property', 'holds', WITNESS)}what must hold`), ...properties.flatMap(tell)];
}

function paintOf(status: Status, style: Style): (text: string) => string {
  switch (status) {
    case 'holds':
      return style.good;
    case 'violated':
      return style.bad;
    case 'unwitnessed':
    case 'undecided':
      return style.doubtful;
  }
}

/** The shortest way to what is wrong, step by step. */
function accountLines(
  { title, why, account }: NamedAccount,
  trace: string | undefined,
  style: Style,
): readonly string[] {
  return [
    ...wrap(`${title}: ${why}`, style.width - 2).map((line) => `  ${style.bad(line)}`),
    ...storyLines(account.story, style),
    ...(trace === undefined ? [] : [`  ${style.dim(`trace ${trace}`)}`]),
  ];
}

function storyLines({ start, steps, round }: Story, style: Style): readonly string[] {
  const width = String(steps.length + round.length).length;
  const indent = ' '.repeat(width + 6);
  const line = (text: string): string => `${indent}${style.dim(clip(text, style.width - indent.length))}`;
  const tell = ({ move, changes }: StoryStep, index: number): readonly string[] => [
    `  ${String(index + 1).padStart(width + 2)}  ${style.plain(clip(move, style.width - width - 6))}`,
    ...changes.map(line),
  ];
  const again = steps.length === 0 ? 'for ever again:' : 'and from here on for ever again:';
  return [
    `  ${'0'.padStart(width + 2)}  at first`,
    ...start.map(line),
    ...steps.flatMap(tell),
    ...(round.length === 0 ? [] : [`  ${' '.repeat(width + 2)}  ${style.bad(again)}`]),
    ...round.flatMap((step, index) => tell(step, steps.length + index)),
  ];
}
