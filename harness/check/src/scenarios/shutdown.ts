import { type Exchange, fence, requestMessage } from '@mcp-lifeline/peer';
import {
  handshakeAnswered,
  initializeRequest,
  isAlive,
  openIdleSession,
  openSession,
  type Scenario,
  type Stage,
} from './scenario.js';

/** A ping on a ready session; then the end of input on an idle one. */
export const ready: Scenario = {
  id: 'ready',
  asks: ['ping.ready', 'shutdown.eof-idle', 'shutdown.survivors', 'shutdown.exit-code', 'stderr.noise'],
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

/** The end of input on the heels of `initialize`. */
const eofMidHandshake: Scenario = {
  id: 'eof-mid-handshake',
  asks: ['shutdown.eof-mid-handshake', 'shutdown.survivors'],
  countedOnly: true,
  judgesLeaving: true,
  play: async (stage) => {
    const { peer } = stage;
    const { exchange, message } = initializeRequest(stage);
    peer.send(message);
    peer.endInput();
    // Who has not begun to listen cannot leave yet: the time to leave begins with the answer. Many leave without one.
    await handshakeAnswered(stage, exchange);
    return 'close';
  },
};

/** The end of input while a call runs. */
const eofMidRequest: Scenario = {
  id: 'eof-mid-request',
  asks: ['shutdown.eof-mid-request', 'shutdown.survivors'],
  countedOnly: true,
  needs: 'slowTool',
  judgesLeaving: true,
  play: async (stage) => {
    const { peer, budget, tools } = stage;
    if (!(await openSession(stage)) || !(await fence(peer, budget.answerMs))) return 'close';
    if (tools.slow === null || !isAlive(stage)) return 'close';
    const { name, args, takesMs } = tools.slow;
    const call = peer.request('tools/call', { name, arguments: args });
    await peer.hold('the end of input, so that the call is under way', Math.min(budget.holdMs, takesMs) / 2);
    if (call.answer !== null) peer.absent('slowTool', `${name} was answered at once this time`);
    return 'close';
  },
};

/** The end of input while a request of the server's own waits for our answer. */
const eofOwedAnswer: Scenario = {
  id: 'eof-owed-answer',
  asks: ['shutdown.eof-owed-answer', 'shutdown.survivors'],
  countedOnly: true,
  judgesLeaving: true,
  isSilent: true,
  play: async (stage) => {
    if (!(await openSession(stage))) return 'close';
    await provoke(stage);
    isAlive(stage);
    return 'close';
  },
};

/** Requests, and the end of input at once. */
const eofAnswers: Scenario = {
  id: 'eof-answers',
  asks: ['shutdown.answers-kept'],
  countedOnly: true,
  play: async (stage) => {
    const { peer } = stage;
    if (!(await openIdleSession(stage))) return 'close';
    const pings = Array.from({ length: 5 }, () => requestMessage(peer.prepare('ping')));
    // In one write, so that the end of input is there as soon as they are.
    peer.send(...pings, requestMessage(peer.prepare('tools/list'), {}));
    peer.endInput();
    return 'close';
  },
};

/** SIGTERM to an idle session whose input stays open. */
export const sigterm: Scenario = {
  id: 'sigterm',
  asks: ['shutdown.sigterm', 'shutdown.exit-code'],
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openIdleSession(stage))) return 'close';
    peer.signal('SIGTERM');
    await peer.exited(budget.leaveMs, 'an exit after SIGTERM');
    return 'kill';
  },
};

/** We stop reading what a ready server writes, and make it write. */
const brokenStdout: Scenario = {
  id: 'broken-stdout',
  asks: ['shutdown.broken-stdout'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openIdleSession(stage))) return 'close';
    peer.closeOutput();
    for (let sent = 0; sent < 5 && !peer.isGone; sent += 1) {
      peer.request('ping');
      await peer.hold('the next ping', budget.holdMs / 10);
    }
    // To find out takes some time of the processor, once.
    await peer.hold('a measurement', budget.holdMs);
    // On a busy machine whoever spins gets less than it wants: what is not clear is measured again.
    for (let measured = 0; measured < 3; measured += 1) {
      const share = await peer.measureLoad(budget.holdMs);
      if (share === null || share > 0.5 || share < 0.2) break;
    }
    return 'kill';
  },
};

/** A request of the server's own that is never answered. */
const neverAnswered: Scenario = {
  id: 'never-answered',
  asks: ['timeout.server-request'],
  onlyByName: true,
  isSilent: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    const call = await provoke(stage);
    if (peer.serverRequests === 0) return 'close';
    const hasGivenUp = () => peer.serverCancels > 0 || (call !== null && call.answer !== null);
    await peer.until(hasGivenUp, budget.patienceMs, 'the server to give up on its own request');
    return 'close';
  },
};

/** The scenarios about leaving. */
export const SHUTDOWN_SCENARIOS: readonly Scenario[] = [
  ready,
  eofMidHandshake,
  eofMidRequest,
  eofOwedAnswer,
  eofAnswers,
  sigterm,
  brokenStdout,
  neverAnswered,
];

/**
 * Waits for a request of the server's own: the one that some send after the handshake, else one that a tool makes it send.
 * @returns the call of that tool
 */
async function provoke({ peer, budget, tools }: Stage): Promise<Exchange | null> {
  const hasAsked = () => peer.serverRequests > 0;
  await peer.until(hasAsked, budget.holdMs, 'a request of the server');
  if (hasAsked() || tools.asking === null || peer.isGone) return null;
  const { name, args } = tools.asking;
  const call = peer.request('tools/call', { name, arguments: args });
  await peer.until(hasAsked, budget.answerMs, `the request that ${name} makes the server send`);
  return call;
}
