import { readFileSync } from 'node:fs';
import { CHECKS } from '@mcp-lifeline/check';
import { CLIENT_INVARIANTS, clause, clausesOf, INVARIANTS, REVISIONS } from '@mcp-lifeline/specs';
import { describe, expect, it } from 'vitest';
import { isJudged, type Standing, standing } from '../../src/ledger/ledger.ts';

const root = new URL('../../../../', import.meta.url);
const generator: LedgerGenerator = await import(new URL('scripts/generate/ledger.mjs', root).href);
const evidence: { seenToFail(): Map<string, Set<string>> } = await import(
  new URL('scripts/generate/ledger/seen-to-fail.mjs', root).href
);

interface LedgerGenerator {
  countLedger(standings: readonly Standing[], seen: ReadonlyMap<string, unknown>): Counts;
  ledgerOutputs(standings: readonly Standing[], seen: ReadonlyMap<string, unknown>): Map<string, string>;
}

interface Counts {
  readonly clauses: number;
  readonly judged: number;
  readonly excluded: number;
  readonly neither: number;
  readonly shown: number;
  readonly share: number | null;
}

const JUDGES = [...CHECKS, ...CLIENT_INVARIANTS];
const rows = JUDGES.flatMap((judge) => REVISIONS.map((revision) => ({ judge, revision })));
const standings = REVISIONS.flatMap(clausesOf).map(standing);
const seen = evidence.seenToFail();

describe('the ledger', () => {
  it('has no clause that is neither judged nor excluded, and none that is both', () => {
    const wrong = standings.filter((one) => isJudged(one) === (one.reason !== undefined));
    expect(wrong.map(({ clause: { id } }) => id)).toEqual([]);
  });

  it('cites no clause that there is not', () => {
    const unknown = rows.flatMap(({ judge, revision }) =>
      judge.clauses(revision).filter((id) => judge.level(revision) !== null && clause(id)?.revision !== revision),
    );
    expect(unknown).toEqual([]);
  });

  it('has no judge that cites nothing, save those that no clause demands', () => {
    const silent = rows.filter(({ judge, revision }) => {
      const level = judge.level(revision);
      return judge.clauses(revision).length === 0 && (level === 'MUST' || level === 'SHOULD');
    });
    expect(silent.map(({ judge, revision }) => `${judge.id} ${revision}`)).toEqual([]);
  });

  it('knows of every invariant over servers: each is a check', () => {
    expect(INVARIANTS.filter(({ id }) => !CHECKS.some((check) => check.id === id))).toEqual([]);
  });

  it('is covered for 2025-11-25: all is judged or excluded, and 85 % of the rest by what was seen to fail', () => {
    const { clauses, judged, excluded, neither, share } = generator.countLedger(ofRevision('2025-11-25'), seen);
    expect({ neither, whole: judged + excluded }).toEqual({ neither: 0, whole: clauses });
    expect(share).toBeGreaterThanOrEqual(0.85);
  });
});

describe('what was seen to fail', () => {
  it('are checks and invariants that there are', () => {
    expect([...seen.keys()].filter((id) => !JUDGES.some((judge) => judge.id === id))).toEqual([]);
  });

  it('was seen in examples, on faulty peers, and mostly in both', () => {
    expect(seen.get('rpc.one-response')).toEqual(new Set(['example', 'peer']));
    // It compares two traces, which no example holds.
    expect(seen.get('version.echo')).toEqual(new Set(['peer']));
    expect(seen.get('client.ping.pong')).toEqual(new Set(['example']));
    expect(seen.has('stderr.noise')).toBe(false);
  });
});

describe('the counting', () => {
  const [judged, other] = ofRevision('2025-11-25').filter(isJudged);
  const excluded = ofRevision('2025-11-25').find((one) => !isJudged(one));
  if (judged === undefined || other === undefined || excluded === undefined) throw new Error('the ledger is empty');

  it('tells a clause that nothing judges and nobody excluded', () => {
    const forgotten: Standing = { ...excluded, reason: undefined };
    expect(generator.countLedger([judged, excluded, forgotten], new Map())).toMatchObject({ excluded: 1, neither: 1 });
  });

  it('takes the share of what is not excluded', () => {
    const only = new Map([[[...judged.checks, ...judged.ofClients][0] ?? '', new Set(['example'])]]);
    const alone: Standing = { ...other, checks: ['nobody.saw-it'], ofClients: [] };
    expect(generator.countLedger([judged, alone, excluded, excluded], only)).toMatchObject({ shown: 1, share: 0.5 });
    expect(generator.countLedger([excluded], only).share).toBeNull();
  });
});

describe('docs/ledger.md', () => {
  it('is what is generated (else build, then run node scripts/generate.mjs)', () => {
    for (const [path, text] of generator.ledgerOutputs(standings, seen)) {
      expect(readFileSync(new URL(path, root), 'utf8')).toBe(text);
    }
  });
});

function ofRevision(revision: string): readonly Standing[] {
  return standings.filter(({ clause: one }) => one.revision === revision);
}
