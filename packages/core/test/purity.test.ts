import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';

const src = new URL('../src/', import.meta.url);
const files = readdirSync(fileURLToPath(src), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'));
const textOf = (file: string): string => readFileSync(new URL(file, src), 'utf8');
const codeOf = (file: string): string => withoutComments(textOf(file));

/** Where a core could get time, chance or the world from. */
const IMPURE =
  /\b(Date|Math\.random|performance|crypto|process\.\w|console|set(Timeout|Interval|Immediate)|queueMicrotask|Promise|async|await|fetch|globalThis|require|import\()/;

describe('the core is pure', () => {
  test('there are sources to look at', () => expect(files.length).toBeGreaterThan(5));

  for (const file of files) {
    test(`${file} imports nothing but its neighbours and xstate`, () => {
      const imported = [...codeOf(file).matchAll(/(?:from|import)\s+'([^']+)'/g)].map((match) => match[1] ?? '');
      expect(imported.filter((name) => !name.startsWith('.') && name !== 'xstate')).toEqual([]);
    });

    test(`${file} names no clock, no chance and no world`, () => {
      expect(codeOf(file)).not.toMatch(IMPURE);
    });
  }

  test('only the machines and the stepper know xstate', () => {
    const knowing = files.filter((file) => /from\s+'xstate'/.test(codeOf(file)));
    expect(knowing.filter((file) => !file.endsWith('/machine.ts')).sort()).toEqual([
      'machine-checks.ts',
      'pure-xstate.ts',
    ]);
  });

  test("only the stepper knows XState's own event and action names", () => {
    const knowing = files.filter((file) => /'xstate\./.test(codeOf(file))).sort();
    expect(knowing).toEqual(['machine-checks.ts', 'pure-xstate.ts']);
  });
});

describe('a whole life', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  test('runs, from the loading of the core on, where clocks, timers and chance throw', async () => {
    const forbidden = (): never => {
      throw new Error('the core reached for the world');
    };
    vi.resetModules();
    vi.spyOn(Date, 'now').mockImplementation(forbidden);
    vi.spyOn(Math, 'random').mockImplementation(forbidden);
    for (const name of ['setTimeout', 'clearTimeout', 'setInterval']) vi.stubGlobal(name, forbidden);
    const { openProcess, PROCESS_DEFAULTS, phase, restore, save, step } = await import('../src/process/index.ts');
    let state = openProcess(PROCESS_DEFAULTS, 0);
    for (const type of ['start', 'spawned', 'close', 'close'] as const) [state] = step(state, { type, now: 0 });
    [state] = restore(save(state), 0);
    [state] = step(state, { type: 'elapsed', name: 'reap', generation: 2, now: 2_000 });
    expect(phase(state)).toBe('abandoned');
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
