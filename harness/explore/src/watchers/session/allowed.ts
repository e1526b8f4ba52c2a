import type { Config } from '@mcp-lifeline/core';
import { namesIn } from './declared.js';
import type { SessionView } from './view.js';

type Role = Config['role'];

/** What a message needs before it may be sent, as the schema of the revisions and the page of each method have it. */
interface Need {
  readonly from: Role | 'either';
  /** The revision that brought the method. */
  readonly since?: string;
  /** Who must have declared what. */
  readonly of: 'sender' | 'receiver';
  /** Null where nothing has to be. */
  readonly declared: string | null;
  /** The revision that brought the capability, where that is later. */
  readonly neededSince?: string;
}

/**
 * Whether a request or a notification of this method may be sent by a side in a session that is agreed on; one that no revision
 * knows may.
 */
export function isAllowed(
  kind: 'request' | 'notification',
  method: string,
  from: Role,
  { config, before: view }: { readonly config: Config; readonly before: SessionView },
): boolean {
  const need = NEEDS.get(method);
  if (need === undefined) return true;
  if ((kind === 'notification') !== method.startsWith('notifications/')) return false;
  // Before anything is agreed on, what counts is what we offered.
  const revision = view.revision ?? config.revisions.at(-1) ?? '';
  if (need.from !== 'either' && need.from !== from) return false;
  if (need.since !== undefined && revision < need.since) return false;
  if (need.neededSince !== undefined && revision < need.neededSince) return true;
  if (need.declared === null) return true;
  const isOurs = (need.of === 'sender') === (from === config.role);
  return (isOurs ? namesIn(config.capabilities) : view.declared).includes(need.declared);
}

const JUNE = '2025-06-18';
const NOVEMBER = '2025-11-25';
const fromClient = (declared: string, more: Partial<Need> = {}): Need => ({
  from: 'client',
  of: 'receiver',
  declared,
  ...more,
});
const fromServer = (declared: string, more: Partial<Need> = {}): Need => ({
  from: 'server',
  of: 'receiver',
  declared,
  ...more,
});
const ofTasks = (declared: string): Need => ({ from: 'either', of: 'receiver', declared, since: NOVEMBER });
const told = (from: Need['from'], declared: string, more: Partial<Need> = {}): Need => ({
  from,
  of: 'sender',
  declared,
  ...more,
});

const plain = (from: Need['from']): Need => ({ from, of: 'sender', declared: null });

/** A map, since a method may have the name of anything. */
const NEEDS: ReadonlyMap<string, Need> = new Map(
  Object.entries({
    initialize: plain('client'),
    ping: plain('either'),
    'notifications/initialized': plain('client'),
    'notifications/cancelled': plain('either'),
    'notifications/progress': plain('either'),
    'prompts/list': fromClient('prompts'),
    'prompts/get': fromClient('prompts'),
    'resources/list': fromClient('resources'),
    'resources/templates/list': fromClient('resources'),
    'resources/read': fromClient('resources'),
    'resources/subscribe': fromClient('resources.subscribe'),
    'resources/unsubscribe': fromClient('resources.subscribe'),
    'tools/list': fromClient('tools'),
    'tools/call': fromClient('tools'),
    'completion/complete': fromClient('completions', { neededSince: '2025-03-26' }),
    'logging/setLevel': fromClient('logging'),
    'roots/list': fromServer('roots'),
    'sampling/createMessage': fromServer('sampling'),
    'elicitation/create': fromServer('elicitation', { since: JUNE }),
    'tasks/get': ofTasks('tasks'),
    'tasks/result': ofTasks('tasks'),
    'tasks/list': ofTasks('tasks.list'),
    'tasks/cancel': ofTasks('tasks.cancel'),
    'notifications/prompts/list_changed': told('server', 'prompts.listChanged'),
    'notifications/resources/list_changed': told('server', 'resources.listChanged'),
    'notifications/resources/updated': told('server', 'resources.subscribe'),
    'notifications/tools/list_changed': told('server', 'tools.listChanged'),
    'notifications/message': told('server', 'logging'),
    'notifications/roots/list_changed': told('client', 'roots.listChanged'),
    'notifications/tasks/status': told('either', 'tasks', { since: NOVEMBER }),
    'notifications/elicitation/complete': fromServer('elicitation.url', { since: NOVEMBER }),
  }),
);
