import type { Observation } from '../../src/contract.ts';
import type { World } from '../../src/model/world.ts';

/** A way through a world, move by move, by their names. */
export class Story {
  readonly #world: World;
  #row: Int32Array;

  constructor(world: World) {
    this.#world = world;
    this.#row = world.initial();
  }

  get row(): Int32Array {
    return this.#row;
  }

  /** What is possible now, each name once. */
  get possible(): readonly string[] {
    const names = new Set<string>();
    this.#world.expand(this.#row, (move) => names.add(this.#world.move(move).name));
    return [...names];
  }

  /** Makes these moves, one after the other; what was observed in the last. @throws {Error} where one is not possible. */
  go(...names: readonly string[]): readonly Observation[] {
    return names.map((name) => this.#go(name)).at(-1) ?? [];
  }

  #go(name: string): readonly Observation[] {
    const from = this.#row;
    const found: { readonly move: number; readonly to: Int32Array }[] = [];
    this.#world.expand(from, (move, to) => {
      if (this.#world.move(move).name === name) found.push({ move, to: to.slice() });
    });
    const [first] = found;
    if (first === undefined) throw new Error(`${name} is not possible, but ${this.possible.join('; ')}`);
    this.#row = first.to;
    return this.#world.observations({ from, ...first });
  }
}

/** Observations in short: who was told what, and what was asked for. */
export function told(observations: readonly Observation[]): readonly string[] {
  return observations.map((seen) => {
    if (seen.part === 'world') return `world: ${seen.what}`;
    return `${seen.part} ${seen.input.type}: ${seen.effects.map(({ type }) => type).join(' ') || 'nothing'}`;
  });
}
