import { describe, expect, it } from 'vitest';
import { figure } from '../../src/explore/figures.ts';
import { configurationLines } from '../../src/explore/report.ts';
import { summaryLines } from '../../src/explore/summary.ts';
import { createStyle } from '../../src/report/style.ts';
import { madeAccount, madeProperty, madeReport, madeViolation } from './made-report.ts';

const STYLE = createStyle(false, 100);
const noTrace = (): undefined => undefined;

describe('a configuration', () => {
  it('has its figures and a line a property', () => {
    const report = madeReport('calls', {
      properties: [
        madeProperty('call.once', { witnessedAfter: 3 }),
        madeProperty('seen', { kind: 'sometimes', witnessedAfter: 1 }),
        madeProperty('call.settles', { kind: 'eventually' }),
        madeProperty('late', { status: 'unwitnessed' }),
        madeProperty('open', { status: 'undecided' }),
      ],
    });
    expect(configurationLines(report, noTrace, STYLE).join('\n')).toMatchInlineSnapshot(`
      "calls  what calls is about
        1,234 states · 5,678 edges · depth 9 · 0.5 s · 2,468 states a second · 48 bytes a state and 40 of
        edges · 1 state without a move
          property      holds       witness  what must hold
        ✓ call.once     always            3  what call.once says
        ✓ seen          sometimes         1  what seen says
        ✓ call.settles  eventually           what call.settles says
        ? late          not seen             what late says
        - open          undecided            what open says
      "
    `);
  });

  it('tells a violation as a story', () => {
    const report = madeReport('calls', { properties: [madeViolation('call.settles')] });
    const lines = configurationLines(report, (id) => `traces/${id}.jsonl`, STYLE);
    expect(lines.slice(3).join('\n')).toMatchInlineSnapshot(`
      "    property      holds       witness  what must hold
        ✗ call.settles  VIOLATED             what call.settles says
                                             the call is open for ever

        what call.settles says: the call is open for ever
          0  at first
             client: idle
             channel: nothing
          1  client: calls
             channel: a request
          2  channel: loses it
             channel: nothing
             and from here on for ever again:
          3  server: waits
        trace traces/calls.call.settles.jsonl
      "
    `);
  });

  it('that threw says what, and the way there', () => {
    const report = madeReport('calls', {
      ending: 'thrown',
      why: 'no such state',
      thrownAt: madeAccount('calls.thrown'),
      properties: [],
    });
    expect(configurationLines(report, noTrace, STYLE).slice(3, 7)).toEqual([
      '  THREW: no such state',
      '',
      '  nothing throws: no such state',
      '    0  at first',
    ]);
  });

  it('that was stopped says that there is more', () => {
    const lines = configurationLines(madeReport('calls', { ending: 'limit' }), noTrace, STYLE);
    expect(lines).toContain('  NOT TO A FIXPOINT: it was stopped at 1,234 states, and there are more');
  });

  it('that could not be explored says why, and can be read as one line', () => {
    const report = madeReport('calls', { ending: 'failed', why: 'out of\nmemory', properties: [] });
    expect(configurationLines(report, noTrace, STYLE)).toContain('  COULD NOT BE EXPLORED: out of\\nmemory');
  });
});

describe('the last line', () => {
  it('adds everything up', () => {
    expect(summaryLines({ reports: [madeReport('a'), madeReport('b')], seconds: 1.25, areAll: true }, STYLE)).toEqual([
      'verdict pass · 2 configurations · 2,468 states · 11,356 edges · 2 of 2 properties hold · 1.3 s',
    ]);
  });

  it('says what is in the way', () => {
    const reports = [
      madeReport('a', { properties: [madeViolation('x'), madeProperty('late', { status: 'unwitnessed' })] }),
      madeReport('b', { ending: 'limit' }),
    ];
    expect(summaryLines({ reports, seconds: 1, areAll: true }, createStyle(false, 160))).toEqual([
      'NO WITNESS in any configuration: late',
      'verdict fail · 2 configurations · 2,468 states · 11,356 edges · 2 of 4 properties hold · 1 violated · 1 without a witness · 1 not to a fixpoint · 1.0 s',
    ]);
  });
});

describe('a part of the configurations', () => {
  it('owes no witness', () => {
    const reports = [madeReport('a', { properties: [madeProperty('late', { status: 'unwitnessed' })] })];
    expect(summaryLines({ reports, seconds: 1, areAll: false }, STYLE)).toEqual([
      'what is not seen here may be seen in the configurations that were not explored',
      'verdict pass · 1 configuration · 1,234 states · 5,678 edges · 0 of 1 property hold · 1 not seen · 1.0 s',
    ]);
  });
});

describe('a figure', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1,000'],
    [12_345_678.4, '12,345,678'],
  ])('of %d is %s', (amount, text) => {
    expect(figure(amount)).toBe(text);
  });
});
