import { describe, expect, it } from 'vitest';
import { type CheckOptions, type CheckResult, checkServer, type Row } from '../src/index.js';
import { endOf, type JudgedFile, judgeFile } from './judge-file.js';

/** A bound that a flood reaches on any machine while it is merely looked at; with what is still on its way by then. */
const MAX_EVENTS = 15_000;
const BOUNDED_EVENTS = MAX_EVENTS + 1_000;
/** What one run may take in, with what is still on its way when it is stopped. */
const BOUNDED_BYTES = 100_000_000;

describe.concurrent('a program that is no server', () => {
  it('and exits with a banner is told by its exit code and the end of its stderr', async () => {
    const { result, left } = await judgeProgram('banner-and-exit');
    expect(result).toMatchObject({
      verdict: 'no-handshake',
      why: 'gives no answer: the server exited with code 1',
      stderrTail: 'error: no configuration found\n',
      serverInfo: null,
      revisions: [],
      preferred: null,
      rows: [],
    });
    expect(result.runs.map(({ id }) => id)).toEqual(['handshake@2025-11-25', 'handshake@2024-11-05']);
    expect(left).toEqual([]);
  });

  it('and says nothing is told by its silence', async () => {
    const { result, left } = await judgeProgram('silent', { timeoutScale: 0.1 });
    expect(result).toMatchObject({ verdict: 'no-handshake', stderrTail: '', rows: [] });
    expect(result.why).toMatch(/^gives no answer: silent for \d+\.\d s$/);
    expect(left).toEqual([]);
  });

  it('and writes one endless line is stopped at the bound of a line', async () => {
    const { result, left } = await judgeProgram('no-newline');
    expect(result).toMatchObject({ verdict: 'no-handshake', rows: [] });
    expect(result.why).toMatch(/^gives no answer: it wrote a line of/);
    expect(result.runs.map(endOf)).toEqual(['limit', 'limit']);
    for (const { outputBytes } of result.runs) expect(outputBytes).toBeLessThan(BOUNDED_BYTES);
    expect(left).toEqual([]);
  });

  it('and does not exist is told by the error of the system', async () => {
    const result = await checkServer({ target: { command: ['no-such-program-anywhere'], env: {} } });
    expect(result).toMatchObject({ verdict: 'no-handshake', why: 'gives no answer: could not be started (ENOENT)' });
    // Another version would not start it either.
    expect(result.runs).toHaveLength(1);
  });
});

describe.concurrent('a server that', () => {
  it('ignores every signal and the end of its input is warned of, and killed', async () => {
    const { result, left } = await judgeProgram('ignores-signals', { revision: '2025-11-25' });
    expect(result.verdict).toBe('pass');
    expect(named(result, ['fail', 'warn', 'unobserved', 'error']), whys(result)).toEqual({
      'shutdown.eof-idle': 'warn',
      'shutdown.eof-mid-handshake': 'warn',
      'shutdown.eof-mid-request': 'warn',
      'shutdown.eof-owed-answer': 'warn',
      'shutdown.sigterm': 'warn',
      'shutdown.survivors': 'unobserved',
    });
    expect(result.runs.map(endOf)).toEqual(result.runs.map(() => 'quiet'));
    expect(left).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'leaves descendants behind is rid of them, in its group and out of it',
    async () => {
      const { result, left } = await judgeProgram('grandchild', { revision: '2025-11-25' });
      expect(result.verdict).toBe('pass');
      const found = named(result, ['fail', 'warn', 'unobserved', 'error']);
      expect(found, whys(result)).toEqual({ 'shutdown.survivors': 'warn' });
      for (const run of result.runs) {
        const surveys = run.trace.events.filter((event) => event.plane === 'process' && event.kind === 'survey');
        expect(surveys, run.id).toMatchObject([{ survivors: [{ name: 'sleep', inGroup: false }] }]);
      }
      expect(left).toEqual([]);
    },
  );

  it('tells its secret everywhere does not get it into the result', async () => {
    const secret = 'Spoken+Se(cret "quoted" \u00fcber $& 0123456789';
    const { result, left } = await judgeProgram(
      'spoken-secrets',
      { revision: '2025-11-25' },
      { SPOKEN_SECRET: secret },
    );
    const said = JSON.stringify(result);
    expect(said).toContain('env#SPOKEN_SECRET');
    expect(result.stderrTail).toContain('env#SPOKEN_SECRET');
    expect(result.serverInfo).toMatchObject({ name: 'env#SPOKEN_SECRET', version: '1.0.0-env#SPOKEN_SECRET' });
    // Nor any part of it that is long enough to be of use.
    for (let at = 0; at + 8 <= secret.length; at += 1) {
      const part = JSON.stringify(secret.slice(at, at + 8)).slice(1, -1);
      expect(said.includes(part), `${part} is readable`).toBe(false);
    }
    expect(left).toEqual([]);
  });

  it('dies once it is initialized fails what it was asked, and what it could not be asked is unobserved', async () => {
    const { result, left } = await judgeProgram('crash-after-initialized', { revision: '2025-11-25' });
    expect(result).toMatchObject({ verdict: 'fail', stderrTail: 'fatal: cannot open the database\n' });
    expect(named(result, ['fail', 'warn', 'error'])).toEqual({ 'rpc.unknown-method': 'fail', 'ping.ready': 'fail' });
    expect(named(result, ['unobserved'])).toMatchObject({
      'rpc.id-echo': 'unobserved',
      'rpc.no-reply-to-notification': 'unobserved',
      'shutdown.eof-idle': 'unobserved',
      'shutdown.sigterm': 'unobserved',
    });
    expect(result.rows.find(({ id }) => id === 'ping.ready')?.observed).toBe(
      'no answer: the server exited with code 3',
    );
    expect(left).toEqual([]);
  });

  it('starts slowly is waited for', async () => {
    const { result, left } = await judgeProgram('slow-start', { revision: '2025-11-25', only: ['handshake.result'] });
    expect(result).toMatchObject({ verdict: 'pass', rows: [{ id: 'handshake.result', status: 'pass' }] });
    expect(left).toEqual([]);
  });
});

// Taking it in and judging it takes all of our own time: runs beside it would rightly be called disturbed.
describe('a server that', () => {
  it('floods us is stopped at the bound of a run, and only what was cut short stays unobserved', async () => {
    const options = { revision: '2025-11-25', timeoutScale: 2, maxEvents: MAX_EVENTS } as const;
    const { result, left } = await judgeProgram('flood', options);
    const wrong = result.rows.filter(({ status }) => ['fail', 'warn', 'error'].includes(status));
    expect(wrong.map(({ id, status, why, observed }) => [id, status, why, observed])).toEqual([]);
    expect(result.verdict).toBe('pass');
    expect(result.rows.find(({ id }) => id === 'handshake.no-early-requests')).toMatchObject({
      status: 'unobserved',
      why: `more than ${MAX_EVENTS} events`,
    });
    expect(result.runs.filter((run) => endOf(run) === 'limit').map(({ scenario }) => scenario)).toContain('handshake');
    for (const { trace } of result.runs) expect(trace.events.length).toBeLessThan(BOUNDED_EVENTS);
    expect(left).toEqual([]);
  });
});

describe.concurrent('an interrupted check', () => {
  it('that found no handshake yet has no rows', async () => {
    const controller = new AbortController();
    const onStart = () => void setTimeout(() => controller.abort(), 300);
    const { result, left } = await judgeProgram('silent', { signal: controller.signal, onStart });
    expect(result).toMatchObject({ verdict: 'error', why: 'interrupted', rows: [] });
    expect(result.runs.map(endOf)).toEqual(['cut']);
    expect(left).toEqual([]);
  });

  it('that was over before it began starts nothing', async () => {
    const { result } = await judgeProgram('silent', { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ verdict: 'error', why: 'interrupted', rows: [], runs: [] });
  });

  it.each([
    ['as soon as a process is asked for', 'unknown-method@2025-11-25', 0],
    ['while a server is merely looked at', 'ready@2025-11-25', 150],
    ['while a revision is offered', 'handshake@2025-03-26', 150],
  ])('%s judges what it saw, and leaves the rest unobserved', async (_, at, afterMs) => {
    const { result, left } = await interrupted('../good', at, afterMs);
    expect(result).toMatchObject({ verdict: 'error', why: 'interrupted' });
    expect(result.runs.at(-1)?.id).toBe(at);
    expect(result.runs.map(endOf)).toEqual([...result.runs.slice(1).map(() => 'quiet'), 'cut']);
    const statuses = new Set(result.rows.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['note', 'pass', 'unobserved']);
    expect(left).toEqual([]);
  });

  it('does not hold our own kill against a revision that the server was seen to speak', async () => {
    const { result } = await interrupted('../version.counter-latest', 'handshake@2025-06-18', 0);
    const own = result.rows.filter(({ id, revision }) => id === 'version.echo' && revision === '2025-06-18');
    expect(own).toMatchObject([{ status: 'unobserved' }]);
  });
});

function judgeProgram(name: string, options: Omit<CheckOptions, 'target'> = {}, env = {}): Promise<JudgedFile> {
  return judgeFile(`programs/${name}.mjs`, options, env);
}

/** Interrupts a check of all revisions some time after a run of it was started. */
function interrupted(name: string, at: string, afterMs: number): Promise<JudgedFile> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const onStart = ({ id }: { readonly id: string }): void => {
    if (id !== at) return;
    if (afterMs === 0) abort();
    else setTimeout(abort, afterMs);
  };
  return judgeProgram(name, { revision: 'all', signal: controller.signal, onStart });
}

/** The rows of these statuses, by the id of their check. */
function named({ rows }: CheckResult, statuses: readonly Row['status'][]): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ status }) => statuses.includes(status)).map(({ id, status }) => [id, status]),
  );
}

/** Why rows lack what they would need, for who reads that a test failed. */
function whys({ rows }: CheckResult): string {
  return rows.flatMap(({ id, why, run }) => (why === undefined ? [] : [`${id} (${run}): ${why}`])).join('; ');
}
