import { isJsonObject, type Json, type TraceEvent } from '@mcp-lifeline/trace';

/** Something that checks look for in whatever a server says of its own accord, and that this run did not have. */
export interface Want {
  readonly need: 'serverRequest' | 'serverToken' | 'serverCancel' | 'progress' | 'unicode' | 'ownExit';
  readonly why: string;
}

const WHY: Readonly<Record<Want['need'], string>> = {
  serverRequest: 'the server sent no request of its own',
  serverToken: 'no request of the server carried a progress token',
  serverCancel: 'the server cancelled no request of its own',
  progress: 'the server told of no progress',
  unicode: 'the server wrote nothing beyond ASCII',
  ownExit: 'the server did not leave by itself at the end of its input',
};

/** What a run that is over did not have. Nobody can ask a server for these: so the want is nobody's omission. */
export function wantsOf(events: readonly TraceEvent[]): readonly Want[] {
  const had = new Set<Want['need']>();
  if (hasLeftItself(events)) had.add('ownExit');
  for (const event of events) {
    if (event.plane !== 'wire' || event.kind !== 'received') continue;
    if (BEYOND_ASCII.test(JSON.stringify(event.message))) had.add('unicode');
    for (const message of Array.isArray(event.message) ? event.message : [event.message]) {
      for (const need of needsMetBy(message)) had.add(need);
    }
  }
  return NEEDS.filter((need) => !had.has(need)).map((need) => ({ need, why: WHY[need] }));
}

const NEEDS = ['serverRequest', 'serverToken', 'serverCancel', 'progress', 'unicode', 'ownExit'] as const;
const NOTIFICATIONS: ReadonlyMap<string, readonly Want['need'][]> = new Map([
  ['notifications/cancelled', ['serverCancel']],
  ['notifications/progress', ['progress']],
]);
const BEYOND_ASCII = /[^\p{ASCII}]/u;

/** Its input ended, and it exited before anybody signalled it. */
function hasLeftItself(events: readonly TraceEvent[]): boolean {
  const kinds = events.flatMap((event) => (event.plane === 'process' ? [event.kind] : []));
  const exitedAt = kinds.indexOf('exited');
  const endedAt = kinds.indexOf('inputEnded');
  const isSignalled = kinds.slice(0, exitedAt).includes('signalled');
  return endedAt !== -1 && endedAt < exitedAt && !isSignalled;
}

function needsMetBy(message: Json): readonly Want['need'][] {
  if (!isJsonObject(message) || typeof message.method !== 'string') return [];
  const met = NOTIFICATIONS.get(message.method);
  if (met !== undefined) return met;
  // A notification that has an id is a fault, and still no request.
  if (message.id === undefined || message.method.startsWith('notifications/')) return [];
  const meta = isJsonObject(message.params) ? message.params._meta : undefined;
  const hasToken = isJsonObject(meta) && meta.progressToken !== undefined;
  return hasToken ? ['serverRequest', 'serverToken'] : ['serverRequest'];
}
