import { describe, expect, it } from 'vitest';
import { helpText, readInvocation } from '../../src/bench/invocation.js';

const choices = {
  workloads: ['memory.ping.1', 'memory.ping.100', 'memory.call.1', 'line'],
  quickWorkloads: ['memory.ping.1', 'line'],
  subjects: ['floor', 'sdk-v1'],
};
const read = (...args: string[]) => readInvocation(args, choices);

describe('the arguments of the bench', () => {
  it('ask for everything when there are none', () => {
    expect(read()).toEqual({
      kind: 'run',
      rounds: 5,
      quick: false,
      workloads: choices.workloads,
      subjects: choices.subjects,
      json: null,
      write: false,
      profile: null,
    });
  });

  it('ask for fewer workloads and rounds with --quick', () => {
    expect(read('--quick')).toMatchObject({ quick: true, rounds: 2, workloads: ['memory.ping.1', 'line'] });
  });

  it('let a quick run take any workload that is named, and any number of rounds', () => {
    expect(read('--quick', '--only', 'memory.call.1', '--rounds', '7')).toMatchObject({
      rounds: 7,
      workloads: ['memory.call.1'],
    });
  });

  it.each([
    ['memory', ['memory.ping.1', 'memory.ping.100', 'memory.call.1']],
    ['memory.ping', ['memory.ping.1', 'memory.ping.100']],
    ['memory.ping.1', ['memory.ping.1']],
    ['line,memory.call', ['memory.call.1', 'line']],
  ])('choose by --only %s', (only, workloads) => {
    expect(read('--only', only)).toMatchObject({ workloads });
  });

  it('choose subjects', () => {
    expect(read('--subjects=sdk-v1')).toMatchObject({ subjects: ['sdk-v1'] });
  });

  it('take files', () => {
    expect(read('--json', '-', '--profile', 'profiles', '--write')).toMatchObject({
      json: '-',
      profile: 'profiles',
      write: true,
    });
  });

  it('may be preceded by the separator of a runner of scripts', () => {
    expect(read('--', '--rounds', '1')).toMatchObject({ rounds: 1 });
  });

  it.each([['--help'], ['-h']])('ask for help with %s', (flag) => {
    expect(read(flag)).toEqual({ kind: 'help' });
  });

  it.each([
    [['--only', 'mem'], /^no such workload: mem; there are: memory\.ping\.1, /],
    [['--subjects', 'floor,sdk'], /^no such subject: sdk; there are: floor, sdk-v1$/],
    [['--rounds', '0'], /^--rounds takes a number from 1 to 100, not 0$/],
    [['--rounds', '1.5'], /^--rounds takes/],
    [['--rounds', 'many'], /^--rounds takes/],
    [['--fast'], /--fast/],
    [['surplus'], /surplus/],
  ])('%j are misused', (args, complaint) => {
    expect(read(...args)).toEqual({ kind: 'misused', complaint: expect.stringMatching(complaint) });
  });

  it.each([['--quick'], ['--only=line'], ['--subjects=floor']])('let %s not write the page', (flag) => {
    expect(read('--write', flag)).toMatchObject({ kind: 'misused', complaint: expect.stringMatching(/full run/) });
  });
});

it('the help names every workload and subject', () => {
  for (const name of [...choices.workloads, ...choices.subjects]) expect(helpText(choices)).toContain(name);
});
