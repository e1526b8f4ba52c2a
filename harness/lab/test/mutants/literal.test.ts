import { clientMachine, processMachine, serverMachine } from '@mcp-lifeline/core/machines';
import { describe, expect, test } from 'vitest';
import { leafOf, leavesOf, listStates, readLiteral } from '../../src/mutants/machine/literal.ts';

describe('the literal of a machine, written out', () => {
  test('has every state of the machine', () => {
    const paths = listStates(readLiteral(serverMachine.config)).map(({ path }) => path.join('.'));
    expect(paths).toEqual(expect.arrayContaining(['', 'serving', 'serving.ready.quiet', 'draining', 'killed']));
  });

  test('has each transition as a list of branches, each action with its type', () => {
    const { states } = readLiteral(clientMachine.config);
    expect(states['idle']?.on).toEqual({
      start: [{ target: 'starting', actions: [] }],
      close: [{ target: 'closed', actions: [{ type: 'noteAsked' }] }],
      kill: [{ target: 'closed', actions: [{ type: 'noteAsked' }] }],
    });
  });

  test('is a copy: to change it changes no machine', () => {
    const literal = readLiteral(processMachine.config);
    literal.states['killing']?.entry.pop();
    expect(readLiteral(processMachine.config).states['killing']?.entry).toHaveLength(1);
  });

  test.each([
    ['a neighbour', ['ready', 'pinging'], 'quiet', 'ready.quiet'],
    ['a state by its id', ['ready', 'pinging'], '#ready', 'ready.unwatched'],
    ['a state that begins with another', ['idle'], 'starting', 'starting.opening'],
    ['a path from the machine', ['idle'], '#client.closing.forced', 'closing.forced'],
  ])('tells to which leaf %s leads', (_, from, target, leaf) => {
    expect(leafOf(readLiteral(clientMachine.config), from, target)).toBe(leaf);
  });

  test('tells that a transition without a target leads nowhere', () => {
    expect(leafOf(readLiteral(clientMachine.config), ['idle'], undefined)).toBeNull();
  });

  test('lists the leaves, where a machine can be', () => {
    const leaves = leavesOf(readLiteral(processMachine.config)).map((path) => path.join('.'));
    expect(leaves).toContain('spawning.doomed');
    expect(leaves).not.toContain('spawning');
  });
});
