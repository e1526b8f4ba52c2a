import { fence } from '@mcp-lifeline/peer';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import type { Player } from '../player.js';
import { askingCandidates, type Candidate, slowCandidates } from '../tool-choice.js';
import { type AskingTool, NO_TOOLS, type SlowTool, type Toolbox } from '../toolbox.js';
import { openSession, type Scenario, type Stage } from './scenario.js';
import { callTool, progressesOf } from './tool-call.js';

/** A call has effects: no more tools than this are tried of each kind. */
const TRIALS = 2;
/** Of a longer list, that much is read. In pages. */
const PAGES = 5;
/** Below this a call is over before anything can be done meanwhile. In ms. */
const SLOW_MS = 900;
const ASKS = ['sampling/createMessage', 'elicitation/create', 'roots/list'];

/**
 * Looks for tools that a check can make use of, and tries them; what is not found is recorded as absent.
 * @param given a slow tool that the user names: used as it is
 */
export async function findTools(player: Player, offer: string, given?: Candidate): Promise<Toolbox> {
  const found: { slow: SlowTool | null; asking: AskingTool | null } = { slow: null, asking: null };
  const look: Scenario = {
    id: 'tools',
    asks: [],
    play: async (stage) => {
      if (!(await openSession(stage))) return 'close';
      const tools = await listTools(stage);
      found.slow = await findSlow(stage, given === undefined ? slowCandidates(tools) : [given]);
      found.asking = await findAsking(stage, askingCandidates(tools));
      await fence(stage.peer, stage.budget.answerMs);
      return 'close';
    },
  };
  const run = await player.play({ scenario: look, offer }, NO_TOOLS);
  return { ...found, run };
}

async function listTools({ peer, budget }: Stage): Promise<readonly Json[]> {
  const tools: Json[] = [];
  let cursor: Json | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const list = peer.request('tools/list', cursor === undefined ? {} : { cursor });
    if ((await peer.answered(list, budget.answerMs)) !== 'met') break;
    const result = isJsonObject(list.answer?.result) ? list.answer.result : {};
    if (Array.isArray(result.tools)) tools.push(...result.tools);
    cursor = result.nextCursor;
    if (typeof cursor !== 'string') break;
  }
  return tools;
}

async function findSlow(stage: Stage, candidates: readonly Candidate[]): Promise<SlowTool | null> {
  const { peer } = stage;
  let why = 'no tool has a name and a schema that make it evidently slow';
  for (const candidate of candidates.slice(0, TRIALS)) {
    const tried = await trySlow(stage, candidate);
    if (typeof tried !== 'string') {
      if (tried.progresses === 0) peer.absent('progress', `${tried.name} told of no progress`);
      return tried;
    }
    why = `${candidate.name} ${tried}`;
  }
  peer.absent('slowTool', why);
  return null;
}

/** Calls it once; a text says why it is of no use. */
async function trySlow({ peer, budget }: Stage, { name, args }: Candidate): Promise<SlowTool | string> {
  const call = callTool(peer, { name, args }, 'trial');
  const startedAt = performance.now();
  const how = await peer.answered(call.exchange, budget.answerMs);
  const takesMs = performance.now() - startedAt;
  if (how !== 'met') return how === 'gone' ? 'ended the server' : `took more than ${budget.answerMs} ms`;
  const refusal = refusalOf(call.exchange.answer);
  if (refusal !== null) return `was refused: ${refusal}`;
  if (takesMs < SLOW_MS) return `took ${Math.round(takesMs)} ms only`;
  return { name, args, takesMs, progresses: progressesOf(peer, call).length };
}

async function findAsking(stage: Stage, candidates: readonly Candidate[]): Promise<AskingTool | null> {
  const { peer, budget } = stage;
  let why = 'no tool has a name and a schema that make it evidently ask the client';
  for (const { name, args } of candidates.slice(0, TRIALS)) {
    // What a server asks for unasked, as many do right after the handshake, is none of the tool's doing.
    await fence(peer, budget.answerMs);
    const before = peer.events.length;
    const { exchange } = callTool(peer, { name, args }, 'trial-asking');
    await peer.answered(exchange, budget.answerMs);
    const method = askedSince(stage, before);
    if (method !== null) return { name, args, method };
    why = `${name} did not make the server ask the client`;
  }
  peer.absent('askingTool', why);
  return null;
}

function askedSince({ peer }: Stage, before: number): string | null {
  for (const event of peer.events.slice(before)) {
    if (event.plane !== 'wire' || event.kind !== 'received' || !isJsonObject(event.message)) continue;
    const { id, method } = event.message;
    if (id !== undefined && typeof method === 'string' && ASKS.includes(method)) return method;
  }
  return null;
}

/** Why a call came to nothing; null when it has a result. */
function refusalOf(answer: JsonObject | null): string | null {
  const { error, result } = answer ?? {};
  if (isJsonObject(error)) return `error ${JSON.stringify(error.code)}`;
  if (!isJsonObject(result)) return 'it has no result';
  return result.isError === true ? 'its result is an error' : null;
}
