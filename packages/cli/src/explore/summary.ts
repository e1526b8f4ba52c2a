import { unwitnessed, type Verdict, verdictOf } from '@mcp-lifeline/explore';
import type { Style } from '../report/style.js';
import { count, duration, wrap } from '../report/text.js';
import { figure } from './figures.js';
import { type Result, totalsOf } from './result.js';

/** The last lines: what is in the way, all figures together, and the verdict. */
export function summaryLines(result: Result, style: Style): readonly string[] {
  const { reports, seconds, areAll } = result;
  const verdict = verdictOf(reports, areAll);
  const missing = unwitnessed(reports);
  const { states, edges, properties, holding, violated, unfinished } = totalsOf(reports);
  const parts = [
    count(reports.length, 'configuration'),
    `${figure(states)} states`,
    `${figure(edges)} edges`,
    `${holding} of ${count(properties, 'property', 'properties')} hold`,
    ...(violated === 0 ? [] : [`${violated} violated`]),
    ...(missing.length === 0 ? [] : [`${missing.length} ${areAll ? 'without a witness' : 'not seen'}`]),
    ...(unfinished === 0 ? [] : [`${unfinished} not to a fixpoint`]),
    duration(seconds),
  ];
  return [
    ...witnessLines(result, style),
    [paintOf(verdict, style)(`verdict ${verdict}`), ...parts.map(style.plain)].join(' · '),
  ];
}

/** A part of the configurations owes no witness: most of them are shown by the others. */
function witnessLines({ reports, areAll }: Result, style: Style): readonly string[] {
  const missing = unwitnessed(reports);
  if (missing.length === 0) return [];
  if (!areAll) return [style.dim('what is not seen here may be seen in the configurations that were not explored')];
  const text = `NO WITNESS in any configuration: ${missing.map(({ id }) => id).join(', ')}`;
  return wrap(text, style.width).map((line) => style.bad(line));
}

function paintOf(verdict: Verdict, style: Style): (text: string) => string {
  switch (verdict) {
    case 'pass':
      return style.good;
    case 'fail':
      return style.bad;
    case 'error':
      return style.doubtful;
  }
}
