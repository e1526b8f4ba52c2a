import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import type { Item } from './channel.js';
import type { Host } from './host.js';

/** A message in a few words, such as `tools/call 5101`. */
export function describeItem(item: Item): string {
  switch (item.kind) {
    case 'message':
      return Array.isArray(item.json) ? `[${item.json.map(describeMessage).join(', ')}]` : describeMessage(item.json);
    case 'garbled':
      return 'what is no message';
    default:
      return `the ${item.kind === 'end' ? 'end' : 'end of both directions'}`;
  }
}

/** What a core is in: the path of its machine, and what it keeps beside it. */
export function describeCore(seen: Json): string {
  if (!isJsonObject(seen)) return '';
  const { path, phase, context, calls, givenUp, peers, armed } = seen;
  const told = [
    ...namesIn(context),
    ...(isLong(calls) ? [`calls ${calls.map((call) => textIn(call, 'method')).join(', ')}`] : []),
    ...(isLong(givenUp) ? [`gave up ${givenUp.length}`] : []),
    ...(isLong(peers) ? [`works on ${peers.map((peer) => textIn(peer, 'method')).join(', ')}`] : []),
    ...(isLong(armed) ? [`timers ${armed.join(', ')}`] : []),
  ];
  const where = String(path ?? phase);
  return told.length === 0 ? where : `${where} (${told.join('; ')})`;
}

/** What its environment knows of a core. */
export function describeHost({ link, calls, handlers, isDead, isOver, isCleaningUp }: Host): string {
  if (isDead) return 'no process';
  const told = [
    `channel ${link}`,
    ...(calls.length > 0 ? [`waits for ${calls.length} calls`] : []),
    ...(handlers.length > 0 ? [`has ${handlers.length} handlers`] : []),
    ...(isCleaningUp ? ['cleans up'] : []),
    ...(isOver ? ['was told of the end'] : []),
  ];
  return told.join(', ');
}

function describeMessage(message: Json): string {
  if (!isJsonObject(message)) return JSON.stringify(message);
  const { id, method, params, error } = message;
  if (typeof method !== 'string') return `${error === undefined ? 'result' : 'error'} ${JSON.stringify(id ?? null)}`;
  if (id !== undefined) return `${method} ${JSON.stringify(id)}`;
  const about = isJsonObject(params) ? (params['requestId'] ?? params['progressToken']) : undefined;
  return about === undefined ? method : `${method} ${JSON.stringify(about)}`;
}

/** The members of a context that say something. */
function namesIn(context: Json | undefined): readonly string[] {
  if (!isJsonObject(context)) return [];
  return Object.entries(context).flatMap(([name, value]) => {
    if (value === null || value === false || value === 0) return [];
    return [value === true ? name : `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`];
  });
}

function isLong(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value) && value.length > 0;
}

function textIn(value: Json, name: string): string {
  return isJsonObject(value) ? String(value[name]) : '';
}
