import type { Json } from '@mcp-lifeline/core';
import { isWithin, sessionIn } from './abstracts.js';
import type { Parts, Setup, StateProperty } from './property.js';

/** What both ends of one session must have in common. */
export function agreementProperties({ client, server }: Setup): readonly StateProperty[] {
  if (client === null || server === null) return [];
  return [
    {
      id: 'both.state.revision',
      title: 'Once both are ready, client and server speak the same revision',
      source: '2025-11-25/lifecycle/negotiated-version',
      violation: (parts) => {
        if (!areReady(parts)) return null;
        const [ours, theirs] = [sessionIn(parts.client).revision, sessionIn(parts.server).revision];
        return ours === theirs ? null : `${String(ours)} and ${String(theirs)}`;
      },
      triggered: areReady,
    },
    {
      id: 'both.state.capabilities',
      title: 'Once both are ready, each knows the capabilities that the other declared',
      source: '2025-11-25/lifecycle/negotiated-capabilities',
      violation: (parts) => {
        if (!areReady(parts)) return null;
        if (!isSame(sessionIn(parts.client).capabilities, server.capabilities)) return 'the client knows others';
        return isSame(sessionIn(parts.server).capabilities, client.capabilities) ? null : 'the server knows others';
      },
      triggered: areReady,
    },
  ];
}

/** How much may be under way. */
export function channelProperties({ mostUnderWay }: Setup): readonly StateProperty[] {
  if (mostUnderWay === undefined) return [];
  return [
    {
      id: 'both.state.channels',
      title: `No more than ${mostUnderWay} messages are under way in either direction`,
      source: 'docs/limits.md',
      violation: ({ toServer, toClient }) => {
        const most = Math.max(toServer, toClient);
        return most > mostUnderWay ? `${most} messages` : null;
      },
      triggered: ({ toServer, toClient }) => toServer + toClient > 0,
    },
  ];
}

type BothReady = Parts & { readonly client: Json; readonly server: Json };

function areReady(parts: Parts): parts is BothReady {
  if (parts.client === null || parts.server === null || parts.serverIsGone) return false;
  return isWithin(sessionIn(parts.client).path, 'ready') && isWithin(sessionIn(parts.server).path, 'serving.ready');
}

function isSame(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
