import { clientMachine, processMachine, serverMachine } from '@mcp-lifeline/core/machines';
import { coreUnderTestOn, ours } from '@mcp-lifeline/explore/core-under-test';
import { TIMED } from '@mcp-lifeline/explore/timed';
import { describe, expect, test } from 'vitest';
import { readLiteral } from '../../src/mutants/machine/literal.ts';
import { type MachineMutant, mutantsOf, rebuild } from '../../src/mutants/machine/mutants-of.ts';

const MACHINES = { client: clientMachine, server: serverMachine, process: processMachine };

describe('the mutants of a machine', () => {
  test.each(Object.entries(MACHINES))('of the %s: what is rebuilt without a change is no mutant', (name, machine) => {
    const core = coreUnderTestOn({ [name]: rebuild(machine, readLiteral(machine.config)) });
    for (const { judge } of TIMED) expect(judge(core)).toBeNull();
  });

  test.each(['client', 'server', 'process'] as const)('of the %s have names of their own, and none is ours', (name) => {
    const mutants = mutantsOf(name);
    const names = mutants.map((mutant) => mutant.name);
    expect(names).toEqual([...new Set(names)]);
    expect(names.every((one) => one.startsWith(`${name}: `))).toBe(true);
    const literals = mutants.map((mutant) => JSON.stringify(literalOf(mutant)));
    expect(literals).not.toContain(JSON.stringify(readLiteral(MACHINES[name].config)));
    expect(literals).toEqual([...new Set(literals)]);
  });

  test.each([
    ['client: ready.quiet after keepalive[0]: guard isQuiet negated', 'negate guard'],
    ['client: ready.quiet after keepalive[1]: does not enter anew', 'drop reenter'],
    ['client: starting on ended: dropped', 'drop transition'],
    ['client: starting on ended: leads to ready.quiet', 'retarget transition'],
    ['client: starting on ended: leads nowhere', 'drop target'],
    ['client: closing.leaving on close[0]: tried after the next', 'swap branches'],
    ['client: closing.leaving on close[0]: guard isFirstClose dropped', 'drop guard'],
    ['client: closing.leaving entry: closeChannel graceful with now', 'change parameter'],
    ['client: closing.leaving entry: closeChannel graceful repeated', 'repeat action'],
    ['client: ready.pinging exit: forgetPing dropped', 'drop action'],
    ['client: hearingOut after hearOut: dropped', 'drop after'],
    ['client: ready.pinging: tag awaitsSign dropped', 'drop tag'],
    ['client: ready: begins with pinging', 'change initial'],
    ['server: draining entry: abortAll after cleanUp', 'swap actions'],
    ['process: endingInput after grace: term instead, and terminating the other way', 'swap delays'],
  ])('have %s among them', (name, operator) => {
    expect(mutantNamed(name).operator).toBe(operator);
  });

  test('do what their name says', () => {
    const { states } = literalOf(mutantNamed('client: closing.leaving on close[0]: guard isFirstClose dropped'));
    const [first] = states['closing']?.states['leaving']?.on['close'] ?? [];
    expect(first).toEqual({ actions: [{ type: 'noteAsked' }] });
  });

  test('take the timer of a dropped `after` out of the machine, so that it is not refused for that alone', () => {
    const core = coreUnderTestOn(mutantNamed('process: endingInput after grace: dropped').build());
    const [judged] = TIMED.filter(({ id }) => id === 'grace.expiry').map(({ judge }) => judge(core));
    expect(judged).toContain('grace');
  });

  test('negate a guard by a guard that says the opposite', () => {
    const core = coreUnderTestOn(mutantNamed('process: endingInput on close[0]: guard isFirstClose negated').build());
    const [judged] = TIMED.filter(({ id }) => id === 'grace.left').map(({ judge }) => judge(core));
    expect(judged).toEqual(expect.any(String));
    expect(TIMED.filter(({ judge }) => judge(ours) !== null)).toEqual([]);
  });
});

function mutantNamed(name: string): MachineMutant {
  const [machine = ''] = name.split(':');
  const found = mutantsOf(machine as MachineMutant['machine']).find((mutant) => mutant.name === name);
  if (found === undefined) throw new Error(`no mutant ${name}`);
  return found;
}

function literalOf(mutant: MachineMutant): ReturnType<typeof readLiteral> {
  return readLiteral(mutant.build()[mutant.machine]?.config ?? {});
}
