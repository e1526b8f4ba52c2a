import { tableCells } from './cells.js';
import type { Report } from './report.js';

/** The report as the page that is committed. */
export function reportMarkdown(report: Report): string {
  const { machine, subjects, rounds, startedAt, seconds } = report;
  return `# Bench

Written by \`pnpm bench --write\`: change the bench, not this page. All subjects were measured in turns in one run, so the ratios
hold better than the numbers: CPU ratios are good to about 20 % on a shared machine, wall times to less. CPU is that of a
whole process: its threads for garbage and compilation count, so it may exceed the wall time. Each cell is the median of
${rounds} samples; in brackets, how many times the first subject's value it is. A goal was set beforehand, from what the
others reached on a machine like this one, and is for mcp-lifeline.

- ${startedAt.slice(0, 10)}, ${Math.round(seconds)} s
- Node ${machine.node.slice(1)}, ${machine.os}, ${machine.cores} cores of ${machine.cpu}, ${machine.memory} GiB
${subjects.map(({ name, title, version }) => `- \`${name}\`: ${title}${version === null ? '' : ` ${version}`}`).join('\n')}

${markdownTable(tableCells(report))}

${workloadList(report)}
`;
}

/** Cells as a table, padded; columns from the third on are numbers. */
export function markdownTable([heading = [], ...rows]: readonly (readonly string[])[]): string {
  const all = [heading, ...rows];
  const widths = heading.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(heading), line(rule), ...rows.map(line)].join('\n');
}

function workloadList({ rows }: Report): string {
  const titles = new Map(rows.map(({ workload, title }) => [workload, title]));
  return [...titles].map(([workload, title]) => `- \`${workload}\`: ${title}`).join('\n');
}
