import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clientMachine } from '../src/client/machine.ts';
import * as index from '../src/index.ts';
import * as processCore from '../src/process/index.ts';
import { processMachine } from '../src/process/machine.ts';
import * as saving from '../src/saving.ts';
import { serverMachine } from '../src/server/machine.ts';

const root = new URL('../../../', import.meta.url);
const generator: { machineOutputs(sources: object): Map<string, string> } = await import(
  new URL('scripts/generate/machines.mjs', root).href
);

const sessionCore = { ...index, ...saving };
const machines = { process: processMachine, client: clientMachine, server: serverMachine };

describe('docs/machines is what the sources generate', () => {
  const outputs = generator.machineOutputs({ processMachine, clientMachine, serverMachine, processCore, sessionCore });
  const pageOf = (name: string): string => outputs.get(`docs/machines/${name}.md`) ?? '';

  test('each machine has a page and the data for a drawing', () => {
    const expected = Object.keys(machines).flatMap((name) => [
      `docs/machines/${name}.json`,
      `docs/machines/${name}.md`,
    ]);
    expect([...outputs.keys()]).toEqual(expected);
  });

  for (const [path, text] of outputs) {
    test(`${path} is current (else build, then run node scripts/generate.mjs)`, () => {
      expect(readFileSync(new URL(path, root), 'utf8')).toBe(text);
    });
  }

  test.each(Object.entries(machines))(
    'every leaf of the %s is met by stepping, but what no input leads to',
    (name, { root }) => {
      const met = [...pageOf(name).matchAll(/^### (.+)$/gm)].map((match) => match[1]);
      expect(met.sort()).toEqual(leavesOf(root).sort());
    },
  );

  test('what happens from outside is drawn dashed, with an edge from wherever it may happen', () => {
    const page = pageOf('server');
    for (const from of ['serving', 'finishing', 'draining'])
      expect(page).toContain(`${from} --> killed : (from outside)`);
    expect(page).toContain('classDef outside stroke-dasharray: 5 5\n  class killed outside');
  });
});

interface Node {
  readonly path: string[];
  readonly states: Readonly<Record<string, Node>>;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
}

function leavesOf(node: Node): string[] {
  const children = Object.values(node.states);
  if (children.length > 0) return children.flatMap(leavesOf);
  return node.meta?.['environment'] === true ? [] : [node.path.join('.')];
}
