import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import { always, citing } from '../../by-revision.js';
import { obeying, RIGHT, wrong } from '../obeying.js';

/** `initialize` tells a revision, the client's capabilities, and its name and version. */
export const initializeRequest = obeying({
  id: 'client.handshake.initialize-request',
  title: 'initialize carries a protocol version, capabilities and client information',
  level: always('MUST'),
  clauses: citing('lifecycle/initialize-request'),
  memory: null,
  rule: ({ shape }) => {
    if (shape.kind !== 'request' || shape.method !== 'initialize') return null;
    const lacks = lackOf(shape.params);
    return lacks.length === 0 ? RIGHT : wrong(`without ${lacks.join(', ')}`);
  },
  expected: 'protocolVersion, capabilities and clientInfo {name, version}',
  lacking: 'clientRequest',
  why: 'the client sent no initialize',
});

function lackOf(params: Json | undefined): readonly string[] {
  const { protocolVersion, capabilities, clientInfo } = isJsonObject(params) ? params : {};
  const info = isJsonObject(clientInfo) ? clientInfo : {};
  return [
    ...(typeof protocolVersion === 'string' ? [] : ['protocolVersion']),
    ...(isJsonObject(capabilities) ? [] : ['capabilities']),
    ...(typeof info.name === 'string' ? [] : ['clientInfo.name']),
    ...(typeof info.version === 'string' ? [] : ['clientInfo.version']),
  ];
}
