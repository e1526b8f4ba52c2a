import { type Exchange, fence, type RawPeer, requestMessage } from '@mcp-lifeline/peer';
import { UNKNOWN_METHOD_PREFIX } from '@mcp-lifeline/specs';
import type { JsonObject } from '@mcp-lifeline/trace';
import { isAlive, openIdleSession, openSession, type Scenario, type Stage } from './scenario.js';

/** A request for a method that nobody has. */
const unknownMethod: Scenario = {
  id: 'unknown-method',
  asks: ['rpc.unknown-method'],
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    await peer.answered(peer.request(`${UNKNOWN_METHOD_PREFIX}no-such-method`, {}), budget.answerMs);
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** Ids that are easily mangled: both zeros at once, a negative one, a long one, one beyond ASCII. */
const ids: Scenario = {
  id: 'ids',
  asks: ['rpc.id-echo'],
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    // Whoever has no ping is asked for something else: it is the id that matters here.
    const hasPing = (await peer.answered(peer.request('ping'), budget.answerMs)) === 'met';
    if (!isAlive(stage)) return 'close';
    const ask = (id: string | number) =>
      hasPing ? peer.request('ping', undefined, id) : peer.request('tools/list', {}, id);
    const zeros = [ask(0), ask('0')];
    for (const zero of zeros) await peer.answered(zero, budget.answerMs);
    for (const id of [-7, `long-${'x'.repeat(300)}`, 'id-\u00fc-\u6f22-\u{1f680}']) {
      await peer.answered(ask(id), budget.answerMs);
    }
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** Notifications, one known and one unknown, on a session that is otherwise idle: what is judged everywhere sees them. */
const notifications: Scenario = {
  id: 'notifications',
  asks: [],
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    await fence(peer, budget.answerMs);
    peer.notify('notifications/roots/list_changed');
    peer.notify('notifications/mcp-lifeline/unknown');
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** What a server that knows none of it still answers, all at once; then lists and pings, ten of each in flight. */
const requests: Scenario = {
  id: 'requests',
  asks: ['rpc.every-request-answered', 'ping.ready'],
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    const hasPing = (await peer.answered(peer.request('ping'), budget.answerMs)) === 'met';
    await allAnswered(
      stage,
      ODD_REQUESTS.map(([method, params]) => peer.request(method, params)),
    );
    const methods = hasPing ? ['ping', 'tools/list'] : ['tools/list'];
    const many = Array.from({ length: 10 }, () => methods).flat();
    await allAnswered(
      stage,
      many.map((method) => peer.request(method, method === 'ping' ? undefined : {})),
    );
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A batch of two requests, and of what else is given. */
function batch(id: string, asks: string, ...others: readonly JsonObject[]): Scenario {
  return {
    id,
    asks: [asks],
    revisions: ['2025-03-26'],
    play: async (stage) => {
      const { peer, budget } = stage;
      if (!(await openIdleSession(stage))) return 'close';
      peer.send([requestMessage(peer.prepare('ping')), requestMessage(peer.prepare('tools/list'), {}), ...others]);
      // Whoever answers after some fences still has the time of more of them.
      await fence(peer, budget.answerMs);
      await fence(peer, budget.answerMs);
      return 'close';
    },
  };
}

/** Something that is no message, and at once requests: a server that is about to die of it can still be sent them. */
function outliving(id: string, asks: string, put: (peer: RawPeer) => void): Scenario {
  return {
    id,
    asks: [asks],
    countedOnly: true,
    play: async (stage) => {
      const { peer, budget } = stage;
      if (!(await openIdleSession(stage))) return 'close';
      put(peer);
      await allAnswered(stage, [peer.request('ping'), peer.request('tools/list', {})]);
      await fence(peer, budget.answerMs);
      return 'close';
    },
  };
}

function allAnswered({ peer, budget }: Stage, exchanges: readonly Exchange[]): Promise<unknown> {
  const isOver = () => exchanges.every(({ answer }) => answer !== null);
  return peer.until(isOver, budget.answerMs, 'the answers to all of them');
}

/** The scenarios about requests, answers and notifications. */
export const RPC_SCENARIOS: readonly Scenario[] = [
  requests,
  unknownMethod,
  ids,
  notifications,
  batch('batch', 'rpc.batch'),
  batch('batch-mixed', 'rpc.batch-mixed', { jsonrpc: '2.0', method: 'notifications/roots/list_changed' }),
  outliving('malformed-json', 'rpc.malformed', (peer) => peer.sendText('{"jsonrpc":"2.0","id":')),
  outliving('malformed-version', 'rpc.malformed', (peer) => peer.send({ id: 'no-version', method: 'prompts/list' })),
  outliving('malformed-scalar', 'rpc.malformed', (peer) => peer.send(42)),
  outliving('malformed-id', 'rpc.malformed', (peer) => peer.send({ jsonrpc: '2.0', id: null, method: 'prompts/list' })),
  outliving('unknown-response', 'rpc.unknown-response', (peer) =>
    peer.send({ jsonrpc: '2.0', id: 'mcp-lifeline-never-asked', result: {} }),
  ),
];

const NOBODY = 'mcp-lifeline-no-such-thing';

/** Requests that any server may refuse, and none may leave unanswered; the last ones have arguments of the wrong type. */
const ODD_REQUESTS: readonly (readonly [method: string, params: JsonObject])[] = [
  ['tools/list', {}],
  ['prompts/list', {}],
  ['resources/list', {}],
  ['resources/templates/list', {}],
  ['completion/complete', { ref: { type: 'ref/prompt', name: NOBODY }, argument: { name: 'a', value: '' } }],
  ['tools/call', { name: NOBODY, arguments: {} }],
  ['resources/read', { uri: `mcp-lifeline://${NOBODY}` }],
  ['prompts/get', { name: NOBODY }],
  ['logging/setLevel', { level: NOBODY }],
  ['tools/list', { cursor: 7 }],
  ['tools/call', { name: 7 }],
  ['resources/read', { uri: [] }],
  ['prompts/get', {}],
];
