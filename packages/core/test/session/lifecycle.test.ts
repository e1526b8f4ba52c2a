import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { clientMachine } from '../../src/client/machine.ts';
import { CLIENT_DEFAULTS, SERVER_DEFAULTS } from '../../src/index.ts';
import { serverMachine } from '../../src/server/machine.ts';
import { phaseOf } from '../../src/session/lifecycle.ts';
import { clientEffects, serverEffects } from '../../src/session/machine-actions.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const readers = ['session', 'calls'].map((folder) => readFolder(`${src}${folder}/`)).join('\n');
const steps = readFileSync(`${src}session/machine-steps.ts`, 'utf8');

const MACHINES = {
  client: { machine: clientMachine, effects: clientEffects, defaults: CLIENT_DEFAULTS },
  server: { machine: serverMachine, effects: serverEffects, defaults: SERVER_DEFAULTS },
} as const;

type Node = (typeof clientMachine | typeof serverMachine)['root'];

describe.each(Object.entries(MACHINES))('the literal of the %s', (_, { machine, effects, defaults }) => {
  const nodes = listNodes(machine.root);
  const leaves = nodes.filter((node) => Object.keys(node.states).length === 0);
  const text = JSON.stringify(machine.config);

  test('every state is described in a sentence', () => {
    for (const node of nodes) expect(node.description, node.id).toMatch(/^[A-Z].+\.$/);
  });

  test.each(leaves.map((node) => node.path.join('.')))('%s lies in a phase', (path) => {
    expect(['opening', 'negotiating', 'ready', 'closing', 'closed']).toContain(phaseOf(path));
  });

  test('every guard is used, and every effect', () => {
    for (const name of Object.keys({ ...machine.implementations.guards, ...effects })) {
      expect(text).toContain(`"${name}"`);
    }
  });

  test('every effect has a case that builds it', () => {
    for (const name of Object.keys(effects)) expect(steps).toContain(`case '${name}':`);
  });

  test('every tag is read where messages and calls are handled', () => {
    const tags = [...new Set(nodes.flatMap((node) => node.tags))];
    expect(tags.length).toBeGreaterThan(5);
    for (const tag of tags) expect(readers).toMatch(new RegExp(`tags\\.has\\([^)]*'${tag}'`));
  });

  test('every delay belongs to one state and takes its time from the configuration', () => {
    const owned = nodes.flatMap((node) => Object.keys(node.config.after ?? {}));
    expect(owned.sort()).toEqual(Object.keys(machine.implementations.delays ?? {}).sort());
    expect(owned).toEqual([...new Set(owned)]);
    for (const name of owned) expect(Object.keys(defaults)).toContain(`${name}Ms`);
  });

  test('what the environment alone can do is no transition of any state', () => {
    const reached = nodes.flatMap(targetsOf);
    const unreachable = nodes.filter((node) => node.meta?.['environment'] === true);
    for (const node of unreachable) {
      expect(reached).not.toContain(node.path.join('.'));
      expect(Object.keys(machine.root.states)).toEqual(expect.arrayContaining(node.meta?.['from'] as string[]));
    }
  });
});

function listNodes(node: Node): Node[] {
  return [node, ...Object.values(node.states).flatMap((child) => listNodes(child as Node))];
}

function targetsOf({ transitions }: Node): string[] {
  const targets: { readonly path: string[] }[] = [];
  for (const sameEvent of transitions.values()) for (const { target } of sameEvent) targets.push(...(target ?? []));
  return targets.map(({ path }) => path.join('.'));
}

function readFolder(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return files.map((file) => readFileSync(`${folder}${file}`, 'utf8')).join('\n');
}
