import type { End } from '@mcp-lifeline/trace';
import { type JsonReport, jsonReport } from '../report/json.js';
import type { Judgement } from './outcome.js';
import type { Judged, Recording } from './recording.js';

/** The JSON report of a recording: that of a check, and what was judged by what. */
export interface JsonJudgement extends JsonReport {
  readonly recording: {
    /** As it was named; `-` is standard input. */
    readonly file: string;
    /** Where the tap sat; null where no message was seen. */
    readonly seenAt: End | null;
    /** Whom it judges. */
    readonly judged: readonly Judged[];
    readonly events: number;
    /** More of it was not read. */
    readonly cutShort?: true;
    /** What it does not hold, and why, as far as that is recorded. */
    readonly lacks: readonly { readonly what: string; readonly why: string }[];
  };
}

/** What a report tells of a recording besides its rows. */
export interface JudgedRecording {
  readonly file: string;
  readonly recording: Recording;
  readonly roles: readonly Judged[];
  readonly isCutShort: boolean;
}

/**
 * Builds the JSON report.
 * @param trace the path of the recording as the report shall give it; undefined where it has none
 */
export function jsonJudgement(
  judgement: Judgement,
  { file, recording, roles, isCutShort }: JudgedRecording,
  trace: string | undefined,
): JsonJudgement {
  return {
    ...jsonReport(judgement, () => trace),
    recording: {
      file,
      seenAt: recording.tap,
      judged: roles,
      events: recording.trace.events.length,
      ...(isCutShort ? { cutShort: true } : {}),
      lacks: [...recording.lacks].map(([what, why]) => ({ what, why })),
    },
  };
}
