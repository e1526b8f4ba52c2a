import { threeDigits } from '../statistics.js';
import { meetsGoal, type Report, type Row } from './report.js';

/** The subject that the goals are for. */
const OURS = 'lifeline';

/** The table of a report as text: a line of headings, then one line a row. */
export function tableCells({ subjects, rows }: Report): readonly (readonly string[])[] {
  const [reference = '', ...others] = subjects.map(({ name }) => name);
  const heading = ['workload', 'unit', reference, ...others, 'goal', 'met'];
  return [
    heading,
    ...rows.map((row) => [
      row.workload,
      row.unit,
      valueCell(row, reference),
      ...others.map((name) => comparedCell(row, name, reference)),
      goalCell(row),
      metCell(row),
    ]),
  ];
}

function valueCell({ values }: Row, name: string): string {
  const value = values[name]?.median;
  return value === undefined ? 'failed' : threeDigits(value);
}

/** With how many times the value of the reference it is. */
function comparedCell(row: Row, name: string, reference: string): string {
  const [value, by] = [row.values[name]?.median, row.values[reference]?.median];
  if (value === undefined || by === undefined || by === 0) return valueCell(row, name);
  return `${threeDigits(value)} (${threeDigits(value / by)}x)`;
}

function goalCell({ goal, better }: Row): string {
  if (goal === null) return '';
  return `${better === 'less' ? '<=' : '>='} ${goal}`;
}

function metCell(row: Row): string {
  const value = row.values[OURS]?.median;
  const met = value === undefined ? null : meetsGoal(row, value);
  if (met === null) return '';
  return met ? 'yes' : 'no';
}
