export type { AppData, AppKey, AppOutcome } from './app.js';
export {
  type End,
  type EndWhy,
  type EventData,
  type Garble,
  type NoteData,
  type ProcessData,
  type Survivor,
  TRACE_FORMAT,
  type Trace,
  type TraceEvent,
  type TraceHeader,
  type WireData,
} from './event.js';
export { isJsonObject, type Json, type JsonObject } from './json.js';
export { createRecorder, formatTrace, type Recorder, type RecorderOptions } from './recorder.js';
export { createRedactor, type Redactor, type SecretFacts, SHORTEST_SECRET } from './redact.js';
export { type Taps, tapsAt } from './taps.js';
