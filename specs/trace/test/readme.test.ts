import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatTrace } from '../src/index.js';
import { parseTrace } from '../src/schema.js';
import { EVENTS_BY_KIND } from './arbitrary-events.js';

describe('the description of the format', () => {
  it('shows a trace that reads, is whole, and is written in the same way', () => {
    const example = /```jsonl\n(.*?)```/s.exec(README)?.[1] ?? '';
    const trace = parseTrace(example);
    expect(trace.events.at(-1)).toMatchObject({ kind: 'end', why: 'quiet' });
    expect(formatTrace(trace)).toBe(example);
  });

  it('counts the bytes of its messages rightly', () => {
    const example = /```jsonl\n(.*?)```/s.exec(README)?.[1] ?? '';
    for (const event of parseTrace(example).events) {
      if (event.plane !== 'wire' || event.kind === 'sentRaw' || event.kind === 'garbled') continue;
      expect(Buffer.byteLength(JSON.stringify(event.message))).toBe(event.bytes);
    }
  });

  it('names every kind and no other', () => {
    const [, events = ''] = README.split('## Events');
    const rows = events.split('\n').filter((line) => /^\| +(`\w+` +)?\| +`/.test(line));
    const named = rows.flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, kind]) => kind));
    expect(named.toSorted()).toEqual(Object.keys(EVENTS_BY_KIND).toSorted());
  });
});

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
