import { type Finding, isRevision, type Need, weighSilence } from '@mcp-lifeline/specs';
import { handshake, offer } from '../scenarios/handshake.js';
import { outcomeText, spokenIn, type VersionOffer } from '../version-offer.js';
import type { Check, Evidence, Judged } from './check.js';

/** A version that never was, and never will be. */
export const NO_VERSION = '1900-01-01';

/** The revision without a handshake: offering it in `initialize` is allowed, and what it gets is worth knowing. */
export const MODERN_VERSION = '2026-07-28';

const NEEDS: readonly Need[] = ['revision', 'handshake', 'alive', 'steadyMachine', 'wholeRun'];

const versionEcho: Check = {
  id: 'version.echo',
  title: 'a revision that the server speaks is agreed to when it is offered',
  level: (revision) => (isRevision(revision) ? 'MUST' : null),
  clauses: (revision) => [`${revision}/lifecycle/version-echo`],
  needs: NEEDS,
  scenarios: [handshake.id],
  judge: (revision, { offers }) => {
    const own = offers.find(({ offered, run }) => offered === revision && run.scenario === handshake.id);
    if (own === undefined) return notPlayed(`${revision} was not offered`);
    const expected = `protocolVersion ${revision}`;
    const { outcome, evidence, run } = own;
    if (outcome.kind === 'echoed') {
      return { run, finding: { found: 'held', expected, observed: expected, evidence } };
    }
    const silence = silenceOf(own);
    if (silence?.shows === 'nothing') return { run, finding: silence.finding };
    const witness = offers.find((other) => other !== own && spokenIn([other]).has(revision));
    const listsItself = spokenIn([own]).has(revision);
    if (witness === undefined && !listsItself) {
      return { run, finding: { found: 'nothing', lacking: 'revision', why: notSpoken(revision, own) } };
    }
    const elsewhere =
      witness === undefined ? 'lists it as supported' : `offered ${witness.offered}: ${outcomeText(witness)}`;
    const observed = `${outcomeText(own)}; yet ${elsewhere}`;
    return { run, finding: { found: 'broken', expected, observed, evidence } };
  },
};

const counterOffer: Check = {
  id: 'version.counter-offer',
  title: 'a version that the server does not speak gets another one that it does',
  level: (revision) => (revision === MODERN_VERSION ? 'NOTE' : isRevision(revision) ? 'MUST' : null),
  clauses: (revision) => (isRevision(revision) ? [`${revision}/lifecycle/version-counter-offer`] : []),
  needs: NEEDS,
  onlyPreferred: true,
  scenarios: [offer.id],
  judge: (revision, evidence) => {
    const offered = revision === MODERN_VERSION ? MODERN_VERSION : NO_VERSION;
    const own = offerOf(offered, evidence);
    if (own === undefined) return notPlayed(`${offered} was not offered`);
    const expected = 'another version, one that the server speaks';
    const said = { expected, observed: outcomeText(own), evidence: own.evidence };
    if (revision === MODERN_VERSION) {
      return { run: own.run, finding: { found: 'open', ambiguity: 'modern-offer-in-initialize', ...said } };
    }
    return { run: own.run, finding: judgeCounter(own, said, evidence.offers) };
  },
};

const counterLatest: Check = {
  id: 'version.counter-latest',
  title: 'the counter-offer is the latest revision that the server speaks',
  level: (revision) => (isRevision(revision) ? 'SHOULD' : null),
  clauses: (revision) => [`${revision}/lifecycle/version-counter-latest`],
  needs: NEEDS,
  onlyPreferred: true,
  scenarios: [offer.id],
  judge: (_, evidence) => {
    const own = offerOf(NO_VERSION, evidence);
    if (own === undefined) return notPlayed(`${NO_VERSION} was not offered`);
    const { run, outcome } = own;
    if (outcome.kind !== 'countered') {
      return { run, finding: { found: 'nothing', lacking: 'revision', why: `it ${outcomeText(own)}` } };
    }
    // Revisions are dates: their order as text is their order in time.
    const latest = [...spokenIn(evidence.offers)].filter(isRevision).sort().at(-1) ?? outcome.version;
    const expected = `${latest}, the latest one it speaks`;
    const found = outcome.version >= latest ? 'held' : 'broken';
    return { run, finding: { found, expected, observed: outcomeText(own), evidence: own.evidence } };
  },
};

/** The checks that compare what became of several offers: relations between traces, which no invariant can see. */
export const VERSION_CHECKS: readonly Check[] = [versionEcho, counterOffer, counterLatest];

/** Why a revision cannot be judged, in words. */
export function notSpoken(revision: string, own: VersionOffer): string {
  const isKnown = own.outcome.kind !== 'unanswered';
  const claim = isKnown
    ? `the server does not speak ${revision}`
    : `nothing tells whether the server speaks ${revision}`;
  return `${claim}: it ${outcomeText(own)}`;
}

function judgeCounter(
  own: VersionOffer,
  said: { readonly expected: string; readonly observed: string; readonly evidence: readonly number[] },
  offers: readonly VersionOffer[],
): Finding {
  const { outcome } = own;
  switch (outcome.kind) {
    case 'echoed':
    case 'malformed':
      return { found: 'broken', ...said };
    case 'refused':
      // The page demands another version, and its own example of an error lists the supported ones.
      if (outcome.supported.length === 0) return { found: 'broken', ...said };
      return { found: 'open', ambiguity: 'counter-offer-error', ...said };
    case 'countered': {
      const follow = offers.find(({ offered }) => offered === outcome.version);
      // Whether a revision of ours is agreed to is told by version.echo.
      if (isRevision(outcome.version) || follow === undefined || follow.outcome.kind === 'echoed') {
        return { found: 'held', ...said };
      }
      return { found: 'broken', ...said, observed: `${said.observed}, which it does not speak itself` };
    }
    case 'unanswered': {
      const silence = silenceOf(own);
      if (silence === null) return { found: 'nothing', lacking: 'handshake', why: outcome.why };
      if (silence.shows === 'nothing') return silence.finding;
      return { found: 'broken', ...said, observed: silence.observed, evidence: silence.evidence };
    }
  }
}

/** What an unanswered `initialize` shows; null when it was answered, or never sent. */
function silenceOf(own: VersionOffer): ReturnType<typeof weighSilence> | null {
  const { initializeKey, pending } = own.session;
  const asked = pending.find(({ key }) => key !== null && key === initializeKey);
  return asked === undefined ? null : weighSilence(own.session, asked, endOf(own));
}

function endOf({ run }: VersionOffer): 'quiet' | 'cut' | 'limit' {
  const last = run.trace.events.at(-1);
  return last?.plane === 'note' && last.kind === 'end' ? last.why : 'cut';
}

function offerOf(version: string, { offers }: Evidence): VersionOffer | undefined {
  return offers.find(({ offered, run }) => offered === version && run.scenario === offer.id);
}

function notPlayed(why: string): Judged {
  return { run: null, finding: { found: 'nothing', lacking: 'wholeRun', why } };
}
