import type { Config } from '@mcp-lifeline/core';
import type { Plan } from './application.js';
import type { ModelOptions } from './build-model.js';
import type { SideOptions } from './world.js';

/** All that bounds a model, as rows of a table: what may happen, and how often. */
export function boundsOf(options: ModelOptions): Readonly<Record<string, string | number>> {
  const { client, server, process, faults, lateProgress = false, mostUnderWay } = options;
  return {
    ...boundsOfSide('client', client),
    ...boundsOfSide('server', server),
    ...(process === undefined ? {} : { 'server process': process.hasDescendant ? 'with a descendant' : 'alone' }),
    ...Object.fromEntries(Object.entries(faults).filter(([, count]) => count > 0)),
    ...(lateProgress ? { 'late progress': 'at any time' } : {}),
    'messages under way': mostUnderWay,
  };
}

function boundsOfSide(role: string, side: SideOptions<Config>): Readonly<Record<string, string | number>> {
  if (!('config' in side)) return side.bounds;
  const { config, plan } = side;
  const counts = Object.entries(countsOf(plan)).filter(([, count]) => count > 0);
  return {
    [`revisions of the ${role}`]: config.revisions.join(', '),
    ...(config.keepaliveMs === null ? {} : { [`misses of the ${role}'s keepalive`]: config.misses }),
    ...Object.fromEntries(counts.map(([name, count]) => [`${role}: ${name}`, count])),
    ...(plan.answering.fairness === 'none' ? { [`${role}: answers`]: 'maybe never' } : {}),
  };
}

function countsOf(plan: Plan): Readonly<Record<string, number>> {
  const { calls, notifications, cancels, closes, kills, signals, uncaught, answering } = plan;
  const ofMethods = new Map<string, number>();
  for (const { method, most } of calls) {
    const name = `calls of ${method}`;
    ofMethods.set(name, (ofMethods.get(name) ?? 0) + most);
  }
  return {
    ...Object.fromEntries(ofMethods),
    ...Object.fromEntries(notifications.map(({ method, most }) => [`${method}`, most])),
    ...{ cancels, closes, kills, signals, uncaught, 'progress in each answer': answering.progress },
  };
}
