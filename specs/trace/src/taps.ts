import type { End, NoteData, ProcessData, WireData } from './event.js';
import type { Recorder } from './recorder.js';

/** Where evidence is taken: one function a plane, bound to the end of the connection the tap sits at. */
export interface Taps {
  wire(data: WireData): void;
  process(data: ProcessData): void;
  note(data: NoteData): void;
}

/** Taps at one end of the connection. */
export function tapsAt(at: End, recorder: Recorder): Taps {
  return {
    wire: (data) => recorder.record(at, { plane: 'wire', ...data }),
    process: (data) => recorder.record(at, { plane: 'process', ...data }),
    note: (data) => recorder.record(at, { plane: 'note', ...data }),
  };
}
