import { isJsonObject } from '@mcp-lifeline/trace';
import { inputName } from '../input-lines.js';
import { detailLines } from '../report/details.js';
import { commandText, serverName } from '../report/header.js';
import { rowLines } from '../report/row-lines.js';
import { GLYPHS } from '../report/style.js';
import { summaryLine } from '../report/summary.js';
import { clip, count, duration, wrap } from '../report/text.js';
import type { View } from '../report/view.js';
import type { JudgedRecording } from './json.js';
import type { JudgedRow } from './judge-recording.js';
import type { Judgement } from './outcome.js';
import type { Judged } from './recording.js';

/** The whole judgement for people, with a newline at its end. */
export function judgeReport(judgement: Judgement, judged: JudgedRecording, view: View): string {
  const { rows, verdict } = judgement;
  const seen = rows.filter(({ want }) => want === undefined);
  const blocks = [
    headerLines(judgement, judged, view),
    ...(verdict === 'no-handshake' ? [[view.style.bad(`${GLYPHS.fail} ${judgement.why}`)]] : []),
    ...judged.roles.map((role) => roleLines(role, judgement, seen, view)),
    ...seen.filter(isFault).map((row) => detailLines(row, judgement, view)),
    wantLines(rows, view),
  ];
  const lines = blocks.filter((block) => block.length > 0).flatMap((block) => [...block, '']);
  return [...lines, summaryLine(judgement, view), ''].join('\n');
}

function headerLines({ serverInfo }: Judgement, judged: JudgedRecording, { style }: View): readonly string[] {
  const { file, recording, isCutShort, roles } = judged;
  const { trace, tap, handshake, isScripted } = recording;
  const { events, header } = trace;
  const read = isCutShort ? `the first ${count(events.length - 1, 'event')}` : count(events.length, 'event');
  const facts = [
    ...(isJsonObject(serverInfo ?? undefined) ? [serverName(serverInfo)] : []),
    ...(handshake.agreed === null ? [] : [`agreed on ${handshake.agreed}`]),
    ...(tap === null || recording.lacks.has('tap') ? [] : [`seen at the ${tap}`]),
    recording.lacks.has('times') ? read : `${read} in ${duration((events.at(-1)?.t ?? 0) / 1000)}`,
  ];
  const isLeftOut = isScripted && !roles.includes('client') && handshake.result !== null;
  return [
    style.bold(clip(inputName(file), style.width)),
    ...(header.target.command.length === 0 ? [] : [style.plain(clip(commandText(header.target.command), style.width))]),
    ...wrap(facts.join(' · '), style.width),
    ...(isLeftOut
      ? wrap('its client was played by a script, and is judged with --role both alone', style.width).map(style.dim)
      : []),
  ];
}

function roleLines(role: Judged, { counted }: Judgement, seen: readonly JudgedRow[], view: View): readonly string[] {
  const own = seen.filter((row) => row.role === role);
  return own.length === 0 ? [] : [view.style.bold(`the ${role}, ${counted.join(', ')}`), ...rowLines(own, view)];
}

/** What could not be judged, by what is wanting. */
function wantLines(rows: readonly JudgedRow[], { style }: View): readonly string[] {
  const wants = groupsOf(rows);
  if (wants.size === 0) return [];
  return [
    style.bold('what this recording does not hold, and what is unobserved for that'),
    ...[...wants].flatMap(([want, ids]) => [
      `  ${style.dim(`${GLYPHS.unobserved} ${want}`)}`,
      ...wrap(ids.join(', '), style.width - 6).map((line) => `      ${style.dim(line)}`),
    ]),
  ];
}

function groupsOf(rows: readonly JudgedRow[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, want } of rows) {
    if (want === undefined) continue;
    groups.set(want, [...(groups.get(want) ?? []), id]);
  }
  return groups;
}

function isFault({ status }: JudgedRow): boolean {
  return status === 'fail' || status === 'warn';
}
