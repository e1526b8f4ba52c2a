import { fence } from '@mcp-lifeline/peer';
import { isAlive, openSession, type Scenario } from './scenario.js';

/** Nothing declared, and the tool called that makes the server ask the client where it can. */
const undeclaredTool: Scenario = {
  id: 'undeclared-tool',
  asks: ['capability.undeclared'],
  needs: 'askingTool',
  play: async (stage) => {
    const { peer, budget, tools } = stage;
    if (!(await openSession(stage, {}))) return 'close';
    await fence(peer, budget.answerMs);
    if (tools.asking === null || !isAlive(stage)) return 'close';
    const { name, args } = tools.asking;
    const call = peer.request('tools/call', { name, arguments: args });
    if ((await peer.answered(call, budget.answerMs)) === 'met') await fence(peer, budget.answerMs);
    else peer.absent('fences', `${name} was not answered`);
    return 'close';
  },
};

/** Nothing declared, and the server left to itself: it may ask for something nevertheless. */
const undeclared: Scenario = {
  id: 'undeclared',
  asks: ['capability.undeclared'],
  play: async (stage) => {
    const { peer, budget, tools } = stage;
    if (tools.asking === null) peer.absent('askingTool', 'no tool is known to make the server ask the client');
    if (!(await openSession(stage, {}))) return 'close';
    await peer.hold('anything that would need a capability', budget.holdMs);
    await fence(peer, budget.answerMs);
    return 'close';
  },
};

/**
 * The scenarios about what was and was not declared. That of the tool comes first: where both show nothing, it is the one
 * that could have.
 */
export const CAPABILITY_SCENARIOS: readonly Scenario[] = [undeclaredTool, undeclared];
