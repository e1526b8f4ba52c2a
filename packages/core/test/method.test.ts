import { clause } from '@mcp-lifeline/specs';
import { describe, expect, test } from 'vitest';
import { type Agreement, lookUp, METHODS, mayNotify, mayRequest, type Role, waitsFor } from '../src/method.ts';
import { LATEST_REVISION, REVISIONS } from '../src/revision.ts';

const CAPABILITIES = {
  client: {
    roots: { listChanged: true },
    sampling: {},
    elicitation: { form: {}, url: {} },
    tasks: { list: {}, cancel: {} },
  },
  server: {
    completions: {},
    logging: {},
    prompts: { listChanged: true },
    resources: { subscribe: true, listChanged: true },
    tools: { listChanged: true },
    tasks: { list: {}, cancel: {} },
  },
};
const EVERYTHING: Agreement = { revision: LATEST_REVISION, ...CAPABILITIES };
const NOTHING: Agreement = { revision: LATEST_REVISION, client: {}, server: {} };
const ROLES: readonly Role[] = ['client', 'server'];

describe('looking up a method', () => {
  test('finds every row', () => {
    for (const rule of METHODS) expect(lookUp(rule.method)).toBe(rule);
  });

  test.each(['__proto__', 'constructor', 'hasOwnProperty', '', 'Ping', 'ping '])('finds nothing for %j', (method) => {
    expect(lookUp(method)).toBeUndefined();
  });
});

describe('where everything was declared, in the latest revision', () => {
  test.each(METHODS)('$method is for $from to send', ({ method, kind, from }) => {
    for (const role of ROLES) {
      const refusal = may(kind)(role, method, EVERYTHING);
      if (from.includes(role)) expect(refusal).toBeNull();
      else expect(refusal).toMatchObject({ code: 'wrongSide', why: `${method} is not sent by a ${role}` });
    }
  });

  test.each(METHODS)('$method is a $kind and nothing else', ({ method, kind, from }) => {
    const [role = 'client'] = from;
    const other = kind === 'request' ? mayNotify : mayRequest;
    expect(other(role, method, EVERYTHING)).toMatchObject({ code: 'wrongKind', why: `${method} is a ${kind}` });
  });
});

describe('what was not declared', () => {
  test.each([
    ['client', 'request', 'prompts/list', 'server', 'prompts'],
    ['client', 'request', 'prompts/get', 'server', 'prompts'],
    ['client', 'request', 'resources/list', 'server', 'resources'],
    ['client', 'request', 'resources/templates/list', 'server', 'resources'],
    ['client', 'request', 'resources/read', 'server', 'resources'],
    ['client', 'request', 'resources/subscribe', 'server', 'resources.subscribe'],
    ['client', 'request', 'resources/unsubscribe', 'server', 'resources.subscribe'],
    ['client', 'request', 'tools/list', 'server', 'tools'],
    ['client', 'request', 'tools/call', 'server', 'tools'],
    ['client', 'request', 'completion/complete', 'server', 'completions'],
    ['client', 'request', 'logging/setLevel', 'server', 'logging'],
    ['client', 'request', 'tasks/get', 'server', 'tasks'],
    ['client', 'request', 'tasks/result', 'server', 'tasks'],
    ['client', 'request', 'tasks/list', 'server', 'tasks.list'],
    ['client', 'request', 'tasks/cancel', 'server', 'tasks.cancel'],
    ['client', 'notification', 'notifications/roots/list_changed', 'client', 'roots.listChanged'],
    ['client', 'notification', 'notifications/tasks/status', 'client', 'tasks'],
    ['server', 'request', 'roots/list', 'client', 'roots'],
    ['server', 'request', 'sampling/createMessage', 'client', 'sampling'],
    ['server', 'request', 'elicitation/create', 'client', 'elicitation'],
    ['server', 'request', 'tasks/get', 'client', 'tasks'],
    ['server', 'request', 'tasks/result', 'client', 'tasks'],
    ['server', 'request', 'tasks/list', 'client', 'tasks.list'],
    ['server', 'request', 'tasks/cancel', 'client', 'tasks.cancel'],
    ['server', 'notification', 'notifications/message', 'server', 'logging'],
    ['server', 'notification', 'notifications/prompts/list_changed', 'server', 'prompts.listChanged'],
    ['server', 'notification', 'notifications/resources/list_changed', 'server', 'resources.listChanged'],
    ['server', 'notification', 'notifications/resources/updated', 'server', 'resources.subscribe'],
    ['server', 'notification', 'notifications/tools/list_changed', 'server', 'tools.listChanged'],
    ['server', 'notification', 'notifications/elicitation/complete', 'client', 'elicitation.url'],
    ['server', 'notification', 'notifications/tasks/status', 'server', 'tasks'],
  ] as const)('forbids the %s the %s %s without the %s having %s', (from, kind, method, owner, capability) => {
    expect(may(kind)(from, method, { ...EVERYTHING, [owner]: {} })).toEqual({
      code: 'undeclared',
      why: `the ${owner} did not declare ${capability}`,
      clause: '2025-11-25/lifecycle/negotiated-capabilities',
    });
    // What the other side declared does not help.
    expect(may(kind)(from, method, { ...NOTHING, [owner]: CAPABILITIES[owner] })).toBeNull();
  });

  test('forbids nothing that needs no capability', () => {
    const free = METHODS.filter(({ kind, from, method }) => from.every((role) => !may(kind)(role, method, NOTHING)));
    expect(free.map(({ method }) => method)).toEqual([
      'initialize',
      'notifications/initialized',
      'ping',
      'notifications/cancelled',
      'notifications/progress',
    ]);
  });
});

describe('a capability', () => {
  const tools = (declared: unknown) => ({ ...NOTHING, server: JSON.parse(JSON.stringify({ tools: declared })) });

  test.each([{}, { listChanged: false }, true])('counts as declared when it is %o', (declared) => {
    expect(mayRequest('client', 'tools/call', tools(declared))).toBeNull();
  });

  test.each([null, false, 0, '', 'yes', [], undefined])('does not when it is %o', (declared) => {
    expect(mayRequest('client', 'tools/call', tools(declared))?.code).toBe('undeclared');
  });

  test('that is a flag counts as declared when it is true', () => {
    expect(mayNotify('server', 'notifications/tools/list_changed', tools({ listChanged: true }))).toBeNull();
  });

  test.each([false, null, {}, 1, 'true'])('that is a flag does not when it is %o', (listChanged) => {
    expect(mayNotify('server', 'notifications/tools/list_changed', tools({ listChanged }))?.code).toBe('undeclared');
  });

  test.each([true, [], 'list', null])('has nothing below it when it is %o', (tasks) => {
    expect(mayRequest('client', 'tasks/list', { ...NOTHING, server: { tasks } })?.code).toBe('undeclared');
  });
});

describe('a revision', () => {
  test.each(METHODS)('forbids $method before $since', ({ method, kind, from, since }) => {
    for (const revision of REVISIONS) {
      for (const role of from) {
        const refusal = may(kind)(role, method, { ...EVERYTHING, revision });
        if (revision >= since) expect(refusal).toBeNull();
        else expect(refusal).toMatchObject({ code: 'wrongRevision', why: `${method} came with ${since}` });
      }
    }
  });

  test('older than the capability for completions does not ask for it', () => {
    const without = REVISIONS.map((revision) => mayRequest('client', 'completion/complete', { ...NOTHING, revision }));
    expect(without.map((refusal) => refusal?.code ?? null)).toEqual([null, 'undeclared', 'undeclared', 'undeclared']);
  });
});

describe('a method that no revision knows', () => {
  test.each(['acme/frobnicate', 'notifications/acme', '__proto__', 'constructor', ''])('is allowed: %j', (method) => {
    for (const role of ROLES) {
      expect(mayRequest(role, method, NOTHING)).toBeNull();
      expect(mayNotify(role, method, NOTHING)).toBeNull();
    }
  });
});

describe('a refusal', () => {
  test.each([
    [
      'a notification with an id',
      mayRequest('client', 'notifications/initialized', EVERYTHING),
      'messages/notification-no-id',
    ],
    ['a request without an id', mayNotify('client', 'ping', EVERYTHING), 'messages/request-id'],
    ['the request of the other side', mayRequest('server', 'tools/call', EVERYTHING), 'lifecycle/negotiated-version'],
    ['what was not declared', mayRequest('client', 'tools/call', NOTHING), 'lifecycle/negotiated-capabilities'],
  ])('of %s cites the clause', (_, refusal, name) => {
    expect(refusal?.clause).toBe(`2025-11-25/${name}`);
  });

  test('of what a later revision brought cites the clause of the one agreed on', () => {
    const refusal = mayRequest('server', 'elicitation/create', { ...EVERYTHING, revision: '2025-03-26' });
    expect(refusal?.clause).toBe('2025-03-26/lifecycle/negotiated-version');
  });

  test.each(REVISIONS)('cites a clause that %s has', (revision) => {
    const refused = METHODS.flatMap(({ method }) =>
      ROLES.flatMap((role) => [mayRequest, mayNotify].map((ask) => ask(role, method, { ...NOTHING, revision }))),
    ).filter((refusal) => refusal !== null);
    expect(new Set(refused.map(({ code }) => code)).size).toBe(revision === LATEST_REVISION ? 3 : 4);
    for (const refusal of refused) expect(clause(refusal.clause)?.revision, refusal.clause).toBe(revision);
  });
});

describe('before operation', () => {
  const waiting = (role: Role, what: string) =>
    METHODS.filter(({ from, method }) => from.includes(role) && waitsFor(role, method) === what).map((r) => r.method);

  test('the client waits for nothing with initialize, pings, cancellation and progress', () => {
    const atOnce = ['initialize', 'ping', 'notifications/cancelled', 'notifications/progress'];
    expect(waiting('client', 'nothing')).toEqual(atOnce);
  });

  test('the client waits with all else for the answer to initialize (lifecycle/early-client-requests)', () => {
    expect(waiting('client', 'initialized')).toEqual([]);
    expect(waitsFor('client', 'tools/list')).toBe('answer');
    expect(waitsFor('client', 'acme/frobnicate')).toBe('answer');
    expect(waitsFor('client', 'notifications/initialized')).toBe('answer');
  });

  test('the server waits for nothing with pings, cancellation and progress', () => {
    expect(waiting('server', 'nothing')).toEqual(['ping', 'notifications/cancelled', 'notifications/progress']);
  });

  test('the server waits with log messages for its answer alone, which declares them', () => {
    expect(waiting('server', 'answer')).toEqual(['notifications/message']);
  });

  test('the server waits with all else for initialized (lifecycle/early-server-requests)', () => {
    expect(waitsFor('server', 'roots/list')).toBe('initialized');
    expect(waitsFor('server', 'notifications/tools/list_changed')).toBe('initialized');
    expect(waitsFor('server', 'acme/frobnicate')).toBe('initialized');
  });
});

function may(kind: 'request' | 'notification'): typeof mayRequest {
  return kind === 'request' ? mayRequest : mayNotify;
}
