import type { Finding } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import type { Check } from '../src/checks/check.js';
import { INVARIANT_CHECKS } from '../src/checks/invariant-checks.js';
import { CHECKS } from '../src/index.js';
import type { Run } from '../src/run.js';
import { SESSION_SCENARIOS } from '../src/scenarios/all.js';
import { offer } from '../src/scenarios/handshake.js';
import {
  absent,
  agreeing,
  exited,
  garbled,
  INPUT_ENDED,
  initialize,
  KILL,
  OUTPUT_ENDED,
  received,
  runOf,
  sent,
  TERM,
  waited,
} from './hand-made.js';

const clean = runOf({ scenario: 'ids', events: [OUTPUT_ENDED] });
const dirty = runOf({ scenario: 'ready', events: [garbled('hello'), OUTPUT_ENDED] });
const odd = runOf({ scenario: 'sigterm', events: [garbled('{"js', 'cutOff'), OUTPUT_ENDED] });
const cut = runOf({ scenario: 'handshake', end: 'cut' });

describe('a check over several runs', () => {
  it.each<[string, readonly Run[], string, Run]>([
    ['what was broken in one of them is broken', [clean, odd, dirty, cut], 'broken', dirty],
    ['what is open in one of them is open, though it held in another', [clean, odd, cut], 'open', odd],
    ['what held in one of them held, though another shows nothing', [cut, clean], 'held', clean],
    ['nothing is shown when none of them shows anything', [cut], 'nothing', cut],
  ])('%s', (_, runs, found, run) => {
    const judged = checkOf('stdout.clean').judge('2025-11-25', { runs, offers: [], preferred: null, toolsRun: null });
    expect(judged.finding.found).toBe(found);
    expect(judged.run).toBe(run);
  });

  it('takes the first of two runs that show the same', () => {
    const again = runOf({ scenario: 'sigterm', events: [garbled('bye'), OUTPUT_ENDED] });
    const evidence = { runs: [dirty, again], offers: [], preferred: null, toolsRun: null };
    expect(checkOf('stdout.clean').judge('2025-11-25', evidence).run).toBe(dirty);
  });

  it('lacks a whole run when its scenario was not played', () => {
    const evidence = { runs: [clean, dirty], offers: [], preferred: null, toolsRun: null };
    const judged = checkOf('shutdown.sigterm').judge('2025-11-25', evidence);
    expect(judged).toMatchObject({ run: null, finding: { found: 'nothing', lacking: 'wholeRun' } });
  });
});

describe('what we did ourselves is not held against a server:', () => {
  it('a request that it withheld leaves it idle, so that it can be asked to leave', () => {
    const run = runOf({
      scenario: 'sigterm',
      events: [...READY, sent({ jsonrpc: '2.0', id: 2, method: 'ping' }), waited(3000), TERM, exited(0), OUTPUT_ENDED],
    });
    expect(judge('shutdown.sigterm', run)).toMatchObject({ found: 'held' });
  });

  it('a request on its way does not, and nothing was shown', () => {
    const ping = sent({ jsonrpc: '2.0', id: 2, method: 'ping' });
    const run = runOf({ scenario: 'sigterm', events: [...READY, ping, TERM, exited(0), OUTPUT_ENDED] });
    expect(judge('shutdown.sigterm', run)).toMatchObject({ found: 'nothing' });
  });

  it('the kill at a bound is no question that it failed', () => {
    const limit = absent('wholeRun', 'more than 50000 events');
    const run = runOf({ scenario: 'ready', events: [...READY, limit, INPUT_ENDED, KILL, OUTPUT_ENDED], end: 'limit' });
    expect(judge('shutdown.eof-idle', run)).toMatchObject({ found: 'nothing', lacking: 'wholeRun' });
  });

  it('a line that our kill cut in two is no oddity of its own', () => {
    const tail = garbled('{"jsonrpc', 'cutOff');
    const killed = runOf({ scenario: 'ready', events: [...READY, KILL, tail, OUTPUT_ENDED] });
    expect(judge('stdout.clean', killed)).toMatchObject({ found: 'held' });
    const alone = runOf({ scenario: 'ready', events: [...READY, tail, OUTPUT_ENDED] });
    expect(judge('stdout.clean', alone)).toMatchObject({ found: 'open', ambiguity: 'unterminated-tail' });
  });

  it('a question that it died too early for lacks a living server', () => {
    const run = runOf({ scenario: 'ids', events: [...READY, exited(3), OUTPUT_ENDED] });
    expect(judge('rpc.id-echo', run)).toMatchObject({ found: 'nothing', lacking: 'alive' });
    const refused = runOf({ scenario: 'ids', events: [...READY.slice(0, 1), exited(3), OUTPUT_ENDED] });
    expect(judge('rpc.id-echo', refused)).toMatchObject({ found: 'nothing', lacking: 'handshake' });
  });
});

describe('the checks', () => {
  it('have ids of their own', () => {
    const ids = CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(CHECKS.map((check) => [check.id, check] as const))(
    '%s is put to the test by scenarios that exist',
    (_, check) => {
      if (check.scenarios === 'every') return;
      const known = [...SESSION_SCENARIOS, offer].map(({ id }) => id);
      expect(check.scenarios.length).toBeGreaterThan(0);
      for (const scenario of check.scenarios) expect(known).toContain(scenario);
    },
  );
});

const READY = [
  initialize('2025-11-25'),
  received({ jsonrpc: '2.0', id: 1, ...agreeing('2025-11-25') }),
  sent({ jsonrpc: '2.0', method: 'notifications/initialized' }),
];

function judge(id: string, run: Run): Finding {
  return checkOf(id).judge('2025-11-25', { runs: [run], offers: [], preferred: null, toolsRun: null }).finding;
}

function checkOf(id: string): Check {
  const check = INVARIANT_CHECKS.find((candidate) => candidate.id === id);
  if (check === undefined) throw new Error(`there is no ${id}`);
  return check;
}
