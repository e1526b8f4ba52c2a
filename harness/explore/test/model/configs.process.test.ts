import { describe, expect, test } from 'vitest';
import { CONFIGURATIONS, LARGE_CONFIGURATIONS } from '../../src/configs.ts';
import type { System } from '../../src/contract.ts';
import type { Configuration } from '../../src/exploration.ts';
import { allExercises, type Exercise } from '../../src/model/coverage.ts';
import { World } from '../../src/model/world.ts';
import { exploreConfiguration } from '../../src/run/explore-configuration.ts';
import type { ConfigurationReport } from '../../src/run/report.ts';
import { unwitnessed } from '../../src/run/verdict.ts';
import { SIZES } from './sizes.ts';
import { UNEXERCISED } from './unexercised.ts';

const TOOL = { name: 'mcp-lifeline', version: '0' };

/** A configuration may take its time on a busy machine, in ms. */
const PATIENCE_MS = 300_000;

describe('the configurations', () => {
  const reports: ConfigurationReport[] = [];
  const exercised = new Set<Exercise>();
  const names = new Set<string>();
  const taken = new Set<string>();

  for (const configuration of CONFIGURATIONS) {
    test(
      `every property holds in every state of ${configuration.id}, of which there are as many as ever`,
      () => {
        const { world, build } = counting(configuration, taken);
        const report = exploreConfiguration({ ...configuration, build }, TOOL);
        reports.push(report);
        for (const exercise of world().exercises()) exercised.add(exercise);
        for (const { name } of world().moves.all()) names.add(name);
        const broken = report.properties.filter(({ status }) => status === 'violated' || status === 'undecided');
        expect([report.why, broken.map(({ id, violation }) => [id, violation?.why, violation?.story])]).toEqual([
          null,
          [],
        ]);
        const { states, edges, depth } = report.size;
        expect([report.ending, states, edges, depth]).toEqual(['fixpoint', ...(SIZES[configuration.id] ?? [])]);
      },
      PATIENCE_MS,
    );
  }

  test('put every property to the test, in one of them at least', () => {
    expect(unwitnessed(reports).map(({ id }) => id)).toEqual([]);
  });

  test('have more than a million states together', () => {
    expect(reports.reduce((sum, { size }) => sum + size.states, 0)).toBeGreaterThan(1_000_000);
  });

  test('make every move that they know of', () => {
    expect([...names].filter((name) => !taken.has(name))).toEqual([]);
  });

  test('let everything happen in every state that can happen there; what cannot is listed, and nothing else', () => {
    const explained = new Set(allExercises().filter(isExplained));
    expect(allExercises().filter((one) => !exercised.has(one) && !explained.has(one))).toEqual([]);
    expect([...explained].filter((one) => exercised.has(one))).toEqual([]);
  });
});

test('each configuration has a larger one of the same name', () => {
  expect(LARGE_CONFIGURATIONS.map(({ id }) => id)).toEqual(CONFIGURATIONS.map(({ id }) => `${id}-large`));
});

/** The same configuration, whose world tells which moves were made. */
function counting(configuration: Configuration, taken: Set<string>) {
  const built: World[] = [];
  const build = () => {
    const model = configuration.build();
    const { system } = model;
    if (!(system instanceof World)) throw new Error('it is no world of ours');
    built.push(system);
    const made = new Set<number>();
    const counted: System = {
      width: system.width,
      initial: () => system.initial(),
      move: (move) => system.move(move),
      expand: (row, visit) =>
        system.expand(row, (move, next) => {
          if (!made.has(move)) taken.add(system.move(move).name);
          made.add(move);
          visit(move, next);
        }),
    };
    return { ...model, system: counted };
  };
  const world = (): World => {
    const [first] = built;
    if (first === undefined) throw new Error('it was not built');
    return first;
  };
  return { build, world };
}

function isExplained(exercise: Exercise): boolean {
  const [part, state = '', input = ''] = exercise.split(' ');
  return UNEXERCISED.some(
    (one) =>
      one.part === part &&
      one.inputs.includes(input) &&
      one.states.some((prefix) => state === prefix || state.startsWith(`${prefix}.`)),
  );
}
