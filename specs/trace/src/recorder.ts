import type { End, EndWhy, EventData, Trace, TraceEvent, TraceHeader } from './event.js';
import { createRedactor, type Redactor } from './redact.js';
import { redactEvent, redactHeader } from './redact-event.js';

/** What a recorder is made from. */
export interface RecorderOptions {
  readonly header: TraceHeader;
  /** Monotonic, in ms; only differences matter. */
  readonly now: () => number;
  readonly redactor?: Redactor;
}

/** Collects the events of one trace. Secrets are replaced before an event is kept or passed on. */
export interface Recorder {
  readonly redactor: Redactor;
  /**
   * Keeps what happened and gives it the next `seq` and the present `t`.
   * After {@link Recorder.end} events are dropped: a trace has exactly one end.
   */
  record(at: End, data: EventData): void;
  /** Writes the facts about known secrets and the end. A second call changes nothing. */
  end(why: EndWhy): Trace;
  /** What was recorded so far. */
  readonly trace: Trace;
}

/** Starts a trace; its first event is yet to come. */
export function createRecorder(options: RecorderOptions): Recorder {
  const redactor = options.redactor ?? createRedactor();
  const startedAt = options.now();
  const events: TraceEvent[] = [];
  const header = redactHeader(redactor, options.header);
  const trace: Trace = { header, events };
  let ended = false;
  let last = 0;

  const record = (at: End, data: EventData): void => {
    if (ended) return;
    // Microseconds are enough to tell events apart, and keep lines short.
    last = Math.max(last, Math.round((options.now() - startedAt) * 1000) / 1000);
    events.push({ seq: events.length, t: last, at, ...redactEvent(redactor, data) });
  };

  return {
    redactor,
    record,
    end(why) {
      for (const secret of ended ? [] : redactor.facts())
        record('client', { plane: 'note', kind: 'secret', ...secret });
      record('client', { plane: 'note', kind: 'end', why });
      ended = true;
      return trace;
    },
    trace,
  };
}

/** The trace as JSON Lines: the header, then one event a line, with a newline behind each. */
export function formatTrace(trace: Trace): string {
  return `${[trace.header, ...trace.events].map((line) => JSON.stringify(line)).join('\n')}\n`;
}
