import type { Run } from '@mcp-lifeline/check';
import type { NoteData, ProcessData, TraceEvent } from '@mcp-lifeline/trace';
import type { Style } from './style.js';
import { clip, duration } from './text.js';

/** More events than this are not shown: the first ones, and the last one. */
const MOST = 8;

/** The events of a run that show something, a line each: sent by us, received from the server, or what happened. */
export function wireLines(run: Run, evidence: readonly number[], style: Style): readonly string[] {
  const events = run.trace.events.filter(({ seq }) => evidence.includes(seq));
  const left = events.length - MOST;
  const shown = left > 0 ? [...events.slice(0, MOST - 1), ...events.slice(-1)] : events;
  const lines = shown.map((event) => {
    const time = `${(event.t / 1000).toFixed(3)} s`.padStart(11);
    return `${style.dim(time)} ${style.plain(clip(eventText(event), style.width - 12))}`;
  });
  return left > 0 ? lines.toSpliced(-1, 0, style.dim(`${' '.repeat(12)}… ${left} more`)) : lines;
}

function eventText(event: TraceEvent): string {
  switch (event.plane) {
    case 'wire':
      switch (event.kind) {
        case 'sent':
          return `→ ${JSON.stringify(event.message)}`;
        case 'sentRaw':
          return `→ ${event.text}`;
        case 'received':
          return `← ${JSON.stringify(event.message)}`;
        case 'garbled':
          return `← (${GARBLES[event.why]}) ${event.text}`;
      }
      break;
    case 'process':
      return `· ${processText(event)}`;
    case 'note':
      return `· ${noteText(event)}`;
    default:
      return `· ${event.kind}`;
  }
}

const GARBLES = {
  blank: 'a blank line',
  notJson: 'not JSON',
  notUtf8: 'not UTF-8',
  tooLong: 'too long',
  cutOff: 'cut off',
} as const;

function processText(event: ProcessData): string {
  switch (event.kind) {
    case 'spawned':
      return `started as process ${event.pid}`;
    case 'spawnFailed':
      return `could not be started: ${event.message}`;
    case 'inputEnded':
      return 'its input was closed';
    case 'inputBroken':
      return 'it closed its input';
    case 'outputEnded':
      return 'its output ended';
    case 'outputClosed':
      return 'its output is no longer read';
    case 'load':
      return `its processes used ${Math.round(event.cpuMs)} ms of processor time within ${Math.round(event.ms)} ms`;
    case 'groupGone':
      return 'nothing is left of its process group';
    case 'abandoned':
      return 'it could not be killed and was left behind';
    case 'signalled':
      return `${event.signal} was sent to it`;
    case 'exited':
      return event.signal === null ? `it exited with code ${event.code}` : `it was ended by ${event.signal}`;
    case 'survey':
      return event.survivors.length === 0
        ? 'none of its processes is left'
        : `still there: ${event.survivors.map(({ name, pid }) => `${name} (${pid})`).join(', ')}`;
    case 'stderr':
      return `stderr: ${event.text}`;
    case 'lag':
      return `this machine was ${event.ms} ms late`;
  }
}

function noteText(note: NoteData): string {
  switch (note.kind) {
    case 'absent':
      return `no ${note.need}: ${note.why}`;
    case 'waited':
      return `waited ${duration(note.ms / 1000)} for ${note.for}, in vain`;
    case 'held':
      return `held back ${note.what} for ${duration(note.ms / 1000)}`;
    case 'framed':
      return `what is sent from here on is written ${note.how === 'plain' ? 'the usual way' : note.how}`;
    case 'secret':
      return `${note.label} stands for a secret of ${note.length} characters`;
    case 'end':
      return note.why === 'quiet' ? 'the run was over' : `the run ended early (${note.why})`;
  }
}
