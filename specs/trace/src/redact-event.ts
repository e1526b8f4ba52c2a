import type { EventData, TraceHeader } from './event.js';
import type { Redactor } from './redact.js';

/**
 * The same event without secrets.
 *
 * Only what others wrote, or what a script says in words, is looked at. The words of the format itself (planes, kinds,
 * reasons, keys) are known to everybody: a secret that happens to be one of them must not make the trace unreadable.
 */
export function redactEvent(redactor: Redactor, data: EventData): EventData {
  switch (data.plane) {
    case 'wire':
      return redactWire(redactor, data);
    case 'process':
      return redactProcess(redactor, data);
    case 'note':
      return redactNote(redactor, data);
    default:
      return data.data === undefined ? data : { ...data, data: redactor.json(data.data) };
  }
}

/** The same header without secrets: those may stand in the command. */
export function redactHeader(redactor: Redactor, header: TraceHeader): TraceHeader {
  const scenario = header.scenario === undefined ? {} : { scenario: redactor.text(header.scenario) };
  return { ...header, target: { ...header.target, command: redactor.json(header.target.command) }, ...scenario };
}

function redactWire(redactor: Redactor, data: EventData & { plane: 'wire' }): EventData {
  switch (data.kind) {
    case 'sent':
    case 'received':
      return { ...data, message: redactor.json(data.message) };
    case 'sentRaw':
      return { ...data, text: redactor.text(data.text) };
    case 'garbled':
      return { ...data, text: isCut(data) ? redactor.head(data.text) : redactor.text(data.text) };
  }
}

/** Whether the line went on, or might have: then a secret may have been cut in two. */
function isCut({ why, text, bytes }: { readonly why: string; readonly text: string; readonly bytes: number }): boolean {
  return why === 'tooLong' || why === 'cutOff' || text.length < bytes;
}

function redactProcess(redactor: Redactor, data: EventData & { plane: 'process' }): EventData {
  switch (data.kind) {
    case 'spawnFailed':
      return { ...data, message: redactor.text(data.message) };
    case 'survey':
      return { ...data, survivors: data.survivors.map((one) => ({ ...one, name: redactor.text(one.name) })) };
    case 'stderr':
      return { ...data, text: redactor.text(data.text) };
    default:
      return data;
  }
}

function redactNote(redactor: Redactor, data: EventData & { plane: 'note' }): EventData {
  switch (data.kind) {
    case 'absent':
      return { ...data, why: redactor.text(data.why) };
    case 'waited':
      return { ...data, for: redactor.text(data.for) };
    case 'held':
      return { ...data, what: redactor.text(data.what) };
    default:
      return data;
  }
}
