import { type Act, type Case, isMessage, kindOf, type RequestAct } from './act.js';
import { advance, type Forecast, newForecast, stateOf } from './forecast.js';
import { legalKinds } from './lifecycle.js';
import type { Means } from './means.js';

/** The only revision in which a client may send batches. */
export const BATCH_REVISION = '2025-03-26';

/**
 * Leaves out of a case what would be illegal where it stands, or means nothing: so any part of a legal case is one as well.
 *
 * @returns null when no session is ever opened
 */
export function legalized(whole: Case, means: Means): Case | null {
  let forecast = newForecast(whole.offer, means);
  const acts: Act[] = [];
  for (const act of whole.acts) {
    const legal = legalAct(act, forecast, acts.at(-1));
    if (legal === null) continue;
    acts.push(legal);
    forecast = advance(forecast, legal);
  }
  return acts.some((act) => act.do === 'initialize') ? { ...whole, acts } : null;
}

/** An act as it may be done at this point; null when it may not. */
function legalAct(act: Act, forecast: Forecast, before: Act | undefined): Act | null {
  const state = stateOf(forecast);
  if (!legalKinds(state, forecast.means, forecast.offer === BATCH_REVISION).includes(kindOf(act))) return null;
  const { joined: _, ...alone } = act;
  const own = legalContent(alone, forecast);
  if (own === null) return null;
  const isJoined = act.joined === true && before !== undefined && isMessage(before) && isMessage(own);
  return isJoined ? { ...own, joined: true } : own;
}

function legalContent(act: Act, forecast: Forecast): Act | null {
  const { stage, asked, declares } = forecast;
  switch (act.do) {
    case 'request':
      return legalRequest(act, forecast, stage !== 'ready');
    case 'batch': {
      let now = forecast;
      const members = act.members.flatMap((member) => {
        const legal = legalRequest(member, now, false);
        if (legal === null) return [];
        now = advance(now, legal);
        const { pieces: _, ...whole } = legal;
        return [whole];
      });
      if (members.length === 0) return null;
      const { hasNotification, ...plain } = { ...act, members };
      return hasNotification === true && declares.includes('roots-changed') ? { ...plain, hasNotification } : plain;
    }
    case 'cancel':
      return asked.includes(act.of) ? act : null;
    case 'tell-roots-changed':
      return declares.includes('roots-changed') ? act : null;
    default:
      return act;
  }
}

/** Names are unique and so are ids. Before the session is ready nothing about a request is unusual but its time. */
function legalRequest(
  act: RequestAct,
  { asked, hasZero, means, offer }: Forecast,
  isEarly: boolean,
): RequestAct | null {
  if (asked.includes(act.as)) return null;
  if (!legalKinds('idle', means, offer === BATCH_REVISION).includes(act.ask)) return null;
  if (isEarly) return { do: 'request', ask: act.ask, as: act.as, id: 'number' };
  return act.id === 'zero' && hasZero ? { ...act, id: 'number' } : act;
}
