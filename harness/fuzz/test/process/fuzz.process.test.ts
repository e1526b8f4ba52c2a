import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type FuzzOptions, type FuzzResult, fuzzServer, storyOf } from '../../src/index.ts';
import { ECHO_COMMAND, FAULTY_SEQUENCES, faultyCommand, GOOD_COMMAND } from './faulty-servers.ts';
import { caseOf, OPENING, request } from './made.ts';
import { mark } from './nothing-left.ts';

const FOLDER = fileURLToPath(new URL('../../faulty/', import.meta.url));

describe('the servers whose fault takes a sequence', () => {
  const names = readdirSync(FOLDER).map((file) => file.replace(/\.mjs$/, ''));

  it('are ten, each told what it breaks and by how many acts', () => {
    expect(Object.keys(FAULTY_SEQUENCES).toSorted()).toEqual(names.toSorted());
    expect(names).toHaveLength(10);
  });

  it.each(names)('%s says in its first line what is wrong', (name) => {
    const lines = readFileSync(`${FOLDER}${name}.mjs`, 'utf8').split('\n');
    expect(lines[0]).toMatch(/^\/\/ [A-Z].+\.$/);
    expect(lines.length).toBeLessThan(40);
  });
});

describe.concurrent('a fault that takes a sequence', () => {
  // Those whose seeds come upon it soon, and that show it whatever else the machine does; all of them, with more seeds, are
  // the business of fuzz.verify.test.ts.
  it.each([
    ['roots-after-early-ping', 1],
    ['strings-after-garbage', 3],
    ['progress-after-overlap', 1],
  ] as const)('of %s is found, and made as small as it gets', async (name, seed) => {
    const { id, length } = FAULTY_SEQUENCES[name] ?? { id: '', length: 0 };
    const { result, left } = await fuzzed(faultyCommand(name), {
      seed,
      runs: 100,
      isEnough: (violations) => violations.length > 0,
    });
    const [violation] = result.fuzz.violations;
    expect(violation?.broken.map((broken) => broken.id)).toContain(id);
    expect(violation?.case.acts).toHaveLength(length);
    expect(violation).toMatchObject({ isMinimal: true, again: { shown: 5, of: 5 } });
    expect(result.rows.find((row) => row.id === id)).toMatchObject({ run: violation?.run.id });
    expect(left).toEqual([]);
  });
});

describe.concurrent('a server without a fault', () => {
  it('shows none in forty runs, and they reach nearly every state', async () => {
    const { result, left } = await fuzzed(ECHO_COMMAND, { seed: 11, runs: 40 });
    expect(result).toMatchObject({ verdict: 'pass', preferred: '2025-11-25', fuzz: { runs: 40, violations: [] } });
    const { states, transitions } = result.fuzz.coverage;
    expect(states.reached).toBeGreaterThanOrEqual(states.of - 1);
    expect(transitions.reached).toBeGreaterThan(transitions.of / 2);
    expect(result.rows.filter(({ status }) => status === 'fail' || status === 'warn')).toEqual([]);
    expect(left).toEqual([]);
  });
});

describe.concurrent('a case that is run again', () => {
  it('shows what it showed, as often as it is run', async () => {
    const replay = caseOf(...OPENING, request('slow', 1), request('slow', 2, { token: 'string' }));
    const { result, left } = await fuzzed(faultyCommand('progress-after-overlap'), { replay });
    expect(result).toMatchObject({ verdict: 'fail', fuzz: { runs: 5, violations: [{ again: { shown: 5, of: 5 } }] } });
    expect(storyOf(replay, result.fuzz.means)).toHaveLength(5);
    expect(left).toEqual([]);
  });

  it('is no verdict on a server that lacks what it asks for', async () => {
    const script = `process.stdin.on('data', (text) => { const { id } = JSON.parse(text); const result =
      { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'bare', version: '1' } };
      if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result })); });`;
    const replay = caseOf(...OPENING, request('slow', 1));
    const { result } = await fuzzed([process.execPath, '-e', script], { replay });
    expect(result).toMatchObject({ verdict: 'error', fuzz: { runs: 0 } });
    expect(result.why).toMatch(/^the case cannot be run as it is/);
  });

  it('shows nothing on a server that is as it should be', async () => {
    const { result } = await fuzzed(GOOD_COMMAND, { replay: caseOf(...OPENING, request('unknown-method', 1)) });
    expect(result).toMatchObject({ verdict: 'pass', fuzz: { runs: 5, violations: [] } });
  });
});

describe.concurrent('a campaign', () => {
  it('ends when it is interrupted, with what it knows so far and nothing left', async () => {
    const controller = new AbortController();
    const { result, left } = await fuzzed(GOOD_COMMAND, {
      runs: 10_000,
      signal: controller.signal,
      onProgress: ({ runs }) => {
        if (runs === 3) controller.abort();
      },
    });
    expect(result).toMatchObject({ verdict: 'error', why: 'interrupted' });
    expect(result.fuzz.runs).toBeGreaterThanOrEqual(3);
    expect(result.fuzz.runs).toBeLessThan(100);
    expect(result.rows.filter(({ status }) => status === 'pass').length).toBeGreaterThan(0);
    expect(left).toEqual([]);
  });

  it('has nothing to say of a program that is no server', async () => {
    const { result, left } = await fuzzed([process.execPath, '-e', 'console.log("hello")'], {});
    expect(result).toMatchObject({ verdict: 'no-handshake', rows: [], fuzz: { runs: 0 } });
    expect(result.why).toMatch(/^gives no answer/);
    expect(left).toEqual([]);
  });

  it('has nothing to say of a revision that the server does not speak', async () => {
    const script = `process.stdin.on('data', (text) => { const { id } = JSON.parse(text); const result =
      { protocolVersion: '2024-11-05', capabilities: {}, serverInfo: { name: 'old', version: '1' } };
      console.log(JSON.stringify({ jsonrpc: '2.0', id, result })); });`;
    const { result } = await fuzzed([process.execPath, '-e', script], { revision: '2025-11-25' });
    expect(result).toMatchObject({ verdict: 'no-handshake', revisions: ['2024-11-05'], fuzz: { runs: 0 } });
  });
});

/** Fuzzes a server, and looks for what is left of it. */
async function fuzzed(
  command: readonly [string, ...string[]],
  options: Omit<FuzzOptions, 'target'>,
): Promise<{ readonly result: FuzzResult; readonly left: readonly string[] }> {
  const { env, left } = mark();
  const result = await fuzzServer({ target: { command, env }, ...options });
  return { result, left: await left() };
}
