import { describe, expect, it } from 'vitest';
import type { Known } from '../../src/expect/known.ts';
import { knownNow, type Outcome, weigh } from '../../src/expect/outcome.ts';
import { madeResult, madeRow } from '../made-result.ts';

const ECHO: Known = { id: 'rpc.id-echo', revision: '2025-11-25', status: 'fail', because: 'soon' };
const LEAVING: Known = { id: 'shutdown.eof-idle', revision: '2025-11-25', status: 'warn', because: '' };
const echo = madeRow({ id: 'rpc.id-echo', status: 'fail' });
const leaving = madeRow({ id: 'shutdown.eof-idle', status: 'warn' });
const BROKEN = madeResult({ verdict: 'fail', rows: [madeRow({ id: 'ping.ready' }), echo, leaving] });
const ALL = () => true;

describe('a known failure', () => {
  it('is excused, and the check passes', () => {
    const outcome = weigh(BROKEN, [ECHO, LEAVING], ALL);
    expect(outcome.rows.map(({ excusedBy }) => excusedBy)).toEqual([undefined, ECHO, LEAVING]);
    expect([outcome.verdict, outcome.stale]).toEqual(['pass', []]);
  });

  it('excuses no other one', () => {
    const outcome = weigh(BROKEN, [LEAVING], ALL);
    expect(outcome.verdict).toBe('fail');
  });

  it('lets an error of ours come to light', () => {
    const rows = [...BROKEN.rows, madeRow({ id: 'rpc.malformed', status: 'error' })];
    expect(weigh({ ...BROKEN, rows }, [ECHO], ALL).verdict).toBe('error');
  });

  it('needs no excuse in a revision that does not count', () => {
    const outcome = weigh({ ...BROKEN, verdict: 'pass', counted: ['2025-06-18'] }, [ECHO], ALL);
    expect(outcome.rows.some(({ excusedBy }) => excusedBy !== undefined)).toBe(false);
    expect([outcome.verdict, outcome.stale]).toEqual(['pass', []]);
  });
});

describe('an entry is stale, and fails the check, where its row', () => {
  it.each([
    ['passes', [madeRow({ id: ECHO.id })], 'it passes now'],
    ['is a warning now', [{ ...echo, status: 'warn' } as const], 'it is warn now'],
    ['is unobserved now', [{ ...echo, status: 'unobserved' } as const], 'it is unobserved now'],
    ['does not exist', [leaving], 'there is no such row'],
    ['is of another revision', [{ ...echo, revision: '2025-06-18' }], 'there is no such row'],
  ])('%s', (_, rows, now) => {
    const outcome = weigh(madeResult({ rows }), [ECHO], ALL);
    expect([outcome.verdict, outcome.stale]).toEqual(['fail', [{ known: ECHO, now }]]);
  });

  it('passes in a revision that was judged, though it does not count', () => {
    const old = { ...ECHO, revision: '2025-06-18' } as const;
    const rows = [madeRow({ id: ECHO.id, revision: '2025-06-18' })];
    expect(weigh(madeResult({ rows }), [old], ALL).stale).toEqual([{ known: old, now: 'it passes now' }]);
  });
});

describe('an entry is left alone where', () => {
  it.each<[string, Outcome, (id: string) => boolean]>([
    ['its check was not asked for', madeResult(), (id) => id !== ECHO.id],
    ['its revision was not tried', madeResult({ tried: ['2025-06-18'] }), ALL],
    ['its revision does not count and has no such row', madeResult({ counted: ['2025-06-18'] }), ALL],
    ['the error is our own', madeResult({ verdict: 'error', rows: [{ ...echo, status: 'error' }] }), ALL],
    ['there is no handshake', madeResult({ verdict: 'no-handshake', why: 'silent' }), ALL],
    ['the check was interrupted', madeResult({ verdict: 'error', why: 'interrupted' }), ALL],
  ])('%s', (_, result, isAsked) => {
    const outcome = weigh(result, [ECHO], isAsked);
    expect([outcome.verdict, outcome.stale]).toEqual([result.verdict, []]);
  });
});

describe('the list as it is now', () => {
  it('has what fails and what is warned of, with no reason yet', () => {
    expect(knownNow(weigh(BROKEN, [], ALL), [])).toEqual([{ ...ECHO, because: '' }, LEAVING]);
  });

  it('keeps reasons, and entries that were not judged, and drops stale ones', () => {
    const apart: Known = { ...LEAVING, revision: '2024-11-05', because: 'another time' };
    const stale: Known = { ...LEAVING, id: 'ping.ready' };
    const before = [apart, stale, ECHO];
    const result = { ...BROKEN, tried: ['2025-11-25'] } as const;
    expect(knownNow(weigh(result, before, ALL), before)).toEqual([apart, ECHO, LEAVING]);
  });

  it('has nothing of a revision that does not count', () => {
    expect(knownNow(weigh({ ...BROKEN, counted: ['2025-06-18'] }, [], ALL), [])).toEqual([]);
  });
});
