import { describe, expect, test } from 'vitest';
import { effects } from '../../src/process/actions.ts';
import type { ProcessPhase } from '../../src/process/index.ts';
import * as entryPoint from '../../src/process/index.ts';
import { processMachine } from '../../src/process/machine.ts';

/** A record, so that the compiler demands every phase. */
const PHASES: Readonly<Record<ProcessPhase, true>> = {
  idle: true,
  'spawning.wanted': true,
  'spawning.unwanted': true,
  'spawning.doomed': true,
  running: true,
  endingInput: true,
  terminating: true,
  killing: true,
  hearingOut: true,
  reaped: true,
  abandoned: true,
  neverStarted: true,
};

type Node = typeof processMachine.root;
const nodes: Node[] = [];
const visit = (node: Node): void => {
  nodes.push(node);
  Object.values(node.states).forEach((child) => {
    visit(child as Node);
  });
};
visit(processMachine.root);

describe('the literal', () => {
  test('its leaves are exactly the phases', () => {
    const leaves = nodes.filter((node) => Object.keys(node.states).length === 0).map((node) => node.path.join('.'));
    expect(leaves.sort()).toEqual(Object.keys(PHASES).sort());
  });

  test('every state is described in a sentence', () => {
    for (const node of nodes) expect(node.description, node.id).toMatch(/^[A-Z].+\.$/);
  });

  test('every clause it cites has a revision, a page and a name', () => {
    const cited = nodes.flatMap((node) => (node.meta?.clauses ?? []) as string[]);
    expect(cited.length).toBeGreaterThan(0);
    for (const clause of cited) expect(clause).toMatch(/^\d{4}-\d\d-\d\d\/[a-z]+\/[a-z-]+$/);
  });

  test('every guard and every effect is used', () => {
    const text = JSON.stringify(processMachine.config);
    for (const name of Object.keys({ ...processMachine.implementations.guards, ...effects })) {
      expect(text).toContain(`"${name}"`);
    }
  });
});

describe('the entry point', () => {
  test('exports its values by name, and few', () => {
    expect(Object.keys(entryPoint).sort()).toEqual([
      'LocalProtocolError',
      'PROCESS_DEFAULTS',
      'PROCESS_PATIENT',
      'PROCESS_QUICK',
      'abstract',
      'isOver',
      'openProcess',
      'phase',
      'readDuration',
      'restore',
      'save',
      'step',
    ]);
  });
});
