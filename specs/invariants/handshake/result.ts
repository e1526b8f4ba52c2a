import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { answering, answerText, type Weighed } from '../answering.js';
import { always, citing } from '../by-revision.js';

/** `initialize` is answered with a revision, capabilities and the server's name and version. */
export const handshakeResult = answering({
  id: 'handshake.result',
  title: 'initialize is answered with capabilities and server information',
  level: always('MUST'),
  clauses: citing('lifecycle/initialize-result'),
  // What a second one gets is open (`second-initialize`); one after a refusal is another try.
  asks: ({ method }, { initializeAt, answer }) =>
    method === 'initialize' && (initializeAt === null || (answer !== null && !isJsonObject(answer.result))),
  expected: 'a result with protocolVersion, capabilities and serverInfo {name, version}',
  weigh,
});

function weigh(body: JsonObject): Weighed {
  const { result, error } = body;
  if (!isJsonObject(result)) {
    const observed = answerText(body);
    return listsVersions(error)
      ? { is: 'open', ambiguity: 'counter-offer-error', observed }
      : { is: 'wrong', observed };
  }
  const { protocolVersion, capabilities, serverInfo } = result;
  const wrong: string[] = [];
  if (typeof protocolVersion !== 'string') wrong.push(`protocolVersion is ${kindOf(protocolVersion)}`);
  if (!isJsonObject(capabilities)) wrong.push(`capabilities is ${kindOf(capabilities)}`);
  if (!isJsonObject(serverInfo)) wrong.push(`serverInfo is ${kindOf(serverInfo)}`);
  else {
    if (typeof serverInfo.name !== 'string') wrong.push(`serverInfo.name is ${kindOf(serverInfo.name)}`);
    if (typeof serverInfo.version !== 'string') wrong.push(`serverInfo.version is ${kindOf(serverInfo.version)}`);
  }
  if (wrong.length > 0) return { is: 'wrong', observed: wrong.join(', ') };
  return { is: 'right', observed: 'all of it' };
}

/** Whether an error is about the version, as the page's own example of one is. */
function listsVersions(error: Json | undefined): boolean {
  return isJsonObject(error) && isJsonObject(error.data) && Array.isArray(error.data.supported);
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
