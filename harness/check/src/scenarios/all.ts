import { fence } from '@mcp-lifeline/peer';
import { UNKNOWN_METHOD_PREFIX } from '@mcp-lifeline/specs';
import { handshakeAnswered, initializeRequest, isAlive, openSession, type Scenario } from './scenario.js';

/** Only `initialize`: what a version offered to the server gets. */
export const offer: Scenario = {
  id: 'offer',
  play: async (stage) => {
    const { exchange, message } = initializeRequest(stage);
    stage.peer.send(message);
    await handshakeAnswered(stage, exchange);
    return 'close';
  },
};

/** The handshake with `initialized` held back, so that a server in a hurry shows itself. */
export const handshake: Scenario = {
  id: 'handshake',
  play: async (stage) => {
    const { peer, budget } = stage;
    const { exchange, message } = initializeRequest(stage);
    peer.send(message);
    if (!(await handshakeAnswered(stage, exchange))) return 'close';
    await peer.hold('initialized', budget.holdMs);
    // Only pings may be sent now; after three answered ones the server had every chance.
    for (let sent = 0; sent < 3 && !peer.isGone; sent += 1) {
      if ((await peer.answered(peer.request('ping'), budget.answerMs)) === 'met') continue;
      peer.absent('fences', 'a ping before initialized was not answered');
      break;
    }
    peer.notify('notifications/initialized');
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A ping on the heels of `initialize`, in the same write. */
export const pingBefore: Scenario = {
  id: 'ping-before',
  play: async (stage) => {
    const { peer, budget } = stage;
    const { exchange, message } = initializeRequest(stage);
    const ping = peer.prepare('ping');
    peer.send(message, { jsonrpc: '2.0', id: ping.id, method: 'ping' });
    if (!(await handshakeAnswered(stage, exchange))) return 'close';
    peer.notify('notifications/initialized');
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A ping as the very first message. */
export const pingFirst: Scenario = {
  id: 'ping-first',
  play: async (stage) => {
    const { peer, budget } = stage;
    peer.request('ping');
    if (await openSession(stage)) await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A ping on a ready session; then the end of input on an idle one. */
export const ready: Scenario = {
  id: 'ready',
  judgesLeaving: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    const ping = peer.request('ping');
    await peer.answered(ping, budget.answerMs);
    // Idle also means that the server's own first requests are answered: some ask for the roots after a while.
    await peer.hold('the end of input', budget.holdMs);
    await fence(peer, budget.answerMs);
    isAlive(stage);
    return 'close';
  },
};

/** A request for a method that nobody has. */
export const unknownMethod: Scenario = {
  id: 'unknown-method',
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    await peer.answered(peer.request(`${UNKNOWN_METHOD_PREFIX}no-such-method`, {}), budget.answerMs);
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** Ids that are easily mangled: both zeros at once, a negative one, a long one, one beyond ASCII. */
export const ids: Scenario = {
  id: 'ids',
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

/** Notifications, one known and one unknown, on a session that is otherwise idle. */
export const notifications: Scenario = {
  id: 'notifications',
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

/** SIGTERM to an idle session whose input stays open. */
export const sigterm: Scenario = {
  id: 'sigterm',
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    await fence(peer, budget.answerMs);
    if (!isAlive(stage)) return 'close';
    peer.signal('SIGTERM');
    await peer.exited(budget.leaveMs, 'an exit after SIGTERM');
    return 'kill';
  },
};

/** The scenarios that every spoken revision goes through, in this order. */
export const SESSION_SCENARIOS: readonly Scenario[] = [
  handshake,
  pingBefore,
  pingFirst,
  ready,
  unknownMethod,
  ids,
  notifications,
  sigterm,
];
