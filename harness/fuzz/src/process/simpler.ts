import { type Act, type Case, type Question, type RequestAct, requestsOf } from './act.js';

/** Every case that differs in one thing, which is plainer in it: the greatest steps first. */
export function* simpler(one: Case): Generator<Case> {
  const counted = counting(one);
  if (JSON.stringify(counted) !== JSON.stringify(one)) yield counted;
  for (const [index, act] of one.acts.entries()) {
    for (const plain of plainerActs(act)) yield { ...one, acts: one.acts.with(index, plain) };
  }
}

/** The same case with its requests counted from 1. */
function counting(one: Case): Case {
  const names = one.acts.flatMap(requestsOf).map(({ as }) => as);
  const count = (name: number): number => names.indexOf(name) + 1;
  const acts = one.acts.map((act): Act => {
    switch (act.do) {
      case 'request':
        return { ...act, as: count(act.as) };
      case 'batch':
        return { ...act, members: act.members.map((member) => ({ ...member, as: count(member.as) })) };
      case 'cancel':
        return { ...act, of: count(act.of) };
      default:
        return act;
    }
  });
  return { ...one, acts };
}

function* plainerActs(act: Act): Generator<Act> {
  if (act.joined === true) {
    const { joined: _, ...alone } = act;
    yield alone;
  }
  switch (act.do) {
    case 'initialize':
      if (act.declares.length > 1) yield { ...act, declares: [] };
      for (const index of act.declares.keys()) yield { ...act, declares: act.declares.toSpliced(index, 1) };
      break;
    case 'request':
      for (const plain of plainerRequests(act)) yield { ...act, ...plain };
      if (act.token !== undefined) yield withoutToken(act);
      if (act.pieces !== undefined) yield withoutPieces(act);
      break;
    case 'batch':
      yield* plainerBatches(act);
      break;
    case 'pause':
    case 'stop-reading':
      for (const ms of [1, 20, 60, 250]) if (ms < act.ms) yield { ...act, ms };
      break;
    case 'reply':
      if (act.how === 'late' || act.how === 'error') yield { ...act, how: 'at-once' };
      break;
    default:
  }
}

function* plainerBatches(act: Extract<Act, { do: 'batch' }>): Generator<Act> {
  const { hasNotification, ...requests } = act;
  if (hasNotification === true) yield requests;
  for (const index of act.members.keys()) {
    if (act.members.length > 1) yield { ...act, members: act.members.toSpliced(index, 1) };
  }
  for (const [index, member] of act.members.entries()) {
    for (const plain of plainerRequests(member)) {
      yield { ...act, members: act.members.with(index, { ...member, ...plain }) };
    }
    if (member.token !== undefined) yield { ...act, members: act.members.with(index, withoutToken(member)) };
  }
}

function* plainerRequests(request: RequestAct): Generator<Partial<RequestAct>> {
  for (const ask of PLAINER[request.ask] ?? []) yield { ask };
  if (request.id !== 'number') yield { id: 'number' };
}

/** What is plainer than a question: what is quicker, and what has less to do with the server's own business. */
const PLAINER: Partial<Record<Question, readonly Question[]>> = {
  'tools/list': ['ping'],
  'prompts/list': ['ping'],
  'resources/list': ['ping'],
  'resources/templates/list': ['ping'],
  'unknown-method': ['ping'],
  'unknown-tool': ['ping'],
  asking: ['ping', 'slow'],
  slow: ['ping'],
  long: ['ping', 'slow'],
};

function withoutToken<T extends RequestAct>(request: T): Omit<T, 'token'> {
  const { token: _, ...rest } = request;
  return rest;
}

function withoutPieces<T extends RequestAct>(request: T): Omit<T, 'pieces'> {
  const { pieces: _, ...rest } = request;
  return rest;
}
