import { fence } from '@mcp-lifeline/peer';
import { handshakeAnswered, initializeRequest, openIdleSession, openSession, type Scenario } from './scenario.js';

/** Only `initialize`: what a version offered to the server gets. */
export const offer: Scenario = {
  id: 'offer',
  asks: ['version.counter-offer', 'version.counter-latest'],
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
  asks: ['handshake.result', 'handshake.no-early-requests', 'handshake.no-early-updates', 'version.echo'],
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
const pingBefore: Scenario = {
  id: 'ping-before',
  asks: ['handshake.ping-before'],
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
const pingFirst: Scenario = {
  id: 'ping-first',
  asks: ['handshake.ping-first'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    peer.request('ping');
    if (await openSession(stage)) await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** Another request as the very first message. */
const requestFirst: Scenario = {
  id: 'request-first',
  asks: ['handshake.requests-before-initialize'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    peer.request('tools/list', {});
    if (await openSession(stage)) await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** `initialize` once more, on a session that is ready and idle. */
const initializeTwice: Scenario = {
  id: 'initialize-twice',
  asks: ['handshake.second-initialize'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openIdleSession(stage))) return 'close';
    const { exchange, message } = initializeRequest(stage);
    peer.send(message);
    await peer.answered(exchange, budget.answerMs);
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** The scenarios around the handshake; `offer` is played for versions, not for revisions. */
export const HANDSHAKE_SCENARIOS: readonly Scenario[] = [
  handshake,
  pingBefore,
  pingFirst,
  requestFirst,
  initializeTwice,
];
