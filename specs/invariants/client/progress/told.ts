import type { Json } from '@mcp-lifeline/trace';
import { always, citing } from '../../by-revision.js';
import { progressOf, tokenIn } from '../../progress/tokens.js';
import { FENCES } from '../../session.js';
import { obeying, RIGHT, wrong } from '../obeying.js';
import { isSeen, NOTHING_SEEN, type SeenKeys, withKey } from '../seen-keys.js';
import { type ClientSession, type Message, owedBy } from '../session.js';

const NEVER_TOLD = 'the client told of no progress';

/** Progress that the client tells names, by type and value, a token that came with a request of the server's. */
export const toldToken = obeying<SeenKeys>({
  id: 'client.progress.active-token',
  title: 'progress that the client tells names the very token of a request',
  level: always('MUST'),
  clauses: citing('progress/active-token'),
  memory: NOTHING_SEEN,
  rule: ({ shape }, _, given) => {
    const told = progressOf(shape);
    if (told === null) return null;
    if (told.token === null) return wrong('progress that names no token');
    return isSeen(given, told.token) ? RIGHT : wrong(`progress of token ${told.token}`);
  },
  learn: learnTokens,
  expected: 'a token that came with a request',
  lacking: 'clientProgress',
  why: NEVER_TOLD,
});

interface Last {
  readonly token: string;
  readonly seq: number;
  readonly progress: Json;
}

/** What progress the client tells grows from each notification of a token to the next. */
export const toldIncreases = obeying<readonly Last[]>({
  id: 'client.progress.increases',
  title: 'progress that the client tells grows with each notification',
  level: always('MUST'),
  clauses: citing('progress/increases'),
  memory: [],
  rule: ({ shape }, { owed }, lasts) => {
    const { token = null, progress = null } = progressOf(shape) ?? {};
    if (token === null) return null;
    // A server that gives one token to two requests gets the progress of both under it.
    if (owed.filter((one) => one.token === token).length > 1) return null;
    if (typeof progress !== 'number') return wrong(`${JSON.stringify(progress)}, which is no number`);
    const last = lasts.find((one) => one.token === token);
    if (last === undefined) return null;
    const isGreater = typeof last.progress === 'number' && progress > last.progress;
    return isGreater ? RIGHT : wrong(`${JSON.stringify(last.progress)}, and then ${progress}`, last.seq);
  },
  learn: (lasts, { from, shape, seq }, before) => {
    if (from === 'server') return lasts;
    const ended = owedBy(before, shape)?.request.token;
    if (ended !== undefined && ended !== null) return lasts.filter(({ token }) => token !== ended);
    const { token = null, progress = null } = progressOf(shape) ?? {};
    if (token === null) return lasts;
    return [...lasts.filter((one) => one.token !== token), { token, seq, progress }];
  },
  expected: 'a greater number each time',
  lacking: 'clientProgress',
  why: 'the client told of no token twice',
});

interface Ending {
  readonly given: SeenKeys;
  /** Tokens of open requests that progress was told of. */
  readonly told: readonly string[];
  /** Messages of the client's since it answered such a request; null before. */
  readonly since: number | null;
}

/** Once the client answered, it tells no more progress. What one side sends keeps its order: nothing crosses here. */
export const toldEnds = obeying<Ending>({
  id: 'client.progress.ends',
  title: 'progress that the client tells ends with its answer',
  level: always('MUST'),
  clauses: citing('progress/stop-after-completion', 'progress/in-progress'),
  memory: { given: NOTHING_SEEN, told: [], since: null },
  rule: ({ shape }, { owed }, { given, since }) => {
    const token = progressOf(shape)?.token ?? null;
    const isLate = token !== null && isSeen(given, token) && !owed.some((one) => one.token === token);
    if (isLate) return wrong(`progress of token ${token} after the answer`);
    return since !== null && since >= FENCES - 1 ? RIGHT : null;
  },
  learn: (memory, message, before) => {
    const given = learnTokens(memory.given, message);
    if (message.from === 'server') return { ...memory, given };
    const since = memory.since === null ? null : memory.since + 1;
    const ended = owedBy(before, message.shape)?.request.token ?? null;
    const token = progressOf(message.shape)?.token ?? null;
    if (ended !== null && memory.told.includes(ended)) {
      return { given, told: memory.told.filter((one) => one !== ended), since: since ?? 0 };
    }
    return { given, since, told: token === null || !isOwed(before, token) ? memory.told : [...memory.told, token] };
  },
  expected: 'no progress after the answer',
  lacking: 'clientProgress',
  why: 'the client told of no progress, or said too little after its answer',
});

function isOwed({ owed }: ClientSession, token: string): boolean {
  return owed.some((one) => one.token === token);
}

function learnTokens(given: SeenKeys, { from, shape }: Message): SeenKeys {
  const token = from === 'server' && shape.kind === 'request' ? tokenIn(shape.params) : null;
  return token === null ? given : withKey(given, token);
}
