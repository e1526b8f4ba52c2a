import { formatTrace } from '@mcp-lifeline/trace';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { describe, expect, it } from 'vitest';
import type { Configuration } from '../../src/exploration.ts';
import { exploreConfiguration } from '../../src/run/explore-configuration.ts';
import type { ConfigurationReport, PropertyReport, Violation } from '../../src/run/report.ts';
import { alternatingBit } from './alternating-bit.ts';

const TOOL = { name: 'test', version: '0' };

describe('a configuration that is right', () => {
  const report = exploreConfiguration(alternatingBit(), TOOL);

  it('is explored to its end', () => {
    expect(report).toMatchObject({ id: 'alternating-bit', ending: 'fixpoint', why: null, thrownAt: null });
    expect(report.bounds).toEqual({ 'messages in a channel': 1, losses: 'without limit' });
  });

  it('has one line for a property and its witness', () => {
    expect(report.properties.map(({ id, kind, status, witnessedAfter }) => [id, kind, status, witnessedAfter])).toEqual(
      [
        ['delivered.once', 'always', 'holds', 3],
        ['again', 'sometimes', 'holds', 4],
        ['confirmed', 'eventually', 'holds', null],
      ],
    );
  });

  it('is plain data', () => {
    expect(structuredClone(report)).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});

describe('a configuration with a flaw in the protocol', () => {
  const violation = violationOf(exploreConfiguration(alternatingBit({ takesAll: true }), TOOL), 'delivered.once');

  it('tells a shortest way to it, with what each step changes', () => {
    expect(violation.why).toBe('it was delivered twice');
    expect(violation.story.start).toEqual([
      'sender: idle, bit 0',
      'channels: nothing and nothing',
      'receiver: expects 0, delivered 0',
    ]);
    expect(violation.story.steps).toEqual([
      { move: 'application: sends a message', changes: ['sender: waiting, bit 0'] },
      { move: 'sender: transmits', changes: ['channels: message 0 and nothing'] },
      {
        move: 'channel: the message arrives',
        changes: ['channels: nothing and answer 0', 'receiver: expects 1, delivered 1'],
      },
      { move: 'sender: transmits', changes: ['channels: message 0 and answer 0'] },
      {
        move: 'channel: the message arrives',
        changes: ['channels: nothing and answer 0', 'receiver: expects 1, delivered 2'],
      },
    ]);
    expect(violation.story.round).toEqual([]);
  });

  it('shows it as a trace that readers take, step by step', () => {
    const { header, events } = parseTrace(formatTrace(violation.trace));
    expect(header).toMatchObject({ tool: TOOL, scenario: 'alternating-bit delivered.once', revision: null });
    expect(events.map(({ t, plane, kind }) => `${t} ${plane} ${kind}`)).toEqual([
      '1 app move',
      '2 app move',
      '2 wire sent',
      '3 app move',
      '4 app move',
      '4 wire sent',
      '5 app move',
      '5 note end',
    ]);
    expect(events[1]).toMatchObject({ data: { step: 2, name: 'sender: transmits' } });
  });
});

describe('a configuration in which the world promises too little', () => {
  const violation = violationOf(exploreConfiguration(alternatingBit({ mayLoseForEver: true }), TOOL), 'confirmed');

  it('tells what may go on for ever', () => {
    expect(violation.why).toBe('it may go round for ever');
    expect(violation.story.steps.map(({ move }) => move)).toEqual(['application: sends a message']);
    expect(violation.story.round.map(({ move }) => move)).toEqual(['sender: transmits', 'channel: loses the message']);
  });

  it('shows one round of it in the trace', () => {
    expect(violation.trace.events.filter(({ kind }) => kind === 'move')).toHaveLength(3);
  });
});

describe('what never happens', () => {
  const never = {
    id: 'never',
    title: 'never',
    from: () => false,
    to: () => true,
    seen: () => false,
    violation: () => null,
  };
  const configuration: Configuration = {
    ...alternatingBit(),
    build: () => ({
      ...alternatingBit().build(),
      properties: [
        { ...never, kind: 'always' },
        { ...never, kind: 'sometimes', id: 'never.witness' },
        { ...never, kind: 'eventually', id: 'never.followed' },
        { ...never, kind: 'sometimes', id: 'never.seen' },
      ],
    }),
  };

  it('leaves without a witness what is about it', () => {
    const { properties } = exploreConfiguration(configuration, TOOL);
    expect(properties.map(({ id, kind, status }) => [id, kind, status])).toEqual([
      ['never', 'always', 'unwitnessed'],
      ['never.followed', 'eventually', 'unwitnessed'],
      ['never.seen', 'sometimes', 'unwitnessed'],
    ]);
  });
});

describe('a configuration that throws', () => {
  it('tells what, and the way there', () => {
    const { ending, why, thrownAt, properties } = exploreConfiguration(alternatingBit({ throws: true }), TOOL);
    expect([ending, why]).toEqual(['thrown', 'had that already']);
    expect(thrownAt?.story.steps.map(({ move }) => move)).toEqual([
      'application: sends a message',
      'sender: transmits',
      'channel: the message arrives',
      'sender: transmits',
    ]);
    expect(properties.map(({ status }) => status)).toEqual(['undecided', 'holds', 'undecided']);
  });

  it('is told of though it throws again when it is asked for the way', () => {
    const { build, ...rest } = alternatingBit({ throws: true });
    const observations = (): never => {
      throw new Error('no such step');
    };
    const report = exploreConfiguration({ ...rest, build: () => ({ ...build(), observations }) }, TOOL);
    expect(report).toMatchObject({ ending: 'thrown', why: 'had that already', thrownAt: null });
  });
});

describe('a configuration that is not explored to its end', () => {
  it('proves nothing but what it saw', () => {
    const { ending, properties } = exploreConfiguration(alternatingBit(), TOOL, { maxStates: 5 });
    expect(ending).toBe('limit');
    expect(properties.map(({ status }) => status)).toEqual(['undecided', 'holds', 'undecided']);
  });
});

function violationOf({ properties }: ConfigurationReport, id: string): Violation {
  const found: PropertyReport | undefined = properties.find((property) => property.id === id);
  if (found?.violation == null) throw new Error(`${id} is ${found?.status}`);
  return found.violation;
}
