import { isWithin, isWithinAny, OVER, processIn, type SessionAbstract, sessionIn } from './abstracts.js';
import type { EventualProperty, Parts, Setup } from './property.js';

/**
 * What must come sooner or later in such a system, by what it consists of.
 *
 * On ways that are fair: timers that are armed run out, what was sent arrives or is lost for good, what the operating system or the
 * application was asked for happens. Faults and wishes happen or do not. Calls are made finitely often: with one that is always
 * made before the last has settled, no moment would ever be without.
 */
export function eventuallyOf({ client, server, process }: Setup): readonly EventualProperty[] {
  return [
    ...(client === null ? [] : CLIENT),
    ...(server === null ? [] : SERVER),
    ...(process === null ? [] : PROCESS),
    ...(client !== null && server !== null ? BOTH : []),
    ...(client !== null && process !== null ? HOST : []),
  ];
}

const CLIENT: readonly EventualProperty[] = [
  {
    id: 'client.eventually.settles',
    title: 'Every call of the client settles',
    source: 'docs/adr/0009-session-core.md',
    from: (parts) => ofClient(parts, ({ calls }) => calls.length > 0),
    to: (parts) => ofClient(parts, ({ calls }) => calls.length === 0),
  },
  {
    id: 'client.eventually.starts',
    title: 'A start of the client ends in a session that is ready, or in its end',
    source: 'docs/limits.md',
    from: (parts) => ofClient(parts, ({ path }) => isWithin(path, 'starting')),
    to: (parts) => ofClient(parts, ({ path }) => !isWithin(path, 'starting')),
  },
  {
    id: 'client.eventually.closes',
    title:
      'A client that begins to end is closed: when it is asked, when its peer goes or falls silent, when the handshake fails',
    source: 'docs/adr/0009-session-core.md',
    from: (parts) => ofClient(parts, ({ context }) => context.why !== null || context.asked),
    to: (parts) => ofClient(parts, isOver),
  },
  {
    id: 'client.eventually.sign',
    title: 'A client does not wait for a pong for ever',
    source: '2025-11-25/ping/unanswered-terminate',
    from: (parts) => ofClient(parts, ({ awaits }) => awaits.pong),
    to: (parts) => ofClient(parts, ({ awaits }) => !awaits.pong),
  },
  {
    id: 'client.eventually.answers',
    title: 'Every request of the server that the client works on is answered or aborted',
    source: '2025-11-25/messages/json-rpc',
    from: (parts) => ofClient(parts, ({ peers }) => peers.length > 0),
    to: (parts) => ofClient(parts, ({ peers }) => peers.length === 0),
  },
];

const SERVER: readonly EventualProperty[] = [
  {
    id: 'server.eventually.settles',
    title: 'Every call of the server settles',
    source: 'docs/adr/0009-session-core.md',
    from: (parts) => ofServer(parts, ({ calls }) => calls.length > 0),
    to: (parts) => isServerGone(parts) || ofServer(parts, ({ calls }) => calls.length === 0),
  },
  {
    id: 'server.eventually.exits',
    title:
      'A server that begins to end exits: at the end of its input, on a signal, when it is asked, when its client falls silent',
    source: 'docs/limits.md',
    from: (parts) => ofServer(parts, ({ context }) => context.why !== null || context.asked),
    to: (parts) => isServerGone(parts) || ofServer(parts, isOver),
  },
  {
    id: 'server.eventually.sign',
    title: 'A server does not wait for a pong for ever',
    source: '2025-11-25/ping/unanswered-terminate',
    from: (parts) => ofServer(parts, ({ awaits }) => awaits.pong),
    to: (parts) => isServerGone(parts) || ofServer(parts, ({ awaits }) => !awaits.pong),
  },
  {
    id: 'server.eventually.answers',
    title: 'Every request of the client that the server works on is answered or aborted',
    source: '2025-11-25/messages/json-rpc',
    from: (parts) => ofServer(parts, ({ peers }) => peers.length > 0),
    to: (parts) => isServerGone(parts) || ofServer(parts, ({ peers }) => peers.length === 0),
  },
];

const PROCESS: readonly EventualProperty[] = [
  {
    id: 'process.eventually.over',
    title: 'A process that is asked to leave, ends its output or exits is over',
    source: 'docs/adr/0002-process-core.md',
    from: ({ process }) => process !== null && isLedOut(processIn(process).phase),
    to: ({ process }) => process !== null && isProcessOver(processIn(process).phase),
  },
];

const BOTH: readonly EventualProperty[] = [
  {
    id: 'both.eventually.server-ends',
    title: 'The server ends with its client: the end of its input is enough',
    source: '2025-11-25/lifecycle/stdio-shutdown',
    from: (parts) => ofClient(parts, isOver),
    to: (parts) => isServerGone(parts) || ofServer(parts, isOver),
  },
  {
    id: 'both.eventually.client-notices',
    title: 'A client whose server is gone begins to end',
    source: 'docs/adr/0009-session-core.md',
    from: (parts) => isServerGone(parts) && ofClient(parts, ({ path }) => isWithin(path, 'ready')),
    to: (parts) => ofClient(parts, ({ path }) => !isWithin(path, 'ready')),
  },
];

const HOST: readonly EventualProperty[] = [
  {
    id: 'both.eventually.process-ends',
    title: 'Nothing is left of the process of a server whose client is closed, or nobody waits for it any more',
    source: 'docs/adr/0002-process-core.md',
    from: (parts) => ofClient(parts, isOver) && parts.process !== null,
    to: ({ process }) => process !== null && isProcessOver(processIn(process).phase, true),
  },
];

function ofClient({ client }: Parts, holds: (session: SessionAbstract) => boolean): boolean {
  return client !== null && holds(sessionIn(client));
}

function ofServer(parts: Parts, holds: (session: SessionAbstract) => boolean): boolean {
  return parts.server !== null && !parts.serverIsGone && holds(sessionIn(parts.server));
}

function isServerGone({ serverIsGone }: Parts): boolean {
  return serverIsGone;
}

function isOver({ path }: SessionAbstract): boolean {
  return isWithinAny(path, OVER);
}

const PROCESS_OVER = ['reaped', 'abandoned', 'neverStarted'];

/** `idle`: a client that was closed before its start has no process. */
function isProcessOver(phase: string, mayBeIdle = false): boolean {
  return PROCESS_OVER.includes(phase) || (mayBeIdle && phase === 'idle');
}

function isLedOut(phase: string): boolean {
  return !['idle', 'spawning.wanted', 'running'].includes(phase);
}
