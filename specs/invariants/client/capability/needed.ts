import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';

/** A capability, or a member of one. */
export type Path = readonly [capability: string, member?: string];

/** The capability of the server's that a request of the client's needs; null when it needs none. */
export function neededOfServer(method: string, revision: string | null): Path | null {
  if (method === 'resources/subscribe' || method === 'resources/unsubscribe') return ['resources', 'subscribe'];
  if (method === 'logging/setLevel') return ['logging'];
  // 2024-11-05 has no capability for it.
  if (method === 'completion/complete') return revision === '2024-11-05' ? null : ['completions'];
  const [family = ''] = method.split('/');
  return ['tools', 'prompts', 'resources', 'tasks'].includes(family) ? [family] : null;
}

/** The capability of the client's that a request of the server's needs; null when it needs none. */
export function neededOfClient(method: string): Path | null {
  if (method === 'roots/list') return ['roots'];
  if (method === 'sampling/createMessage') return ['sampling'];
  if (method === 'elicitation/create') return ['elicitation'];
  return method.startsWith('tasks/') ? ['tasks'] : null;
}

/** Whether it was declared: a capability by being there, a member by being true. */
export function isDeclared(declared: JsonObject, [capability, member]: Path): boolean {
  const value: Json | undefined = declared[capability];
  if (member === undefined) return value !== undefined && value !== null && value !== false;
  return isJsonObject(value) && value[member] === true;
}

/** Its name for people, such as `resources.subscribe`. */
export function nameOf(path: Path): string {
  return path.filter((part) => part !== undefined).join('.');
}
