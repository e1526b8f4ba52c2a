import type { Finding } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { MODERN_VERSION, NO_VERSION, VERSION_CHECKS } from '../src/checks/version-checks.js';
import type { Run } from '../src/run.js';
import { readOffer } from '../src/version-offer.js';
import { agreeing, exited, INPUT_ENDED, OUTPUT_ENDED, offered, runOf, waited } from './hand-made.js';

const REVISION = '2025-11-25';
const OTHER = '2025-06-18';
const MADE_UP = '2027-01-01';
const listing = (...supported: string[]) => ({ error: { code: -32602, message: 'no', data: { supported } } });

const asked = (answer: Parameters<typeof offered>[1], made = {}) =>
  offered(REVISION, answer, { scenario: 'handshake', ...made });
const unknown = (answer: Parameters<typeof offered>[1], made = {}) => offered(NO_VERSION, answer, made);
const died = [exited(1), OUTPUT_ENDED];
const late = [waited(3000, 2000)];

type Case = [title: string, runs: readonly Run[], finding: Partial<Finding>];

describe('version.echo', () => {
  const witness = unknown(agreeing(REVISION));
  it.each<Case>([
    ['holds for what is agreed to', [asked(agreeing(REVISION))], { found: 'held' }],
    ['is broken by another offer that gets it', [asked(agreeing(OTHER)), witness], { found: 'broken' }],
    [
      'is broken by an error that lists it for another offer',
      [asked(agreeing(OTHER)), unknown(listing(REVISION))],
      { found: 'broken' },
    ],
    [
      'is broken by an error that lists the very version it refuses',
      [asked(listing(OTHER, REVISION))],
      { found: 'broken' },
    ],
    ['is broken by a server that dies of what it speaks', [asked(died), witness], { found: 'broken' }],
    ['is broken by silence about what it speaks', [asked([waited(3000)]), witness], { found: 'broken' }],
    ['is broken by a result without a version', [asked({ result: {} }), witness], { found: 'broken' }],
    [
      'lacks the revision when nothing shows that it is spoken',
      [asked(agreeing(OTHER))],
      { found: 'nothing', lacking: 'revision' },
    ],
    ['lacks the revision when it is refused', [asked(listing(OTHER))], { found: 'nothing', lacking: 'revision' }],
    [
      'lacks a whole run when that was cut, whatever others show',
      [asked([], { end: 'cut' }), witness],
      { found: 'nothing', lacking: 'wholeRun' },
    ],
    [
      'lacks a whole run when a bound was reached',
      [asked([], { end: 'limit' }), witness],
      { found: 'nothing', lacking: 'wholeRun' },
    ],
    [
      'lacks a steady machine when ours was late',
      [asked(late), witness],
      { found: 'nothing', lacking: 'steadyMachine' },
    ],
    ['lacks a whole run when nothing was offered', [witness], { found: 'nothing', lacking: 'wholeRun' }],
  ])('%s', (_, runs, finding) => {
    expect(judge('version.echo', runs)).toMatchObject(finding);
  });

  it('tells both answers when they contradict each other', () => {
    expect(judge('version.echo', [asked(agreeing(OTHER)), witness])).toMatchObject({
      expected: `protocolVersion ${REVISION}`,
      observed: `counter-offers ${OTHER}; yet offered ${NO_VERSION}: counter-offers ${REVISION}`,
      evidence: [0, 1],
    });
  });

  it('tells that nothing is known when the server said nothing', () => {
    expect(judge('version.echo', [asked([waited(3000)])])).toMatchObject({
      lacking: 'revision',
      why: `nothing tells whether the server speaks ${REVISION}: it gives no answer: silent for 3.0 s`,
    });
  });
});

describe('version.counter-offer', () => {
  it.each<Case>([
    ['holds for a revision that is known', [unknown(agreeing(REVISION))], { found: 'held' }],
    [
      'holds for one unknown to us that is agreed to when it is offered',
      [unknown(agreeing(MADE_UP)), offered(MADE_UP, agreeing(MADE_UP))],
      { found: 'held' },
    ],
    ['holds for one unknown to us that was not offered', [unknown(agreeing(MADE_UP))], { found: 'held' }],
    [
      'is broken by one unknown to us that is countered when it is offered',
      [unknown(agreeing(MADE_UP)), offered(MADE_UP, agreeing(REVISION))],
      { found: 'broken' },
    ],
    ['is broken by agreeing to what never was', [unknown(agreeing(NO_VERSION))], { found: 'broken' }],
    ['is broken by a result without a version', [unknown({ result: {} })], { found: 'broken' }],
    ['is broken by an error that lists nothing', [unknown(listing())], { found: 'broken' }],
    [
      'is open for an error that lists what is spoken',
      [unknown(listing(REVISION))],
      { found: 'open', ambiguity: 'counter-offer-error' },
    ],
    [
      'is broken by a server that dies',
      [unknown(died)],
      { found: 'broken', observed: 'no answer: the server exited with code 1' },
    ],
    ['is broken by silence', [unknown([waited(3000)])], { found: 'broken', observed: 'no answer within 3.0 s' }],
    ['lacks a steady machine when ours was late', [unknown(late)], { found: 'nothing', lacking: 'steadyMachine' }],
    ['lacks a whole run when that was cut', [unknown([], { end: 'cut' })], { found: 'nothing', lacking: 'wholeRun' }],
    [
      'lacks a whole run when a bound was reached',
      [unknown([INPUT_ENDED, OUTPUT_ENDED], { end: 'limit' })],
      { found: 'nothing', lacking: 'wholeRun' },
    ],
    [
      'lacks the handshake when initialize was never sent',
      [runOf({ offer: NO_VERSION })],
      { found: 'nothing', lacking: 'handshake' },
    ],
    [
      'lacks a whole run when nothing was offered',
      [asked(agreeing(REVISION))],
      { found: 'nothing', lacking: 'wholeRun' },
    ],
  ])('%s', (_, runs, finding) => {
    expect(judge('version.counter-offer', runs)).toMatchObject(finding);
  });

  it('is a note for the revision that has no handshake', () => {
    const run = offered(MODERN_VERSION, agreeing(MODERN_VERSION));
    expect(judge('version.counter-offer', [run], MODERN_VERSION)).toMatchObject({
      found: 'open',
      ambiguity: 'modern-offer-in-initialize',
      observed: `accepts ${MODERN_VERSION}`,
    });
  });
});

describe('version.counter-latest', () => {
  it.each<Case>([
    [
      'holds for the latest that was seen to be spoken',
      [asked(agreeing(REVISION)), unknown(agreeing(REVISION))],
      { found: 'held' },
    ],
    [
      'holds for one later than all we know',
      [asked(agreeing(REVISION)), unknown(agreeing(MADE_UP))],
      { found: 'held' },
    ],
    ['holds where nothing else is known', [unknown(agreeing(OTHER))], { found: 'held' }],
    ['is broken by an older one', [asked(agreeing(REVISION)), unknown(agreeing(OTHER))], { found: 'broken' }],
    [
      'is broken by one older than an error lists',
      [asked(listing(REVISION)), unknown(agreeing(OTHER))],
      { found: 'broken' },
    ],
    [
      'lacks the revision where nothing was counter-offered',
      [unknown(agreeing(NO_VERSION))],
      { found: 'nothing', lacking: 'revision' },
    ],
    [
      'lacks a whole run when nothing was offered',
      [asked(agreeing(REVISION))],
      { found: 'nothing', lacking: 'wholeRun' },
    ],
  ])('%s', (_, runs, finding) => {
    expect(judge('version.counter-latest', runs)).toMatchObject(finding);
  });
});

function judge(id: string, runs: readonly Run[], revision = REVISION): Finding {
  const check = VERSION_CHECKS.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`there is no ${id}`);
  return check.judge(revision, { runs: [], offers: runs.map(readOffer), preferred: REVISION, toolsRun: null }).finding;
}
