import { CLIENT_CAPABILITIES, type Exchange, type RawPeer, requestMessage } from '@mcp-lifeline/peer';
import type { JsonObject } from '@mcp-lifeline/trace';
import type { Budget } from '../budget.js';

/** What a scenario has at hand. */
export interface Stage {
  readonly peer: RawPeer;
  readonly budget: Budget;
  /** The version to offer in `initialize`. */
  readonly offer: string;
}

/** A script on a fresh process. It puts questions; what the answers mean is not its business. */
export interface Scenario {
  readonly id: string;
  /** Whether leaving is what is judged: then the ladder waits `leaveMs` before it signals. */
  readonly judgesLeaving?: boolean;
  /** Ends with `close` or `kill` when it is done; the caller leads the process out. */
  readonly play: (stage: Stage) => Promise<'close' | 'kill'>;
}

/** The request that opens every session. */
export function initializeRequest(stage: Stage): { readonly exchange: Exchange; readonly message: JsonObject } {
  const exchange = stage.peer.prepare('initialize');
  const message = requestMessage(exchange, {
    protocolVersion: stage.offer,
    capabilities: CLIENT_CAPABILITIES,
    clientInfo: { name: 'mcp-lifeline', version: '0.1.0' },
  });
  return { exchange, message };
}

/** Waits for the answer to `initialize`; a want of it is recorded. */
export async function handshakeAnswered({ peer, budget }: Stage, exchange: Exchange): Promise<boolean> {
  const how = await peer.answered(exchange, budget.startupMs);
  if (how === 'met' && exchange.answer !== null && 'result' in exchange.answer) return true;
  const why = { met: 'initialize was refused', gone: 'the server ended first', late: 'initialize got no answer' }[how];
  peer.absent('handshake', why);
  return false;
}

/** Goes through the whole handshake in the plainest way. */
export async function openSession(stage: Stage): Promise<boolean> {
  const { exchange, message } = initializeRequest(stage);
  stage.peer.send(message);
  if (!(await handshakeAnswered(stage, exchange))) return false;
  stage.peer.notify('notifications/initialized');
  return true;
}

/** Records when the server is gone before a question could be put. */
export function isAlive({ peer }: Stage): boolean {
  if (!peer.isGone) return true;
  peer.absent('alive', 'the server was gone before the question was put');
  return false;
}
