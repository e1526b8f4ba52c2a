import { type Finding, INVARIANTS, type Invariant, isRevision, judge } from '@mcp-lifeline/specs';
import {
  handshake,
  ids,
  notifications,
  pingBefore,
  pingFirst,
  ready,
  sigterm,
  unknownMethod,
} from '../scenarios/all.js';
import type { Check, Judged } from './check.js';

/** Which scenarios put the question of which invariant. */
const SCENARIOS: Readonly<Record<string, readonly string[] | 'every'>> = {
  'handshake.result': [handshake.id],
  'handshake.ping-before': [pingBefore.id],
  'handshake.ping-first': [pingFirst.id],
  'handshake.no-early-requests': [handshake.id],
  'rpc.unknown-method': [unknownMethod.id],
  'rpc.no-reply-to-notification': [notifications.id],
  'rpc.id-echo': [ids.id],
  'ping.ready': [ready.id],
  'stdout.clean': 'every',
  'shutdown.eof-idle': [ready.id],
  'shutdown.sigterm': [sigterm.id],
};

/** A check for each invariant: what its scenarios' runs show, the worst first. */
export const INVARIANT_CHECKS: readonly Check[] = INVARIANTS.map(toCheck);

function toCheck(invariant: Invariant<unknown>): Check {
  const scenarios = SCENARIOS[invariant.id];
  if (scenarios === undefined) throw new Error(`no scenario puts the question of ${invariant.id}`);
  return {
    id: invariant.id,
    title: invariant.title,
    level: (revision) => (isRevision(revision) ? invariant.level(revision) : null),
    clauses: (revision) => (isRevision(revision) ? invariant.clauses(revision) : []),
    needs: invariant.needs,
    scenarios,
    judge: (_, { runs }) => {
      const judged = runs
        .filter((run) => scenarios === 'every' || scenarios.includes(run.scenario))
        .map((run): Judged => ({ run, finding: judge(invariant, run.trace.events) }));
      return worst(judged) ?? NOT_PLAYED;
    },
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
