import { stripVTControlCharacters } from 'node:util';
import type { CheckResult, Run } from '@mcp-lifeline/check';
import { exitText, NEW_SESSION, type Session, seeSession } from '@mcp-lifeline/specs';
import { isJsonObject } from '@mcp-lifeline/trace';
import { GLYPHS } from './style.js';
import { clip, duration, wrap } from './text.js';
import type { View } from './view.js';

/** How much of the end of stderr is shown. In lines. */
const STDERR_LINES = 8;

/** Why no session came about, as far as the first attempt tells, and what may help. */
export function noHandshakeLines({ why, command, runs, revisions }: CheckResult, { style }: View): readonly string[] {
  const [first] = runs;
  const cause =
    first === undefined || revisions.length > 0 ? { what: why ?? '', hints: [] } : causeOf(first, command[0] ?? '');
  const stderr = stripVTControlCharacters(first?.stderrTail ?? '')
    .trimEnd()
    .split(/\r?\n/)
    .slice(-STDERR_LINES);
  return [
    style.bad(`${GLYPHS.fail} no handshake: ${cause.what}`),
    ...(stderr.join('') === '' || revisions.length > 0
      ? []
      : ['', '  the end of its stderr:', ...stderr.map((line) => `    ${style.dim(clip(line, style.width - 4))}`)]),
    ...(cause.hints.length === 0 ? [] : ['']),
    ...cause.hints.flatMap((hint) => wrap(hint, style.width - 2).map((line) => `  ${line}`)),
  ];
}

interface Cause {
  readonly what: string;
  readonly hints: readonly string[];
}

function causeOf(run: Run, program: string): Cause {
  if (run.spawnError !== null)
    return { what: `it could not be started: ${spawnText(run.spawnError, program)}`, hints: [] };
  const session = run.trace.events.reduce(seeSession, NEW_SESSION);
  if (session.answer !== null) return { what: refusalText(session), hints: [] };
  const bound = boundReached(run);
  if (bound !== null) return { what: `it wrote ${bound} before it answered initialize`, hints: strayOutput(run) };
  if (session.waited !== null) {
    return {
      what: `no answer to initialize within ${duration(session.waited.ms / 1000)}`,
      hints: [
        ...strayOutput(run),
        'Is it a server that speaks over stdio? --timeout-scale 4 waits four times as long.',
      ],
    };
  }
  const how = session.exit === null ? 'closed its output' : exitText(session.exit);
  return {
    what: `it ${how} before it answered initialize`,
    hints: [
      ...strayOutput(run),
      '--env NAME=VALUE sets a variable that it may need, --cwd DIR the folder it starts in.',
    ],
  };
}

function spawnText({ code }: { readonly code: string }, program: string): string {
  switch (code) {
    case 'ENOENT':
      return /[\\/]/.test(program)
        ? `ENOENT; does ${program} exist, seen from the folder it is started in?`
        : `ENOENT; is ${program} installed and on the PATH?`;
    case 'EACCES':
      return `EACCES; is ${program} an executable file?`;
    default:
      return code;
  }
}

function refusalText({ answer }: Session): string {
  const error = answer?.error;
  if (!isJsonObject(error)) return 'its answer to initialize cannot be understood';
  const message = typeof error.message === 'string' ? ` ${JSON.stringify(error.message)}` : '';
  return `it refused initialize with error ${JSON.stringify(error.code ?? null)}${message}`;
}

/** What made us stop it: more output than any server needs. */
function boundReached(run: Run): string | null {
  const bound = run.trace.events.find(
    (event) => event.plane === 'note' && event.kind === 'absent' && event.need === 'wholeRun',
  );
  return bound?.plane === 'note' && bound.kind === 'absent' ? bound.why : null;
}

/** A server that prints a banner for people is the commonest reason for silence. */
function strayOutput(run: Run): readonly string[] {
  const stray = run.trace.events.find((event) => event.plane === 'wire' && event.kind === 'garbled');
  if (stray?.plane !== 'wire' || stray.kind !== 'garbled') return [];
  return [`Its stdout begins with something else than a message: ${JSON.stringify(stray.text.slice(0, 80))}`];
}
