import type { CheckResult } from '@mcp-lifeline/check';
import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import { clip } from './text.js';
import type { View } from './view.js';

/** What was judged. */
export function headerLines(result: CheckResult, { style }: View): readonly string[] {
  const { command, serverInfo, revisions } = result;
  const facts = [
    ...(serverInfo === null ? [] : [serverName(serverInfo)]),
    ...(revisions.length === 0 ? [] : [`speaks ${revisions.join(', ')}`]),
  ];
  return [
    style.bold(clip(command.map(quoted).join(' '), style.width)),
    ...(facts.length === 0 ? [] : [clip(facts.join(' · '), style.width)]),
  ];
}

/** The server's name and version, as far as it tells them as text. */
function serverName(serverInfo: Json): string {
  const { name, version } = isJsonObject(serverInfo) ? serverInfo : {};
  const told = [name, version].filter((part) => typeof part === 'string' && part !== '');
  return told.length === 0 ? 'a server without a name' : told.join(' ');
}

/** An argument so that its borders can be seen. */
function quoted(argument: string): string {
  return /^[\w@%+=:,./#-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
