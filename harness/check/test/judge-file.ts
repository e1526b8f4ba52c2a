import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { processesWith } from '../../../test/processes-with.ts';
import { type CheckOptions, type CheckResult, checkServer, type Run } from '../src/index.js';

/** Where the faulty peers are. */
export const FAULTY_FOLDER = fileURLToPath(new URL('../faulty/', import.meta.url));

/**
 * Multiplies every wait. Long enough that a start which takes a second, and an answer or an exit that takes half of one,
 * change nothing; short enough for those peers that let every wait run out.
 */
const SCALE = 0.4;

/** What a check found out, and which of the processes that it started are still there: their command lines. */
export interface JudgedFile {
  readonly result: CheckResult;
  readonly left: readonly string[];
}

/** Checks the server in a file of the folder, as one of a few at a time. */
export async function judgeFile(
  file: string,
  options: Omit<CheckOptions, 'target'> = {},
  env = {},
): Promise<JudgedFile> {
  const mark = randomUUID();
  const target: CheckOptions['target'] = {
    command: [process.execPath, `${FAULTY_FOLDER}${file}`],
    env: { ...env, [MARK]: mark },
  };
  const result = await lane(() => checkServer({ target, timeoutScale: SCALE, ...options }));
  return { result, left: processesWith(`${MARK}=${mark}`) };
}

/** How the trace of a run ended. */
export function endOf({ trace }: Run): string {
  const last = trace.events.at(-1);
  return last?.plane === 'note' && last.kind === 'end' ? last.why : 'not at all';
}

/** Whoever is started inherits it; the variable of the code under test would prove that code by itself. */
const MARK = 'FAULTY_PEER_MARK';
const LANES = 3;
const waiting: (() => void)[] = [];
let running = 0;

/** Most of a check is waiting; more of them side by side would slow each other down until a wait runs out. */
async function lane<T>(work: () => Promise<T>): Promise<T> {
  if (running >= LANES) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
