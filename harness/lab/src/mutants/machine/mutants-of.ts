import { clientMachine, type Machines, processMachine, serverMachine } from '@mcp-lifeline/core/machines';
import { createMachine } from 'xstate';
import type { Change, Operator } from './change.js';
import { listStates, readLiteral, type StateLiteral } from './literal.js';
import { changeActions } from './operators/actions.js';
import { changeGuards, negated } from './operators/guards.js';
import { changeStates } from './operators/states.js';
import { changeTransitions } from './operators/transitions.js';

/** The machines by name. */
export type MachineName = keyof Machines;

/** One machine with one thing wrong. */
export interface MachineMutant {
  /** `client: ready.quiet after keepalive[0]: guard isQuiet negated`; it stays the same while that place does. */
  readonly name: string;
  readonly machine: MachineName;
  readonly operator: Operator;
  /**
   * The machines of a core that has this wrong.
   *
   * @throws {Error} where XState itself refuses the literal.
   */
  build(): Partial<Machines>;
}

const ORIGINALS: Machines = { client: clientMachine, server: serverMachine, process: processMachine };

/** Every structural mutant of one machine, in the order of its literal. Two that are the same machine count once. */
export function mutantsOf(machine: MachineName): readonly MachineMutant[] {
  const original = ORIGINALS[machine];
  const literal = readLiteral(original.config);
  const seen = new Set([JSON.stringify(literal)]);
  const changes = [
    ...changeTransitions(literal),
    ...changeGuards(literal),
    ...changeActions(literal),
    ...changeStates(literal),
  ];
  return changes.flatMap((change) => {
    const changed = applied(original.config, change);
    const text = JSON.stringify(changed);
    if (seen.has(text)) return [];
    seen.add(text);
    const { operator } = change;
    const name = `${machine}: ${change.name}`;
    return [{ name, machine, operator, build: () => ({ [machine]: rebuild(original, changed) }) }];
  });
}

/** A machine made of a literal, and of the implementations of another. */
export function rebuild(original: Machines[MachineName], literal: StateLiteral): Machines[MachineName] {
  const { actions, guards, delays } = original.implementations as Implementations;
  const used = new Set(listStates(literal).flatMap(({ state }) => Object.keys(state.after)));
  const implementations = {
    actions,
    guards: { ...guards, ...Object.fromEntries(Object.entries(guards).map(([name, guard]) => opposite(name, guard))) },
    // A delay that no state waits for any more would be refused for that alone.
    delays: Object.fromEntries(Object.entries(delays).filter(([name]) => used.has(name))),
  };
  return createMachine(literal as never, implementations as never);
}

type Guard = (args: unknown, params: unknown) => boolean;

interface Implementations {
  readonly actions: object;
  readonly guards: Readonly<Record<string, Guard>>;
  readonly delays: object;
}

function opposite(name: string, guard: Guard): readonly [string, Guard] {
  return [negated(name), (args, params) => !guard(args, params)];
}

function applied(config: object, { apply }: Change): StateLiteral {
  const copy = readLiteral(config);
  apply(copy);
  return copy;
}
