import { describe, expect, test } from 'vitest';
import { CALL } from '../../src/configs/messages.ts';
import { ANSWERING, client, server } from '../../src/configs/world-configuration.ts';
import { type CoreUnderTest, ours } from '../../src/core-under-test.ts';
import { explore } from '../../src/engine/explore.ts';
import { buildModel, type ModelOptions } from '../../src/model/build-model.ts';

const OPTIONS: ModelOptions = {
  client: client({ calls: [CALL], closes: 1 }),
  server: server({}),
  faults: {},
  mostUnderWay: 8,
};

describe('a model', () => {
  test('demands nothing that its own core does not do', () => {
    expect(brokenIn(OPTIONS, ours)).toEqual([]);
  });

  test('finds a core out that leaves its calls open when it closes', () => {
    const forgetful: CoreUnderTest = {
      ...ours,
      step: (state, input) => {
        const [next, effects] = ours.step(state, input);
        return [next, input.type === 'close' ? effects.filter(({ type }) => type !== 'settle') : effects];
      },
    };
    expect(brokenIn(OPTIONS, forgetful)).toContain('client.ending.settles');
  });

  test('finds a core out that arms no timer for its closing, since it may wait for ever', () => {
    const patient: CoreUnderTest = {
      ...ours,
      step: (state, input) => {
        const [next, effects] = ours.step(state, input);
        return [next, effects.filter((effect) => effect.type !== 'arm' || effect.name !== 'closing')];
      },
    };
    expect(brokenIn(OPTIONS, patient)).toEqual(['client.ending.timed']);
  });

  test('counts too many messages under way as a fault, and lets them be sent', () => {
    expect(brokenIn({ ...OPTIONS, mostUnderWay: 1 }, ours)).toEqual(['both.state.channels']);
  });

  test('asks nobody to answer where no application promises to', () => {
    const silent = server({ answering: { ...ANSWERING, fairness: 'none' } });
    const ids = buildModel({ ...OPTIONS, server: silent }).properties.map(({ id }) => id);
    expect([ids.includes('server.eventually.answers'), ids.includes('server.eventually.exits')]).toEqual([false, true]);
    expect(brokenIn({ ...OPTIONS, server: silent }, ours)).toEqual([]);
  });
});

function brokenIn(options: ModelOptions, core: CoreUnderTest): readonly string[] {
  const { system, properties } = buildModel(options, core);
  const { ending, findings } = explore(system, properties);
  expect(ending).toBe('fixpoint');
  return findings.filter(({ status }) => status === 'violated').map(({ id }) => id);
}
