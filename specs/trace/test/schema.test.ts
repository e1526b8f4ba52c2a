import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { TraceEvent, TraceHeader } from '../src/index.js';
import { traceEventSchema, traceHeaderSchema } from '../src/schema.js';
import { anyHeader, EVENTS_BY_KIND, openEvent } from './arbitrary-events.js';

describe('the schema of an event', () => {
  it.each(Object.entries(EVENTS_BY_KIND))('takes every event of the kind %s, and changes nothing', (_, event) => {
    fc.assert(
      fc.property(event, (data) => {
        const stamped = { seq: 3, t: 4.5, at: 'server', ...data };
        expect(traceEventSchema.parse(stamped)).toEqual(stamped);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps kinds that it does not know on the planes app and http', () => {
    fc.assert(
      fc.property(openEvent, (data) => {
        const stamped = { seq: 0, t: 0, at: 'client', ...data };
        expect(traceEventSchema.parse(stamped)).toEqual(stamped);
      }),
    );
  });

  it.each(['wire', 'process', 'note'])('refuses kinds that it does not know on the plane %s', (plane) => {
    for (const kind of ['teleported', 'toString', '', null]) {
      expect(traceEventSchema.safeParse({ seq: 0, t: 0, at: 'client', plane, kind }).success).toBe(false);
    }
  });

  it('refuses a kind on a plane that is not its own', () => {
    const event = { seq: 0, t: 0, at: 'client', kind: 'outputEnded' };
    expect(traceEventSchema.safeParse({ ...event, plane: 'process' }).success).toBe(true);
    expect(traceEventSchema.safeParse({ ...event, plane: 'wire' }).success).toBe(false);
  });

  it('is of the type that writers of traces use', () => {
    expectTypeOf<Flat<z.output<typeof traceEventSchema>>>().toEqualTypeOf<Flat<TraceEvent>>();
  });
});

describe('the schema of a header', () => {
  it('takes every header, and changes nothing', () => {
    fc.assert(
      fc.property(anyHeader, (header) => {
        expect(traceHeaderSchema.parse(header)).toEqual(header);
      }),
    );
  });

  it('is of the type that writers of traces use', () => {
    expectTypeOf<Flat<z.output<typeof traceHeaderSchema>>>().toEqualTypeOf<Flat<TraceHeader>>();
  });

  it.each(['tool', 'target', 'clock'] as const)('refuses fields that it does not know in %s', (part) => {
    const [header] = fc.sample(anyHeader, 1);
    const bent = { ...header, [part]: { ...header?.[part], extra: 1 } };
    expect(traceHeaderSchema.safeParse(bent).success).toBe(false);
  });
});

/** Each member of a union on its own, its fields in one object, without `readonly`: a reader owns what it read. */
type Flat<T> = T extends unknown ? { -readonly [K in keyof T]: T[K] } : never;
