import { isJsonObject, type Params } from '../json.js';
import type { Role } from '../method.js';
import type { Turn } from '../session/turn.js';

/** The requests that may ask for a task, each with its path in the receiver's `tasks.requests` (2025-11-25). */
const TASK_REQUESTS: ReadonlyMap<string, readonly [receiver: Role, feature: string, request: string]> = new Map([
  ['tools/call', ['server', 'tools', 'call']],
  ['sampling/createMessage', ['client', 'sampling', 'createMessage']],
  ['elicitation/create', ['client', 'elicitation', 'create']],
]);

/**
 * Whether a request of ours will be taken as one for a task. A receiver that declared none for it ignores the wish (page
 * `basic/utilities/tasks`), and so do all before 2025-11-25: then it is a request like any other.
 */
export function asksForTask({ agreement }: Turn, method: string, params: Params | undefined): boolean {
  if (!isJsonObject(params?.['task'])) return false;
  const path = TASK_REQUESTS.get(method);
  if (path === undefined || agreement === null || agreement.revision < '2025-11-25') return false;
  const [receiver, feature, request] = path;
  const tasks = agreement[receiver]['tasks'];
  const requests = isJsonObject(tasks) ? tasks['requests'] : undefined;
  const declared = isJsonObject(requests) ? requests[feature] : undefined;
  return isJsonObject(declared) && (declared[request] === true || isJsonObject(declared[request]));
}
