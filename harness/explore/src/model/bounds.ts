import { CLIENT_DEFAULTS, type Config } from '@mcp-lifeline/core';
import type { Plan, PlannedCall } from './application.js';
import type { ModelOptions } from './build-model.js';
import type { Faults } from './faults.js';
import type { SideOptions } from './world.js';

type Bounds = Readonly<Record<string, string | number>>;

/** All that bounds a model, as rows of a table: what may happen, and how often. */
export function boundsOf(options: ModelOptions): Bounds {
  const { client, server, process, faults, lateProgress = false, mostUnderWay } = options;
  return {
    ...boundsOfSide('client', client),
    ...boundsOfSide('server', server),
    ...(process === undefined ? {} : { 'server process': process.hasDescendant ? 'with a descendant' : 'alone' }),
    ...Object.fromEntries(FAULTS.map(([fault, name]) => [name, faults[fault] ?? 0]).filter(([, count]) => count !== 0)),
    ...(lateProgress ? { 'late progress': 'at any time' } : {}),
    'messages under way': mostUnderWay,
  };
}

const FAULTS: readonly (readonly [keyof Faults, string])[] = [
  ['garbage', 'lines that are no JSON'],
  ['losses', 'messages lost'],
  ['duplicates', 'messages that come twice'],
  ['swaps', 'messages that overtake another'],
  ['breaks', 'broken pipes of the client'],
  ['serverBreaks', 'broken pipes of the server'],
  ['cuts', 'channels that are gone'],
  ['unopened', 'channels that never open'],
  ['crashes', 'crashes of the server'],
];

function boundsOfSide(role: string, side: SideOptions<Config>): Bounds {
  if (!('config' in side)) return side.bounds;
  const { config, plan } = side;
  const counts = Object.entries(countsOf(plan)).filter(([, count]) => count > 0);
  const isEvery = config.revisions.length === CLIENT_DEFAULTS.revisions.length;
  return {
    [`revisions of the ${role}`]: isEvery ? `all ${config.revisions.length}` : config.revisions.join(', '),
    ...(config.keepaliveMs === null ? {} : { [`misses of the ${role}'s keepalive`]: config.misses }),
    ...Object.fromEntries(counts.map(([name, count]) => [`${role}: ${name}`, count])),
    ...(plan.answering.fairness === 'none' ? { [`${role}: answers`]: 'maybe never' } : {}),
  };
}

function countsOf(plan: Plan): Readonly<Record<string, number>> {
  const { calls, notifications, cancels, closes, kills, signals, uncaught, answering } = plan;
  return {
    ...countsOfCalls(calls),
    ...Object.fromEntries(notifications.map(({ method, most }) => [`${method}`, most])),
    ...{ cancels, closes, kills, signals, uncaught, 'progress in each answer': answering.progress },
  };
}

/** Calls of one method may be planned apart, where they differ in their deadlines. */
function countsOfCalls(calls: readonly PlannedCall[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { method, most } of calls) {
    const name = `calls of ${method}`;
    counts.set(name, (counts.get(name) ?? 0) + most);
  }
  return Object.fromEntries(counts);
}
