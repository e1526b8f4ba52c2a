import { isJsonObject, type JsonObject } from '@mcp-lifeline/trace';
import { answering, answerText, type Weighed } from '../answering.js';
import { always, citing } from '../by-revision.js';

/** `initialize` is answered with a revision, capabilities and the server's name and version. */
export const handshakeResult = answering({
  id: 'handshake.result',
  title: 'initialize is answered with capabilities and server information',
  level: always('MUST'),
  clauses: citing('lifecycle/initialize-result'),
  asks: ({ method }) => method === 'initialize',
  expected: 'a result with protocolVersion, capabilities and serverInfo {name, version}',
  weigh,
});

function weigh(body: JsonObject): Weighed {
  const { result } = body;
  if (!isJsonObject(result)) return { is: 'wrong', observed: answerText(body) };
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

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
