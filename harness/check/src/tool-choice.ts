import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { type Filler, fillAsking, fillSlow, wordsOf } from './tool-arguments.js';

/** A tool to be tried, and the arguments to try it with. */
export interface Candidate {
  readonly name: string;
  readonly args: JsonObject;
}

/** How long a call of a slow tool is to take: long enough to do something meanwhile, and no longer. */
const SECONDS = 1.5;

/**
 * The tools whose names make it evident that they take their time, and whose arguments follow from their schemas. A call
 * has effects: what is not evident is left alone.
 * @param seconds how long a call is to take, where its arguments tell
 */
export function slowCandidates(tools: readonly Json[], seconds = SECONDS): readonly Candidate[] {
  return candidates(tools, fillSlow(seconds), (words, args) => {
    if (words.some((word) => SLOW.has(word))) return true;
    if (words.some((word) => LASTING.has(word)) && words.some((word) => WORK.has(word))) return true;
    // Such a name may mean much else: an argument that tells how long makes it evident.
    return words.some((word) => LASTING.has(word)) && Object.keys(args).length > 0;
  });
}

/** The tools whose names make it evident that they make the server ask the client for something. */
export function askingCandidates(tools: readonly Json[]): readonly Candidate[] {
  const strong = candidates(tools, fillAsking, (words) => words.some((word) => ASKING.has(word)));
  const weak = candidates(tools, fillAsking, (words) =>
    WEAK_ASKING.some(([word, others]) => words.includes(word) && words.every((one) => one === word || others.has(one))),
  );
  return [...strong, ...weak.filter(({ name }) => !strong.some((other) => other.name === name))];
}

function candidates(
  tools: readonly Json[],
  fill: Filler,
  isEvident: (words: readonly string[], args: JsonObject) => boolean,
): readonly Candidate[] {
  return tools.flatMap((tool) => {
    if (!isJsonObject(tool) || typeof tool.name !== 'string' || isOutOfBounds(tool)) return [];
    const words = wordsOf(tool.name);
    if (words.some((word) => EFFECTS.has(word))) return [];
    const args = fill(tool.inputSchema);
    return args !== null && isEvident(words, args) ? [{ name: tool.name, args }] : [];
  });
}

/** It destroys something, or is to be called as a task alone. */
function isOutOfBounds({ annotations, execution }: JsonObject): boolean {
  if (isJsonObject(execution) && execution.taskSupport === 'required') return true;
  return isJsonObject(annotations) && annotations.destructiveHint === true && annotations.readOnlyHint !== true;
}

const SLOW = new Set(['slow', 'sleep', 'delay', 'delayed', 'countdown']);
const LASTING = new Set(['long', 'wait', 'progress', 'duration', 'slowly', 'timer']);
const WORK = new Set(['running', 'run', 'operation', 'task', 'job', 'process', 'lasting']);
const ASKING = new Set(['sampling', 'elicit', 'elicitation']);
const WEAK_ASKING: readonly (readonly [string, ReadonlySet<string>])[] = [
  ['sample', new Set(['llm', 'model', 'client', 'message', 'trigger', 'test', 'tool'])],
  ['ask', new Set(['client', 'user', 'me', 'trigger', 'test', 'tool'])],
  ['roots', new Set(['list', 'get', 'client', 'show', 'trigger', 'test', 'tool'])],
];
/** Whatever else such a name says, it changes something. */
const EFFECTS = new Set(
  `add apply book buy cancel clear click commit create delete deploy drop edit exec execute insert install kill merge move
   order patch pay post publish purge push put record remove rename reset restart restore save schedule send set shutdown
   start stop store submit truncate update upload write`.split(/\s+/),
);
