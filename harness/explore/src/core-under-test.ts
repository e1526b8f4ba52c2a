import {
  type Effect,
  type Input,
  type Json,
  open,
  type Peer,
  type Phase,
  peer,
  phase,
  type State,
  step,
} from '@mcp-lifeline/core';
import { type Core, coreOn, type Machines } from '@mcp-lifeline/core/machines';
import {
  abstract as abstractProcess,
  isOver,
  openProcess,
  type ProcessEffect,
  type ProcessInput,
  type ProcessPhase,
  type ProcessState,
  phase as phaseOfProcess,
  restore as restoreProcess,
  type SavedProcess,
  save as saveProcess,
  step as stepProcess,
} from '@mcp-lifeline/core/process';
import { abstract, restore, save } from '@mcp-lifeline/core/saving';

/**
 * A whole core as one value: ours, ours on other machines, or one whose sources were changed.
 *
 * Whoever judges the core takes one of these and nothing else of the core's functions, so that what it judges can be
 * exchanged. A state belongs to the core that made it, and is given to no other.
 */
export interface CoreUnderTest extends Core {
  step(state: State, input: Input): readonly [State, readonly Effect[]];
  save: typeof save;
  abstract(state: State): Json;
  phase(state: State): Phase;
  peer(state: State): Peer | null;
  stepProcess(state: ProcessState, input: ProcessInput): readonly [ProcessState, readonly ProcessEffect[]];
  saveProcess(state: ProcessState): SavedProcess;
  abstractProcess(state: ProcessState): Json;
  phaseOfProcess(state: ProcessState): ProcessPhase;
  isOver(state: ProcessState): boolean;
}

/** What works on the states of every machine: each state knows the machine it began on. */
const functions = {
  step,
  save,
  abstract,
  phase,
  peer,
  stepProcess,
  saveProcess,
  abstractProcess,
  phaseOfProcess,
  isOver,
} as const;

/** The core as it is. */
export const ours: CoreUnderTest = { open, restore, openProcess, restoreProcess, ...functions };

/**
 * The core on machines of one's own, which have the states, events, actions and delays of ours.
 *
 * @param machines those that differ; ours are taken for the others.
 * @throws {Error} for a machine that cannot be stepped purely.
 */
export function coreUnderTestOn(machines: Partial<Machines>): CoreUnderTest {
  return { ...coreOn(machines), ...functions };
}
