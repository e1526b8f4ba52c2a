import type { Revision } from '../revision.js';

/** The two sides of a session. */
export type Role = 'client' | 'server';

/**
 * From when on a method may be sent: at any time; as what opens the session; once `initialize` was answered; or while
 * operating, which for the client begins with that answer and for the server with `initialized`.
 */
export type When = 'anyTime' | 'opening' | 'answered' | 'operating';

/** A capability without which a method is not sent. */
export interface Need {
  /** Who must have declared it. */
  readonly of: 'sender' | 'receiver';
  /** Its path among the capabilities, such as `['tools', 'listChanged']`. */
  readonly capability: readonly string[];
  /** It is a boolean in the schema, so that only `true` declares it. */
  readonly isFlag: boolean;
  /** The revision that brought the capability, where it came later than the method; nothing is needed before. */
  readonly since?: Revision;
}

/** Who may send a method, since which revision, when, and with which capability. */
export interface MethodRule {
  readonly method: string;
  readonly kind: 'request' | 'notification';
  readonly from: readonly Role[];
  /** None was taken back in a later revision. */
  readonly since: Revision;
  readonly when: When;
  readonly needs: Need | null;
}

const CLIENT: readonly Role[] = ['client'];
const SERVER: readonly Role[] = ['server'];
const BOTH: readonly Role[] = ['client', 'server'];
const NOVEMBER_2024 = '2024-11-05';
const MARCH_2025 = '2025-03-26';
const JUNE_2025 = '2025-06-18';
const NOVEMBER_2025 = '2025-11-25';

/**
 * Every method of every revision, as the types `ClientRequest`, `ServerNotification` and their like in the schema list
 * them, and the capability that the page of each names.
 *
 * Not here is what gates only some params of a method that is otherwise allowed: `sampling.tools` and
 * `sampling.context`, `elicitation.form` and `elicitation.url` as modes of a request, and `tasks.requests.*`, which
 * allows `params.task`.
 */
export const METHODS: readonly MethodRule[] = [
  // basic/lifecycle, basic/utilities/{ping,cancellation,progress}
  request('initialize', CLIENT, NOVEMBER_2024, null, 'opening'),
  notification('notifications/initialized', CLIENT, NOVEMBER_2024, null, 'answered'),
  request('ping', BOTH, NOVEMBER_2024, null, 'anyTime'),
  notification('notifications/cancelled', BOTH, NOVEMBER_2024, null, 'anyTime'),
  notification('notifications/progress', BOTH, NOVEMBER_2024, null, 'anyTime'),

  // server/prompts
  request('prompts/list', CLIENT, NOVEMBER_2024, ofReceiver('prompts')),
  request('prompts/get', CLIENT, NOVEMBER_2024, ofReceiver('prompts')),
  notification('notifications/prompts/list_changed', SERVER, NOVEMBER_2024, ofSender('prompts', 'listChanged')),

  // server/resources; to unsubscribe follows a subscription, and so does an update.
  request('resources/list', CLIENT, NOVEMBER_2024, ofReceiver('resources')),
  request('resources/templates/list', CLIENT, NOVEMBER_2024, ofReceiver('resources')),
  request('resources/read', CLIENT, NOVEMBER_2024, ofReceiver('resources')),
  request('resources/subscribe', CLIENT, NOVEMBER_2024, ofReceiver('resources', 'subscribe')),
  request('resources/unsubscribe', CLIENT, NOVEMBER_2024, ofReceiver('resources', 'subscribe')),
  notification('notifications/resources/list_changed', SERVER, NOVEMBER_2024, ofSender('resources', 'listChanged')),
  notification('notifications/resources/updated', SERVER, NOVEMBER_2024, ofSender('resources', 'subscribe')),

  // server/tools
  request('tools/list', CLIENT, NOVEMBER_2024, ofReceiver('tools')),
  request('tools/call', CLIENT, NOVEMBER_2024, ofReceiver('tools')),
  notification('notifications/tools/list_changed', SERVER, NOVEMBER_2024, ofSender('tools', 'listChanged')),

  // server/utilities/completion: the method is older than its capability.
  request('completion/complete', CLIENT, NOVEMBER_2024, { ...ofReceiver('completions'), since: MARCH_2025 }),

  // server/utilities/logging; a log message may come before `initialized` (lifecycle/early-server-requests).
  request('logging/setLevel', CLIENT, NOVEMBER_2024, ofReceiver('logging')),
  notification('notifications/message', SERVER, NOVEMBER_2024, ofSender('logging'), 'answered'),

  // client/roots, client/sampling
  request('roots/list', SERVER, NOVEMBER_2024, ofReceiver('roots')),
  notification('notifications/roots/list_changed', CLIENT, NOVEMBER_2024, ofSender('roots', 'listChanged')),
  request('sampling/createMessage', SERVER, NOVEMBER_2024, ofReceiver('sampling')),

  // client/elicitation; what completes out of band began in a mode that the client declared.
  request('elicitation/create', SERVER, JUNE_2025, ofReceiver('elicitation')),
  notification('notifications/elicitation/complete', SERVER, NOVEMBER_2025, ofReceiver('elicitation', 'url')),

  // basic/utilities/tasks: who received the request that became a task has the task.
  request('tasks/get', BOTH, NOVEMBER_2025, ofReceiver('tasks')),
  request('tasks/result', BOTH, NOVEMBER_2025, ofReceiver('tasks')),
  request('tasks/list', BOTH, NOVEMBER_2025, ofReceiver('tasks', 'list')),
  request('tasks/cancel', BOTH, NOVEMBER_2025, ofReceiver('tasks', 'cancel')),
  notification('notifications/tasks/status', BOTH, NOVEMBER_2025, ofSender('tasks')),
];

function request(
  method: string,
  from: readonly Role[],
  since: Revision,
  needs: Need | null,
  when: When = 'operating',
): MethodRule {
  return { method, kind: 'request', from, since, when, needs };
}

function notification(
  method: string,
  from: readonly Role[],
  since: Revision,
  needs: Need | null,
  when: When = 'operating',
): MethodRule {
  return { method, kind: 'notification', from, since, when, needs };
}

function ofReceiver(...capability: string[]): Need {
  return need('receiver', capability);
}

function ofSender(...capability: string[]): Need {
  return need('sender', capability);
}

function need(of: Need['of'], capability: readonly string[]): Need {
  const last = capability.at(-1);
  return { of, capability, isFlag: last === 'listChanged' || last === 'subscribe' };
}
