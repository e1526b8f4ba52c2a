import { describe, expect, test } from 'vitest';
import { METHODS, type Role } from '../../src/method.ts';
import { REVISIONS, type Revision } from '../../src/revision.ts';

/** The members of `ClientRequest`, `ServerNotification` and their like in `schema.ts` of the first revision. */
const OLDEST = {
  client: {
    request: [
      'completion/complete',
      'initialize',
      'logging/setLevel',
      'ping',
      'prompts/get',
      'prompts/list',
      'resources/list',
      'resources/read',
      'resources/subscribe',
      'resources/templates/list',
      'resources/unsubscribe',
      'tools/call',
      'tools/list',
    ],
    notification: [
      'notifications/cancelled',
      'notifications/initialized',
      'notifications/progress',
      'notifications/roots/list_changed',
    ],
  },
  server: {
    request: ['ping', 'roots/list', 'sampling/createMessage'],
    notification: [
      'notifications/cancelled',
      'notifications/message',
      'notifications/progress',
      'notifications/prompts/list_changed',
      'notifications/resources/list_changed',
      'notifications/resources/updated',
      'notifications/tools/list_changed',
    ],
  },
} as const;

const TASKS = ['tasks/cancel', 'tasks/get', 'tasks/list', 'tasks/result'];

/** What each revision added to the one before; none took anything back. */
const ADDED: Readonly<Record<Revision, Readonly<Record<Role, Readonly<Record<Kind, readonly string[]>>>>>> = {
  '2024-11-05': OLDEST,
  '2025-03-26': { client: { request: [], notification: [] }, server: { request: [], notification: [] } },
  '2025-06-18': {
    client: { request: [], notification: [] },
    server: { request: ['elicitation/create'], notification: [] },
  },
  '2025-11-25': {
    client: { request: TASKS, notification: ['notifications/tasks/status'] },
    server: { request: TASKS, notification: ['notifications/elicitation/complete', 'notifications/tasks/status'] },
  },
};

describe.each(REVISIONS)('in %s', (revision) => {
  const upToIt = REVISIONS.slice(0, REVISIONS.indexOf(revision) + 1);

  test.each([
    ['client', 'request'],
    ['client', 'notification'],
    ['server', 'request'],
    ['server', 'notification'],
  ] as const)('the %s sends exactly the %ss of the schema', (role, kind) => {
    const inSchema = upToIt.flatMap((earlier) => ADDED[earlier][role][kind]);
    const inTable = METHODS.filter((rule) => rule.since <= revision && rule.kind === kind && rule.from.includes(role));
    expect(inTable.map(({ method }) => method).toSorted()).toEqual(inSchema.toSorted());
  });
});

describe('the table', () => {
  test('has one row for a method', () => {
    const names = METHODS.map(({ method }) => method);
    expect(names).toEqual([...new Set(names)]);
  });

  test('names notifications as such, and nothing else', () => {
    for (const { method, kind } of METHODS) expect(method.startsWith('notifications/')).toBe(kind === 'notification');
  });

  test('has a sender for every method', () => {
    expect(METHODS.filter(({ from }) => from.length === 0)).toEqual([]);
  });

  test('knows the capabilities of the schema, and which of them are booleans', () => {
    const needs = METHODS.flatMap((rule) => rule.needs ?? []);
    const named = (isFlag: boolean) => [
      ...new Set(needs.filter((need) => need.isFlag === isFlag).map(({ capability }) => capability.join('.'))),
    ];
    expect(named(true).toSorted()).toEqual([
      'prompts.listChanged',
      'resources.listChanged',
      'resources.subscribe',
      'roots.listChanged',
      'tools.listChanged',
    ]);
    expect(named(false).toSorted()).toEqual([
      'completions',
      'elicitation',
      'elicitation.url',
      'logging',
      'prompts',
      'resources',
      'roots',
      'sampling',
      'tasks',
      'tasks.cancel',
      'tasks.list',
      'tools',
    ]);
  });
});

type Kind = 'request' | 'notification';
