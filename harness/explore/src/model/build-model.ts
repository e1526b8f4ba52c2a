import { type CoreUnderTest, ours } from '../core-under-test.js';
import type { Model } from '../exploration.js';
import { alwaysOf, eventuallyOf, type Setup, statesOf } from '../properties/index.js';
import { type SideOptions, World, type WorldOptions } from './world.js';
import { propertiesOf } from './world-properties.js';

/** What a model is made of: its world, and how many messages may be under way in it. */
export interface ModelOptions extends WorldOptions {
  /** No bound that anything waits for, but a property that must hold. */
  readonly mostUnderWay: number;
}

/** A world together with all that must hold of it, by what it consists of. */
export function buildModel(options: ModelOptions, core: CoreUnderTest = ours): Model {
  const setup: Setup = {
    client: configOf(options.client),
    server: configOf(options.server),
    process: options.process?.config ?? null,
    mostUnderWay: options.mostUnderWay,
  };
  const world = new World(options, alwaysOf(setup), core);
  const eventual = eventuallyOf(setup).filter(({ id }) => !waived(options).includes(id));
  return {
    system: world,
    properties: propertiesOf(world, statesOf(setup), eventual),
    describe: (row) => world.describe(row),
    observations: (step) => world.observations(step),
  };
}

function configOf<C>(side: SideOptions<C>): C | null {
  return 'config' in side ? side.config : null;
}

/** Where nobody promises that an application answers, nobody can promise that each request of its peer's ends. */
function waived({ client, server }: ModelOptions): readonly string[] {
  return Object.entries({ client, server }).flatMap(([role, side]) =>
    'plan' in side && side.plan.answering.fairness === 'none' ? [`${role}.eventually.answers`] : [],
  );
}
