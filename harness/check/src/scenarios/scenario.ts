import { CLIENT_CAPABILITIES, type Exchange, fence, type RawPeer, requestMessage } from '@mcp-lifeline/peer';
import type { Revision } from '@mcp-lifeline/specs';
import type { JsonObject } from '@mcp-lifeline/trace';
import type { Budget } from '../budget.js';
import type { Toolbox } from '../toolbox.js';

/** What a scenario has at hand. */
export interface Stage {
  readonly peer: RawPeer;
  readonly budget: Budget;
  /** The version to offer in `initialize`. */
  readonly offer: string;
  /** What the tools of the server turned out to be good for. */
  readonly tools: Toolbox;
}

/** A script on a fresh process. It puts questions; what the answers mean is not its business. */
export interface Scenario {
  readonly id: string;
  /** The checks whose question it puts. Those judged on every run are in {@link JUDGED_EVERYWHERE} instead. */
  readonly asks: readonly string[];
  /** The tool it cannot do without: where there is none, it is not played, and its checks are unobserved. */
  readonly needs?: 'slowTool' | 'askingTool';
  /** The revisions it is played in; all of them when left out. */
  readonly revisions?: readonly Revision[];
  /** Played only in the revisions that count: what it asks does not depend on the revision. */
  readonly countedOnly?: true;
  /** Played only when a check of its own is asked for by name: it takes long. */
  readonly onlyByName?: true;
  /**
   * Whether leaving is what is judged: then the ladder waits `leaveMs` before it signals, and `lingerMs` for what is left
   * of its process group.
   */
  readonly judgesLeaving?: boolean;
  /** The server's own requests are not answered. */
  readonly isSilent?: true;
  /** Ends with `close` or `kill` when it is done; the caller leads the process out. */
  readonly play: (stage: Stage) => Promise<'close' | 'kill'>;
}

/** The checks that judge every run of a revision, whatever it was played for. */
export const JUDGED_EVERYWHERE: readonly string[] = [
  'cancel.server-sent',
  'capability.server-undeclared',
  'progress.ends',
  'progress.server-token',
  'progress.token',
  'rpc.envelope',
  'rpc.one-response',
  'rpc.no-reply-to-notification',
  'rpc.server-request-ids',
  'framing.utf8-out',
  'stdout.clean',
];

/** The request that opens every session. */
export function initializeRequest(
  stage: Stage,
  capabilities: JsonObject = CLIENT_CAPABILITIES,
): { readonly exchange: Exchange; readonly message: JsonObject } {
  const exchange = stage.peer.prepare('initialize');
  const message = requestMessage(exchange, {
    protocolVersion: stage.offer,
    capabilities,
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
export async function openSession(stage: Stage, capabilities?: JsonObject): Promise<boolean> {
  const { exchange, message } = initializeRequest(stage, capabilities);
  stage.peer.send(message);
  if (!(await handshakeAnswered(stage, exchange))) return false;
  stage.peer.notify('notifications/initialized');
  return true;
}

/** The same, and sees the session alive and idle. */
export async function openIdleSession(stage: Stage): Promise<boolean> {
  if (!(await openSession(stage))) return false;
  await fence(stage.peer, stage.budget.answerMs);
  return isAlive(stage);
}

/** Records when the server is gone before a question could be put. */
export function isAlive({ peer }: Stage): boolean {
  if (!peer.isGone) return true;
  peer.absent('alive', 'the server was gone before the question was put');
  return false;
}
