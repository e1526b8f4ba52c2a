import type { Json } from '@mcp-lifeline/core';
import { APP_INVARIANTS, CLIENT_INVARIANTS, type Invariant } from '@mcp-lifeline/specs';
import type { EventData, TraceEvent } from '@mcp-lifeline/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forgetHeld, TRIMS_OF_APP, TRIMS_OF_CLIENT } from '../../src/properties/invariants.ts';
import type { Trim } from '../../src/watchers/trimming.ts';

const CARRIED = [...CLIENT_INVARIANTS.filter(({ id }) => id in TRIMS_OF_CLIENT), ...APP_INVARIANTS];
const TRIMMED = CARRIED.flatMap((invariant) => {
  const trim = TRIMS_OF_CLIENT[invariant.id] ?? TRIMS_OF_APP[invariant.id];
  return trim === undefined ? [] : [[invariant.id, invariant, trim] as const];
});

describe('an invariant that forgets what is settled', () => {
  it.each(TRIMMED)('%s finds in every trace, at every point of it, what it finds without', (_, invariant, trim) => {
    fc.assert(
      fc.property(aTrace(), (events) => {
        expect(findings(invariant, events, trim)).toEqual(findings(invariant, events, (memory) => memory));
      }),
      { numRuns: 400 },
    );
  });

  it.each(CARRIED.map((invariant) => [invariant.id, invariant] as const))(
    '%s is broken at the same events when it forgets that it held',
    (_, invariant) => {
      const brokenIn = (found: readonly string[]) => found.map((one) => one === 'broken');
      fc.assert(
        fc.property(aTrace(), (events) => {
          const forgetting = findings(invariant, events, forgetHeld(invariant));
          expect(brokenIn(forgetting)).toEqual(brokenIn(findings(invariant, events, (memory) => memory)));
        }),
        { numRuns: 200 },
      );
    },
  );

  it.each(TRIMMED)('%s is broken by some of these traces', (_, invariant, trim) => {
    const traces = fc.sample(aTrace(), { numRuns: 4_000, seed: 7 });
    expect(traces.some((events) => findings(invariant, events, trim).includes('broken'))).toBe(true);
  });
});

/** What a verdict would find after each event, were the trace cut there. */
function findings(invariant: Invariant<unknown>, events: readonly TraceEvent[], trim: Trim): readonly string[] {
  let state = invariant.initial;
  return events.map((event) => {
    state = trim(invariant.see(state, event) as Json);
    return invariant.verdict(state, 'cut').found;
  });
}

/** Traces that begin as sessions do more often than not, and go on anyhow. */
function aTrace(): fc.Arbitrary<readonly TraceEvent[]> {
  const opening = fc.tuple(sent(initialize()), received(answer()), sent(fc.constant(INITIALIZED)));
  const begun = fc.oneof(fc.constant([]), opening, opening, fc.tuple(app('speaks', SPEAKS), sent(initialize())));
  return fc
    .tuple(begun, fc.array(anEvent(), { maxLength: 12 }))
    .map(([first, rest]) =>
      [...first, ...rest].map((data, seq): TraceEvent => ({ seq, t: seq * 100, at: 'client', ...data })),
    );
}

function anEvent(): fc.Arbitrary<EventData> {
  return fc.oneof(
    { arbitrary: sent(message('client')), weight: 8 },
    { arbitrary: received(message('server')), weight: 8 },
    { arbitrary: app('cleanUpSet'), weight: 1 },
    { arbitrary: app('cleanUpRan'), weight: 1 },
    { arbitrary: app('closed', { why: 'asked', graceful: true }), weight: 1 },
    { arbitrary: app('closed', { why: 'asked', graceful: false }), weight: 1 },
    { arbitrary: app('speaks', SPEAKS), weight: 1 },
    { arbitrary: ofApplication(), weight: 6 },
    { arbitrary: fc.constant({ plane: 'note', kind: 'waited', for: 'x', ms: 100, lagMs: 0 } as const), weight: 1 },
    {
      arbitrary: fc.constant({ plane: 'wire', kind: 'garbled', why: 'notJson', text: 'x', bytes: 1 } as const),
      weight: 1,
    },
    { arbitrary: fc.constant({ plane: 'process', kind: 'exited', code: 0, signal: null } as const), weight: 1 },
  );
}

function ofApplication(): fc.Arbitrary<EventData> {
  return fc
    .constantFrom(1, 2)
    .chain((key) =>
      fc.oneof(
        app('called', { key, method: 'tools/call', wantsProgress: true }),
        app('numbered', { key, id: key }),
        app('delivered', { item: 'progress', key, progress: 1 }),
        app('settled', { key, outcome: 'result', sent: true }),
        app('handlerStarted', { key, method: 'tools/call' }),
        app('handlerEnded', { key }),
      ),
    );
}

const SPEAKS = { revisions: ['2025-03-26', '2025-06-18'] };
const INITIALIZED = { jsonrpc: '2.0', method: 'notifications/initialized' };

function message(from: 'client' | 'server'): fc.Arbitrary<Json> {
  const one = fc.oneof(
    from === 'client' ? initialize() : answer(),
    request(from),
    notification(from),
    fc.record({ jsonrpc: fc.constant('2.0'), id: id(), result: fc.constant({}) }),
    fc.record({ jsonrpc: fc.constant('2.0'), id: id(), error: fc.constant({ code: -32_601, message: 'no' }) }),
    fc.record({ jsonrpc: fc.constantFrom('1.0', '2.0'), id: id(), method: fc.constantFrom('ping', 7) }),
  );
  return fc.oneof({ arbitrary: one, weight: 9 }, { arbitrary: fc.tuple(one, one), weight: 1 });
}

/** Two that look alike, and two that do not. */
function id(): fc.Arbitrary<string | number> {
  return fc.constantFrom(1, '1', 2, 3);
}

function initialize(): fc.Arbitrary<Json> {
  const params = fc.record(
    {
      protocolVersion: fc.constantFrom('2024-11-05', '2025-03-26', '2025-06-18'),
      capabilities: fc.constantFrom({}, { roots: { listChanged: true } }),
      clientInfo: fc.constant({ name: 'c', version: '1' }),
    },
    { requiredKeys: ['protocolVersion', 'capabilities'] },
  );
  return fc.record({ jsonrpc: fc.constant('2.0'), id: id(), method: fc.constant('initialize'), params });
}

function answer(): fc.Arbitrary<Json> {
  const protocolVersion = fc.constantFrom('2024-11-05', '2025-03-26', '2025-06-18', '1999-01-01');
  const capabilities = fc.constantFrom({}, { tools: {} });
  const result = fc.record({ protocolVersion, capabilities, serverInfo: fc.constant({ name: 's', version: '1' }) });
  return fc.record({ jsonrpc: fc.constant('2.0'), id: id(), result });
}

function request(from: 'client' | 'server'): fc.Arbitrary<Json> {
  const methods =
    from === 'client' ? ['ping', 'tools/call', 'prompts/list'] : ['ping', 'roots/list', 'sampling/createMessage'];
  const token = fc.constantFrom(1, '1', 2, 1.5);
  const params = fc.option(fc.record({ _meta: fc.record({ progressToken: token }) }), { nil: {} });
  return fc.record({ jsonrpc: fc.constant('2.0'), id: id(), method: fc.constantFrom(...methods), params });
}

function notification(from: 'client' | 'server'): fc.Arbitrary<Json> {
  const progress = fc.record({ progressToken: id(), progress: fc.constantFrom(1, 2) });
  const cancelled = fc.record({ requestId: id() }).map((params) => ({ method: 'notifications/cancelled', params }));
  const other = from === 'client' ? 'notifications/roots/list_changed' : 'notifications/message';
  const methods = from === 'client' ? [other, 'notifications/initialized'] : [other];
  const plain = fc.constantFrom(...methods).map((method) => ({ method }));
  const told = progress.map((params) => ({ method: 'notifications/progress', params }));
  return fc.oneof(cancelled, plain, told).map((body) => ({ jsonrpc: '2.0', ...body }));
}

function sent(messages: fc.Arbitrary<Json>): fc.Arbitrary<EventData> {
  return messages.map((json) => ({ plane: 'wire', kind: 'sent', message: json, bytes: 1 }));
}

function received(messages: fc.Arbitrary<Json>): fc.Arbitrary<EventData> {
  return messages.map((json) => ({ plane: 'wire', kind: 'received', message: json, bytes: 1 }));
}

function app(kind: string, data?: Json): fc.Arbitrary<EventData> {
  return fc.constant(data === undefined ? { plane: 'app', kind } : { plane: 'app', kind, data });
}
