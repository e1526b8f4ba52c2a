import { always, citing } from '../../by-revision.js';
import type { Invariant } from '../../invariant.js';
import { type ClientSession, NEW_CLIENT_SESSION, seeMessages } from '../session.js';
import { spokenIn } from './spoken.js';

interface State {
  readonly session: ClientSession;
  readonly spoken: { readonly seq: number; readonly revisions: readonly string[] } | null;
}

/** A client offers a version that it speaks. */
export const versionOffer = offer({
  id: 'client.version.offer',
  title: 'the version that initialize offers is one that the client speaks',
  level: always('MUST'),
  clauses: citing('lifecycle/version-offer'),
  isRight: (offered, revisions) => revisions.includes(offered),
});

/** A client offers the newest version that it speaks. */
export const versionOfferLatest = offer({
  id: 'client.version.offer-latest',
  title: 'the version that initialize offers is the newest that the client speaks',
  level: always('SHOULD'),
  clauses: citing('lifecycle/version-offer-latest'),
  // Versions are dates, written so that their order is that of the text.
  isRight: (offered, revisions) => revisions.every((revision) => revision <= offered),
});

interface Offer extends Pick<Invariant, 'id' | 'title' | 'level' | 'clauses'> {
  readonly isRight: (offered: string, revisions: readonly string[]) => boolean;
}

function offer({ isRight, ...rule }: Offer): Invariant<State> {
  return {
    ...rule,
    needs: ['clientRequest', 'appPlane', 'wholeRun'],
    initial: { session: NEW_CLIENT_SESSION, spoken: null },
    see: (state, event) => {
      const revisions = spokenIn(event);
      const next = revisions === null ? state : { ...state, spoken: { seq: event.seq, revisions } };
      return seeMessages(next, event, (same) => same);
    },
    verdict: ({ session, spoken }) => {
      const { opening } = session;
      if (opening === null || opening.offered === null) {
        return { found: 'nothing', lacking: 'clientRequest', why: 'no initialize offered a version' };
      }
      if (spoken === null) {
        return { found: 'nothing', lacking: 'appPlane', why: 'the application did not say what its client speaks' };
      }
      const found = isRight(opening.offered, spoken.revisions) ? 'held' : 'broken';
      const expected = `one of ${spoken.revisions.join(', ')}`;
      return {
        found,
        expected,
        observed: opening.offered,
        evidence: [spoken.seq, opening.seq].toSorted((a, b) => a - b),
      };
    },
  };
}
