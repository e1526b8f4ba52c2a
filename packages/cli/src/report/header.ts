import type { CheckResult } from '@mcp-lifeline/check';
import { REVISIONS } from '@mcp-lifeline/specs';
import { isJsonObject, type Json } from '@mcp-lifeline/trace';
import { clip, wrap } from './text.js';
import type { View } from './view.js';

/** What was judged. */
export function headerLines(result: CheckResult, { style }: View): readonly string[] {
  const { command, serverInfo } = result;
  const facts = [...(serverInfo === null ? [] : [clip(serverName(serverInfo), style.width)]), ...spokenText(result)];
  return [
    style.bold(clip(commandText(command), style.width)),
    ...(facts.length === 0 ? [] : wrap(facts.join(' · '), style.width)),
  ];
}

/** Which revisions it speaks, and of which nothing is claimed. */
function spokenText({ revisions, tried }: CheckResult): readonly string[] {
  if (revisions.length === 0) return [];
  const untried = REVISIONS.filter((revision) => !tried.includes(revision) && !revisions.includes(revision));
  return [`speaks ${revisions.join(', ')}`, ...(untried.length === 0 ? [] : [`not tried: ${untried.join(', ')}`])];
}

/** The server's name and version, as far as it tells them as text. */
export function serverName(serverInfo: Json): string {
  const { name, version } = isJsonObject(serverInfo) ? serverInfo : {};
  const told = [name, version].filter((part) => typeof part === 'string' && part !== '');
  return told.length === 0 ? 'a server without a name' : told.join(' ');
}

/** A command on one line, its arguments so that their borders can be seen. */
export function commandText(command: readonly string[]): string {
  return command.map(quoted).join(' ');
}

function quoted(argument: string): string {
  return /^[\w@%+=:,./#-]+$/.test(argument) ? argument : JSON.stringify(argument);
}
