import { fence, requestMessage } from '@mcp-lifeline/peer';
import { isAlive, openIdleSession, openSession, type Scenario, type Stage } from './scenario.js';
import { callTool, progressesOf } from './tool-call.js';

/** A ping early in a slow call, which tells of its progress. */
const busy: Scenario = {
  id: 'busy',
  asks: ['ping.busy', 'progress.increases'],
  countedOnly: true,
  needs: 'slowTool',
  play: async (stage) => {
    const { peer, budget, tools } = stage;
    if (!(await openSession(stage))) return 'close';
    await fence(peer, budget.answerMs);
    const { slow } = tools;
    if (slow === null || !isAlive(stage)) return 'close';
    const call = callTool(peer, slow, 'mcp-lifeline-busy');
    const calledAt = performance.now();
    await peer.hold('a ping', 100);
    await peer.answered(peer.request('ping'), slow.takesMs + budget.answerMs);
    await peer.answered(call.exchange, slow.takesMs + budget.answerMs);
    if (performance.now() - calledAt < slow.takesMs / 2) {
      peer.absent('slowTool', `${slow.name} was quicker than when it was tried`);
    }
    const told = progressesOf(peer, call).length;
    if (told < 2) peer.absent('progress', `${slow.name} told of its progress ${told === 0 ? 'not at all' : 'once'}`);
    // A clock that ticks on after the answer shows itself.
    await peer.hold('progress after the answer', Math.min(slow.takesMs / 3, 1000));
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A slow call, cancelled after a third of its time, and time enough for what should not come. */
function cancelling(id: string, asks: readonly string[], requestId: number): Scenario {
  return {
    id,
    asks,
    countedOnly: true,
    needs: 'slowTool',
    play: async (stage) => {
      const { peer, budget, tools } = stage;
      if (!(await openSession(stage))) return 'close';
      await fence(peer, budget.answerMs);
      const { slow } = tools;
      if (slow === null || !isAlive(stage)) return 'close';
      const call = callTool(peer, slow, requestId + TOKEN_OFFSET, requestId);
      await peer.hold('the cancellation', slow.takesMs / 3);
      const isDue = slow.progresses > 0 && progressesOf(peer, call).length === 0;
      if (isDue) await peer.hold('the cancellation', slow.takesMs / 6);
      if (call.exchange.answer !== null) {
        peer.absent('slowTool', `${slow.name} was over before it could be cancelled`);
        return 'close';
      }
      peer.notify('notifications/cancelled', { requestId, reason: 'mcp-lifeline cancels it' });
      await heldAnswer(stage, call.exchange, slow.takesMs);
      if (progressesOf(peer, call).length === 0) peer.absent('progress', `${slow.name} told of no progress`);
      await fence(peer, budget.answerMs);
      return 'close';
    },
  };
}

/** Holds still until a call that was cancelled would have been over, and says what came of it. */
async function heldAnswer({ peer }: Stage, exchange: { readonly answer: unknown }, takesMs: number): Promise<void> {
  await peer.hold('an answer that crossed the cancellation', CROSSING_MS);
  if (exchange.answer !== null) peer.absent('slowTool', 'the call was answered right after its cancellation');
  await peer.hold('the answer to a cancelled call', takesMs);
  if (exchange.answer !== null) peer.absent('control', 'a call with another id is answered though it is cancelled');
}

/** Longer than what may still be a crossing. */
const CROSSING_MS = 300;
/** A token is no id: whoever mixes them up is found out. */
const TOKEN_OFFSET = 70_000;

/** Cancellations that name no open request: an unknown id, that of a finished request, and none at all. */
const cancelUnknown: Scenario = {
  id: 'cancel-unknown',
  asks: ['cancel.unknown-id'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openSession(stage))) return 'close';
    await fence(peer, budget.answerMs);
    const finished = peer.request('tools/list', {});
    await peer.answered(finished, budget.answerMs);
    if (!isAlive(stage)) return 'close';
    for (const params of [
      { requestId: 987_654 },
      { requestId: 'mcp-lifeline-never-sent' },
      { requestId: finished.id },
      { reason: 'no request is named' },
      { requestId: ['of', 'another', 'type'] },
    ]) {
      peer.notify('notifications/cancelled', params);
    }
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

const RACES = 5;

/** A request and its cancellation in one write, several times. */
const cancelRace: Scenario = {
  id: 'cancel-race',
  asks: ['cancel.race'],
  countedOnly: true,
  play: async (stage) => {
    const { peer, budget } = stage;
    if (!(await openIdleSession(stage))) return 'close';
    for (let race = 0; race < RACES; race += 1) {
      const method = race % 2 === 0 ? 'tools/list' : 'ping';
      const exchange = peer.prepare(method);
      const params = { requestId: exchange.id, reason: 'mcp-lifeline cancels it at once' };
      const request = requestMessage(exchange, method === 'ping' ? undefined : {});
      peer.send(request, { jsonrpc: '2.0', method: 'notifications/cancelled', params });
    }
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** A tool that makes the server ask the client: what it asks is judged wherever it does. */
const asking: Scenario = {
  id: 'asking',
  asks: [],
  countedOnly: true,
  needs: 'askingTool',
  play: async (stage) => {
    const { peer, budget, tools } = stage;
    if (!(await openSession(stage))) return 'close';
    await fence(peer, budget.answerMs);
    if (tools.asking === null || !isAlive(stage)) return 'close';
    peer.replies.delay(REPLY_MS);
    const call = callTool(peer, tools.asking, 'mcp-lifeline-asking');
    await peer.answered(call.exchange, budget.answerMs);
    // Whoever does not wait for our answers gets them nevertheless.
    await peer.hold('our answers', REPLY_MS);
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/** How long a user takes to answer: what the server asks in the meantime is open at the same time. In ms. */
const REPLY_MS = 200;

/** The scenario whose cancelled call is the control of the one with the id 0. */
export const cancel = cancelling('cancel', ['cancel.stops-response', 'cancel.stops-progress', 'cancel.race'], 4242);

/** The same with the id 0, which is a number like any other. */
export const cancelZero = cancelling('cancel-zero', ['cancel.id-zero'], 0);

/** The scenarios that need a tool which takes its time, and those of the same families that do not. */
export const SLOW_SCENARIOS: readonly Scenario[] = [busy, cancelRace, cancel, cancelZero, cancelUnknown, asking];
