import type { Config } from '@mcp-lifeline/core';
import type { Source } from '../watchers/group.js';
import { isWithin, isWithinAny, LEAVING, processIn, type SessionAbstract, sessionIn } from './abstracts.js';
import { agreementProperties, channelProperties } from './both-ends.js';
import type { Parts, Setup, StateProperty } from './property.js';

/** What must hold of every state of such a system, by what it consists of. They judge no clause: nobody outside sees it. */
export function statesOf(setup: Setup): readonly StateProperty[] {
  const { client, server, process } = setup;
  return [
    ...(client === null ? [] : sessionProperties(client)),
    ...(server === null ? [] : sessionProperties(server)),
    ...(process === null ? [] : PROCESS_PROPERTIES),
    ...agreementProperties(setup),
    ...channelProperties(setup),
  ];
}

/** What a session of a role must be like, where it has a state at all. */
interface Demand {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
  readonly violation: (session: SessionAbstract) => string | null;
  readonly triggered: (session: SessionAbstract) => boolean;
}

function sessionProperties(config: Config): readonly StateProperty[] {
  const { role } = config;
  const demands = [...timerDemands(role), ...tableDemands(config), ...lifeDemands(config)];
  return demands.map(({ violation, triggered, ...named }) => ({
    ...named,
    violation: (parts) => {
      const session = stateOf(role, parts);
      return session === null ? null : violation(session);
    },
    triggered: (parts) => {
      const session = stateOf(role, parts);
      return session !== null && triggered(session);
    },
  }));
}

function stateOf(role: Config['role'], parts: Parts): SessionAbstract | null {
  const abstract = parts[role];
  return abstract === null || (role === 'server' && parts.serverIsGone) ? null : sessionIn(abstract);
}

/** The states that own a timer. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  startup: ['starting'],
  slowStart: ['starting'],
  keepalive: ['ready.quiet', 'serving.ready.quiet'],
  pong: ['ready.pinging', 'serving.ready.pinging'],
  // Pings are calls as well, and may be out before the session is ready.
  calls: ['starting.negotiating', 'ready', 'hearingOut', 'serving', 'finishing'],
  hearOut: ['hearingOut'],
  closing: ['closing'],
  drain: ['finishing'],
  cleanUp: ['draining'],
};

/** The timers that a state only tells of, and does not end by. */
const NOTICES = ['slowStart', 'calls'];

function timerDemands(role: string): readonly Demand[] {
  return [
    {
      id: `${role}.state.timers-owned`,
      title: `Each timer of the ${role} that is armed belongs to the state it is in`,
      source: 'packages/core/README.md',
      violation: ({ path, armed }) => {
        const stale = armed.find((name) => !isWithinAny(path, OWNERS[name] ?? []));
        return stale === undefined ? null : `${stale} is armed in ${path}`;
      },
      triggered: ({ armed }) => armed.length > 0,
    },
    {
      id: `${role}.state.timers-armed`,
      title: `A state in which the ${role} waits for something is left when time is up: its timer is armed`,
      source: 'docs/adr/0009-session-core.md',
      violation: ({ path, armed }) => {
        const wants = Object.keys(OWNERS).filter((name) => !NOTICES.includes(name));
        const missing = wants.find((name) => isWithinAny(path, OWNERS[name] ?? []) && !armed.includes(name));
        return missing === undefined ? null : `${missing} is not armed in ${path}`;
      },
      triggered: ({ path }) =>
        Object.keys(OWNERS).some((name) => !NOTICES.includes(name) && isWithinAny(path, OWNERS[name] ?? [])),
    },
    {
      id: `${role}.state.calls-watched`,
      title: `Where a call of the ${role} is open, the timer that looks at it is armed`,
      source: 'packages/core/README.md',
      violation: ({ calls, armed }) =>
        calls.length > 0 && !armed.includes('calls') ? 'nothing will look at it' : null,
      triggered: ({ calls }) => calls.length > 0,
    },
  ];
}

/** What is remembered of calls that were given up, at most: see the core's `GIVEN_UP_KEPT`. */
const MOST_GIVEN_UP = 2_048;

function tableDemands({ role, maxCalls, maxPeerRequests, maxBatch }: Config): readonly Demand[] {
  return [
    {
      id: `${role}.state.bounds`,
      title: `What the ${role} keeps stays within its bounds`,
      source: 'docs/limits.md',
      violation: ({ calls, peers, givenUp, batches }) => {
        if (calls.length > maxCalls) return `${calls.length} calls`;
        if (peers.length > maxPeerRequests) return `${peers.length} requests of the peer`;
        if (givenUp.length > MOST_GIVEN_UP) return `${givenUp.length} calls that were given up`;
        const long = batches.find(({ open, answers }) => open + answers.length > maxBatch);
        return long === undefined ? null : 'a batch that is too long';
      },
      triggered: ({ calls, peers }) => calls.length + peers.length > 0,
    },
    {
      id: `${role}.state.nothing-left`,
      title: `Once the ${role} leaves it has no call, no handler and no batch open`,
      source: 'docs/adr/0009-session-core.md',
      violation: ({ path, calls, peers, batches }) => {
        const left = calls.length + peers.length + batches.length;
        return isWithinAny(path, LEAVING) && left > 0 ? `${left} are left in ${path}` : null;
      },
      triggered: ({ path }) => isWithinAny(path, LEAVING),
    },
    {
      id: `${role}.state.batches`,
      title: `A batch of which the ${role} owes answers is open as often as requests of it are`,
      source: '2025-03-26/messages/batch-receive',
      violation: ({ peers, batches }) => {
        const wrong = batches.findIndex(({ open }, at) => open !== peers.filter(({ batch }) => batch === at).length);
        if (wrong !== -1) return `the batch ${wrong} is open ${batches[wrong]?.open} times`;
        return batches.some(({ open }) => open === 0) ? 'a batch that is done is kept' : null;
      },
      triggered: ({ batches }) => batches.length > 0,
    },
    {
      id: `${role}.state.ids`,
      title: `An id of the peer's means one open request of the ${role} at most`,
      source: 'docs/adr/0009-session-core.md',
      violation: ({ peers }) => {
        const newest = peers.filter(({ isNewest }) => isNewest).map(({ id }) => id);
        return new Set(newest).size === newest.length ? null : 'an id means two of them';
      },
      triggered: ({ peers }) => peers.length > 0,
    },
  ];
}

function lifeDemands({ role, misses: most }: Config): readonly Demand[] {
  return [
    {
      id: `${role}.state.cause`,
      title: `The ${role} knows why it ends exactly when it ends`,
      source: 'docs/machines/client.md',
      violation: ({ path, context }) => {
        const ends = isWithinAny(path, [...LEAVING, 'hearingOut', 'finishing']);
        return ends === (context.why !== null) ? null : `${path}, because of ${String(context.why)}`;
      },
      triggered: ({ context }) => context.why !== null,
    },
    {
      id: `${role}.state.pong`,
      title: `The ${role} waits for a pong exactly as long as its ping is out`,
      source: '2025-11-25/ping/periodic',
      violation: ({ path, awaits }) =>
        awaits.pong === path.endsWith('pinging') ? null : `waits: ${awaits.pong}, in ${path}`,
      triggered: ({ awaits }) => awaits.pong,
    },
    {
      id: `${role}.state.misses`,
      title: `The ${role} counts no more misses than it forgives`,
      source: 'docs/adr/0010-keepalive-and-strictness.md',
      violation: ({ context }) => (context.misses < Math.max(1, most) ? null : `${context.misses} misses`),
      triggered: ({ context }) => context.misses > 0,
    },
    {
      id: `${role}.state.agreed`,
      title: `A ${role} that is ready knows its peer, and one that is not yet agreed on anything does not`,
      source: '2025-11-25/lifecycle/negotiated-version',
      violation: ({ path, revision, capabilities }) => {
        const knows = revision !== null && capabilities !== null;
        if (isWithinAny(path, AGREED)) return knows ? null : `nothing is known of the peer in ${path}`;
        return isWithinAny(path, UNAGREED) && knows ? `the peer is known in ${path}` : null;
      },
      triggered: ({ path }) => isWithinAny(path, AGREED),
    },
  ];
}

const AGREED = ['ready', 'serving.answered', 'serving.ready'];
const UNAGREED = ['idle', 'starting', 'serving.listening'];

const PROCESS_OWNERS: Readonly<Record<string, string>> = {
  drain: 'hearingOut',
  grace: 'endingInput',
  term: 'terminating',
  reap: 'killing',
};

const PROCESS_PROPERTIES: readonly StateProperty[] = [
  {
    id: 'process.state.timers',
    title: 'A timer of a process is armed exactly in the state that it ends',
    source: 'packages/core/README.md',
    violation: ({ process }) => {
      if (process === null) return null;
      const { phase, armed } = processIn(process);
      const due = Object.keys(PROCESS_OWNERS).filter((name) => PROCESS_OWNERS[name] === phase);
      return due.join() === armed.join() ? null : `armed in ${phase}: ${armed.join(', ') || 'none'}`;
    },
    triggered: ({ process }) => process !== null && processIn(process).armed.length > 0,
  },
  {
    id: 'process.state.facts',
    title:
      'What is known of a process fits together: no group is gone before its leader, and who was reaped is known all of',
    source: 'docs/adr/0009-session-core.md',
    violation: ({ process }) => {
      if (process === null) return null;
      const { phase, exit, groupGone, outputDone } = processIn(process);
      if (groupGone && exit === null) return 'the group is gone, and its leader lives';
      if (phase === 'reaped' && !(groupGone && outputDone)) return 'reaped before all was known';
      return phase === 'running' && (exit !== null || outputDone) ? 'it runs, and has ended' : null;
    },
    triggered: ({ process }) => process !== null && isWithin(processIn(process).phase, 'reaped'),
  },
];
