import { type Act, type Case, kindOf } from './act.js';

/** Long enough for what a server does in its own time, also on a machine that is busy. In ms. */
const WIDE_MS = 500;

/** The same case with each of its waits longer, for what shows only where one of them happens to be: no act more. */
export function* lengthened(one: Case): Generator<Case> {
  for (const [index, act] of one.acts.entries()) {
    const isWait = act.do === 'pause' || act.do === 'stop-reading';
    if (isWait && act.ms < WIDE_MS) yield { ...one, acts: one.acts.with(index, { ...act, ms: WIDE_MS }) };
  }
}

/**
 * The same case with more time in it, one wait at a time: what comes and goes may do so because there is too little of it.
 * What a server owes at a place is waited for as well, and then what it does unasked.
 */
export function* widened(one: Case): Generator<Case> {
  yield* lengthened(one);
  const wait: Act = { do: 'pause', ms: WIDE_MS };
  for (const waits of [[{ do: 'settle' }, wait], [wait]] as const) {
    for (let index = 1; index <= one.acts.length; index += 1) {
      const [before, after] = [one.acts[index - 1], one.acts[index]];
      // A write is not torn apart, and nothing is waited for behind the end.
      if (after?.joined === true || (before !== undefined && ENDS.includes(kindOf(before)))) continue;
      yield { ...one, acts: one.acts.toSpliced(index, 0, ...waits) };
    }
  }
}

const ENDS: readonly string[] = ['eof', 'sigterm'] satisfies Act['do'][];
