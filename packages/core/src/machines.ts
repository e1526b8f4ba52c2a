/**
 * The machines themselves, for whoever draws, explores or breaks them; and the core on machines of one's own.
 *
 * @packageDocumentation
 */

import { clientMachine } from './client/machine.js';
import type { Effect, State } from './contract.js';
import type { ProcessConfig, ProcessEffect, ProcessState, SavedProcess } from './process/contract.js';
import { processMachine } from './process/machine.js';
import { openProcessOn, purifyProcess, restoreProcessOn } from './process/step.js';
import type { Machine } from './pure-xstate.js';
import { serverMachine } from './server/machine.js';
import type { Config } from './session/config.js';
import { purifyLifecycle } from './session/lifecycle.js';
import { restoreOn, type Saved } from './session/saving.js';
import { openOn } from './session/step.js';

export { clientMachine, processMachine, serverMachine };

/** Where the lives of a core begin. All else works on the states that these make: each keeps the machine it began on. */
export interface Core {
  open(config: Config, now: number): readonly [State, readonly Effect[]];
  restore(saved: Saved, now: number): readonly [State, readonly Effect[]];
  openProcess(config: ProcessConfig, now: number): ProcessState;
  restoreProcess(saved: SavedProcess, now: number): readonly [ProcessState, readonly ProcessEffect[]];
}

/** A machine for each life. */
export interface Machines {
  readonly client: Machine;
  readonly server: Machine;
  readonly process: Machine;
}

/**
 * The core on machines of one's own, which have the states, events, actions and delays of ours.
 *
 * @param machines those that differ; ours are taken for the others.
 * @throws {Error} for a machine that cannot be stepped purely.
 */
export function coreOn(machines: Partial<Machines>): Core {
  const client = purifyLifecycle(machines.client ?? clientMachine);
  const server = purifyLifecycle(machines.server ?? serverMachine);
  const process = purifyProcess(machines.process ?? processMachine);
  const lifecycles = { client, server };
  return {
    open: (config, now) => openOn(lifecycles[config.role], config, now),
    restore: (saved, now) => restoreOn(lifecycles[saved.role], saved, now),
    openProcess: (config, now) => openProcessOn(process, config, now),
    restoreProcess: (saved, now) => restoreProcessOn(process, saved, now),
  };
}
