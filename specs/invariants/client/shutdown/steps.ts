import { always, citing } from '../../by-revision.js';
import type { Finding, Invariant } from '../../invariant.js';
import { seconds } from '../../silence.js';
import { type At, type Ladder, NO_LADDER, NO_WAIT_MS, type Signalled, seeLadder } from './ladder.js';

/** A client that closes a session first closes the input of the server. */
export const inputFirst = ladderStep({
  id: 'client.shutdown.input-first',
  title: 'the client closes the input of the server before it sends any signal',
  clauses: citing('lifecycle/stdio-shutdown'),
  expected: 'the end of input before any signal',
  weigh: ({ input, signals }) => {
    const [first] = signals;
    const isFirst = input !== null && (first === undefined || input.seq < first.seq);
    if (isFirst) return { found: 'held', observed: 'so it was', evidence: [input.seq] };
    if (first === undefined) return null;
    return { found: 'broken', observed: `${first.signal} to a server whose input was open`, evidence: [first.seq] };
  },
  why: 'the client neither closed the input nor sent a signal',
});

/** SIGTERM comes when the server has had time to leave at the end of its input. */
export const terminateAfterWait = ladderStep({
  id: 'client.shutdown.terminate',
  title: 'the client sends SIGTERM only to a server that stays after the end of its input',
  clauses: citing('lifecycle/stdio-terminate'),
  expected: 'the end of input, a wait, and only then SIGTERM',
  weigh: ({ input, signals, exited }) => {
    const term = signals.find(({ signal }) => signal === 'SIGTERM');
    if (term === undefined) return leftByItself(input, signals, exited);
    return afterWait(input, term, 'the end of input');
  },
  why: 'no server was to leave at the end of its input',
});

/** SIGKILL comes when the server has had time to leave on SIGTERM. POSIX: Windows knows no such signal. */
export const killLast = ladderStep({
  id: 'client.shutdown.kill-last',
  title: 'the client sends SIGKILL only to a server that stays after SIGTERM',
  clauses: citing('lifecycle/stdio-kill'),
  expected: 'SIGTERM, a wait, and only then SIGKILL',
  weigh: ({ input, signals, exited }) => {
    const kill = signals.find(({ signal }) => signal === 'SIGKILL');
    const term = signals.find(({ signal, seq }) => signal === 'SIGTERM' && seq < (kill?.seq ?? Infinity)) ?? null;
    if (kill !== undefined) return afterWait(term, kill, 'SIGTERM');
    if (term === null || exited === null) return leftByItself(input, signals, exited);
    return { found: 'held', observed: 'it left on SIGTERM', evidence: [term.seq, exited.seq] };
  },
  why: 'no server was to leave on SIGTERM',
});

interface Weighed {
  readonly found: 'held' | 'broken';
  readonly observed: string;
  readonly evidence: readonly number[];
}

interface Step extends Pick<Invariant, 'id' | 'title' | 'clauses'> {
  readonly expected: string;
  readonly weigh: (ladder: Ladder) => Weighed | null;
  readonly why: string;
}

function ladderStep({ weigh, expected, why, ...rule }: Step): Invariant<Ladder> {
  return {
    ...rule,
    level: always('SHOULD'),
    needs: ['closing', 'wholeRun'],
    initial: NO_LADDER,
    see: seeLadder,
    verdict: (ladder, end): Finding => {
      const weighed = weigh(ladder);
      if (weighed !== null) return { expected, ...weighed };
      if (end !== 'quiet') return { found: 'nothing', lacking: 'wholeRun', why: `the run ended (${end}) too early` };
      return { found: 'nothing', lacking: 'closing', why };
    },
  };
}

/** Without any signal: the server left while the client waited. */
function leftByItself(input: At | null, signals: readonly Signalled[], exited: At | null): Weighed | null {
  if (input === null || exited === null || exited.seq < input.seq || signals.length > 0) return null;
  return { found: 'held', observed: 'it left at the end of its input', evidence: [input.seq, exited.seq] };
}

function afterWait(before: At | null, signal: Signalled, what: string): Weighed {
  if (before === null || before.seq > signal.seq) {
    return { found: 'broken', observed: `${signal.signal} without ${what} before it`, evidence: [signal.seq] };
  }
  const ms = signal.t - before.t;
  const observed = `${signal.signal} ${seconds(ms)} after ${what}`;
  return { found: ms < NO_WAIT_MS ? 'broken' : 'held', observed, evidence: [before.seq, signal.seq] };
}
