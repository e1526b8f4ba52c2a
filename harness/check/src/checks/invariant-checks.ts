import { type Finding, INVARIANTS, type Invariant, isRevision, judge } from '@mcp-lifeline/specs';
import { SESSION_SCENARIOS } from '../scenarios/all.js';
import { JUDGED_EVERYWHERE } from '../scenarios/scenario.js';
import type { Check, Evidence, Judged } from './check.js';

/** A check for each invariant: what its scenarios' runs show, the worst first. */
export const INVARIANT_CHECKS: readonly Check[] = INVARIANTS.map(toCheck);

function toCheck(invariant: Invariant<unknown>): Check {
  const asking = SESSION_SCENARIOS.filter(({ asks }) => asks.includes(invariant.id));
  const isEvery = JUDGED_EVERYWHERE.includes(invariant.id);
  if (asking.length === 0 && !isEvery) throw new Error(`no scenario puts the question of ${invariant.id}`);
  const scenarios = isEvery ? 'every' : asking.map(({ id }) => id);
  const tools = asking.flatMap(({ needs }) => needs ?? []);
  return {
    id: invariant.id,
    title: invariant.title,
    level: (revision) => (isRevision(revision) ? invariant.level(revision) : null),
    clauses: (revision) => (isRevision(revision) ? invariant.clauses(revision) : []),
    needs: [...invariant.needs, ...tools],
    ...(asking.length > 0 && asking.every(({ onlyByName }) => onlyByName) ? { onlyByName: true } : {}),
    scenarios,
    judge: (_, evidence) => {
      const judged = evidence.runs
        .filter((run) => scenarios === 'every' || scenarios.includes(run.scenario))
        .map((run): Judged => ({ run, finding: judge(invariant, run.trace.events) }));
      return worst(judged) ?? notPlayed(tools[0], evidence);
    },
  };
}

/**
 * A scenario whose tool is not to be had is not played; the run that looked for the tool says so. Where it says nothing of
 * the kind, the scenario was left out for another reason.
 */
export function notPlayed(tool: 'slowTool' | 'askingTool' | undefined, { toolsRun }: Evidence): Judged {
  const isAbsent = toolsRun?.trace.events.some(
    (event) => event.plane === 'note' && event.kind === 'absent' && event.need === tool,
  );
  if (tool === undefined || isAbsent !== true) return NOT_PLAYED;
  return {
    run: toolsRun,
    finding: { found: 'nothing', lacking: tool, why: 'its scenario needs a tool that is not there' },
  };
}

const NOT_PLAYED: Judged = {
  run: null,
  finding: { found: 'nothing', lacking: 'wholeRun', why: 'its scenario was not played' },
};

/** What was held in one run was seen; a run that shows nothing takes nothing away from it. */
const GRAVITY: readonly Finding['found'][] = ['broken', 'open', 'held', 'nothing'];

function worst(judged: readonly Judged[]): Judged | undefined {
  return [...judged].sort((a, b) => GRAVITY.indexOf(a.finding.found) - GRAVITY.indexOf(b.finding.found))[0];
}
