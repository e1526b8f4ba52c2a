import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as core from '../src/process/index.ts';
import { processMachine } from '../src/process/machine.ts';

const root = new URL('../../../', import.meta.url);
const generator: { machineOutputs(machine: unknown, core: unknown): Map<string, string> } = await import(
  new URL('scripts/generate/machines.mjs', root).href
);

describe('docs/machines is what the sources generate', () => {
  const outputs = generator.machineOutputs(processMachine, core);

  test('it has a page and the data for a drawing', () => {
    expect([...outputs.keys()]).toEqual(['docs/machines/process.json', 'docs/machines/process.md']);
  });

  for (const [path, text] of outputs) {
    test(`${path} is current (else build, then run node scripts/generate.mjs)`, () => {
      expect(readFileSync(new URL(path, root), 'utf8')).toBe(text);
    });
  }
});
