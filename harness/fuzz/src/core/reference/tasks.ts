import type { Params } from '@mcp-lifeline/core';
import type { Revision } from '@mcp-lifeline/core/revision';
import { isObject } from './reading.js';

/** Under which name the receiver of a request declares that it may become a task (2025-11-25). */
const DECLARED_AS: Readonly<Record<string, string>> = {
  'tools/call': 'tools.call',
  'sampling/createMessage': 'sampling.createMessage',
  'elicitation/create': 'elicitation.create',
};

/** Whether a request is one for a task to a receiver that declared these capabilities. */
export function asksForTask(
  method: string,
  params: Params | undefined,
  revision: Revision | null,
  receiver: Params,
): boolean {
  const name = Object.hasOwn(DECLARED_AS, method) ? DECLARED_AS[method] : undefined;
  if (name === undefined || revision === null || revision < '2025-11-25' || !isObject(params?.['task'])) return false;
  return isDeclared(receiver, `tasks.requests.${name}`);
}

/** Whether its tasks can be cancelled. */
export function cancelsTasks(receiver: Params): boolean {
  return isDeclared(receiver, 'tasks.cancel');
}

function isDeclared(capabilities: Params, path: string): boolean {
  let value: unknown = capabilities;
  for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
  return value === true || isObject(value);
}
