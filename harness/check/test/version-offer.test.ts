import { describe, expect, it } from 'vitest';
import { outcomeText, readOffer, spokenIn } from '../src/version-offer.js';
import { absent, agreeing, exited, OUTPUT_ENDED, offered, received, runOf, waited } from './hand-made.js';

const refusal = (data: object | null) => ({
  error: { code: -32602, message: 'Unsupported protocol version', ...(data === null ? {} : { data: { ...data } }) },
});

describe('an offered version', () => {
  it.each([
    ['is echoed', offered('2025-11-25', agreeing('2025-11-25')), { kind: 'echoed' }, 'accepts 2025-11-25'],
    [
      'is countered',
      offered('2025-11-25', agreeing('2024-11-05')),
      { kind: 'countered', version: '2024-11-05' },
      'counter-offers 2024-11-05',
    ],
    [
      'is refused with a list',
      offered('2025-11-25', refusal({ supported: ['2024-11-05', 7, '2025-03-26'] })),
      { kind: 'refused', error: 'error -32602', supported: ['2024-11-05', '2025-03-26'] },
      'refuses with error -32602',
    ],
    [
      'is refused without a list',
      offered('2025-11-25', refusal(null)),
      { kind: 'refused', error: 'error -32602', supported: [] },
      'refuses with error -32602',
    ],
    [
      'is refused with an error that is no object',
      offered('2025-11-25', { error: 'no' }),
      { kind: 'refused', error: 'error "no"', supported: [] },
      'refuses with error "no"',
    ],
    [
      'gets a result without a version',
      offered('2025-11-25', { result: { capabilities: {} } }),
      { kind: 'malformed', what: 'a result without protocolVersion' },
      'answers a result without protocolVersion',
    ],
    [
      'gets a result that is no object',
      offered('2025-11-25', { result: 'yes' }),
      { kind: 'malformed', what: 'a result without protocolVersion' },
      'answers a result without protocolVersion',
    ],
  ])('%s', (_, run, outcome, text) => {
    const offer = readOffer(run);
    expect(offer.outcome).toEqual(outcome);
    expect(outcomeText(offer)).toBe(text);
    expect(offer.evidence).toEqual([0, 1]);
  });

  it('is answered by what carries the id of initialize, and by nothing else before it', () => {
    const notice = received({ jsonrpc: '2.0', method: 'notifications/message', params: {} });
    const other = received({ jsonrpc: '2.0', id: 2, ...agreeing('2024-11-05') });
    const own = received({ jsonrpc: '2.0', id: 1, ...agreeing('2025-11-25') });
    expect(readOffer(offered('2025-11-25', [notice, other, own]))).toMatchObject({
      outcome: { kind: 'echoed' },
      evidence: [0, 3],
    });
  });
});

describe('an unanswered offer', () => {
  const limit = absent('wholeRun', 'more than 50000 events');
  it.each([
    ['silence', offered('2025-11-25', [waited(3000)]), 'silent for 3.0 s'],
    ['an exit', offered('2025-11-25', [exited(1), OUTPUT_ENDED]), 'the server exited with code 1'],
    ['an end of output alone', offered('2025-11-25', [OUTPUT_ENDED]), 'its output ended'],
    ['a bound that was reached', offered('2025-11-25', [limit], { end: 'limit' }), 'it wrote more than 50000 events'],
    ['an interruption', offered('2025-11-25', [], { end: 'cut' }), 'the run was interrupted'],
    [
      'a program that could not be started',
      runOf({ spawnError: { code: 'ENOENT', message: 'spawn nothing ENOENT' } }),
      'could not be started (ENOENT)',
    ],
  ])('is told apart: %s', (_, run, why) => {
    const offer = readOffer(run);
    expect(offer.outcome).toEqual({ kind: 'unanswered', why });
    expect(outcomeText(offer)).toBe(`gives no answer: ${why}`);
  });
});

describe('the revisions that are spoken', () => {
  it('are those that were echoed, counter-offered, or listed in an error', () => {
    const offers = [
      offered('2025-11-25', agreeing('2025-11-25')),
      offered('1900-01-01', agreeing('2025-06-18')),
      offered('2026-07-28', refusal({ supported: ['2024-11-05'] })),
      offered('2025-03-26', { result: {} }),
      offered('2025-03-26', [waited(10)]),
    ].map(readOffer);
    expect([...spokenIn(offers)]).toEqual(['2025-11-25', '2025-06-18', '2024-11-05']);
  });
});
