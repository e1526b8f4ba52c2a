import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { killSurvivors, MARK_VARIABLE, survey } from '@mcp-lifeline/peer';

/** A program of the folder beside this one, or of the examples, in a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Marks everything that it starts, where it hands on its environment. */
  readonly mark: string;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its exit code, or the signal that ended it, once all that it wrote was read. */
  readonly exited: Promise<number | string>;
}

/** What differs from one start to the next. */
export interface StartOptions {
  readonly nodeArguments?: readonly string[];
  readonly mark?: string;
}

/** The path of a program that tests run. */
export function programFile(name: string): string {
  return fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
}

/** The path of an example. */
export function exampleFile(name: string): string {
  return fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url));
}

/** Runs a program with Node. One that outstays every bound is killed: a broken test ends, and says so. */
export function startProgram(file: string, args: readonly string[], options: StartOptions = {}): Program {
  const { nodeArguments = [], mark = newMark() } = options;
  const child = spawn(process.execPath, [...nodeArguments, file, ...args], {
    env: { ...process.env, [MARK_VARIABLE]: mark },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  }
  child.stdin.on('error', () => {});
  const bound = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  const exited = once(child, 'close').then(([code, signal]) => {
    clearTimeout(bound);
    return (code ?? signal) as number | string;
  });
  const pid = child.pid ?? 0;
  const program = { child, pid, mark, stdout: () => texts.stdout, stderr: () => texts.stderr, exited };
  started.push(program);
  return program;
}

/** Marks one process and what it starts. */
export function newMark(): string {
  const mark = randomUUID();
  marks.add(mark);
  return mark;
}

/** The names of all that carries the mark and lives. */
export function living(mark: string): readonly string[] {
  return (survey(mark, undefined) ?? []).map(({ name }) => name);
}

/** For after each test: kills whatever is left of what it started. */
export async function leaveNothing(): Promise<void> {
  for (const mark of marks) killSurvivors(survey(mark, undefined) ?? []);
  marks.clear();
  for (const { child, exited } of started.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
}

/** Waits until something holds. The bound is there to end a broken test, and is no measure. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const LONGEST_MS = 30_000;
const started: Program[] = [];
const marks = new Set<string>();
