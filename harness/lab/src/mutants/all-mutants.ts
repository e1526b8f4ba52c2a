import { coreUnderTestOn } from '@mcp-lifeline/explore/core-under-test';
import { type MachineName, mutantsOf } from './machine/mutants-of.js';
import type { Mutant, Subject } from './mutant.js';
import { editedCore } from './source/edited-core.js';
import { EDITED_FILES } from './source/edits/all.js';

/** The machines of which every structural mutant is judged. */
export const MACHINES: readonly MachineName[] = ['client', 'server', 'process'];

/** Every mutant, those of the machines first. */
export function allMutants(): readonly Mutant[] {
  return [...MACHINES.flatMap(machineMutants), ...sourceMutants()];
}

/** Every structural mutant of one machine. */
export function machineMutants(machine: MachineName): readonly Mutant[] {
  return mutantsOf(machine).map(({ name, operator, build }) => ({
    ...{ name, operator, subject: machine, breaks: null },
    build: async () => coreUnderTestOn(build()),
  }));
}

/** Every edit of the sources of calls and sessions. */
export function sourceMutants(): readonly Mutant[] {
  return EDITED_FILES.flatMap(({ file, edits }) => {
    const subject: Subject = file.startsWith('calls/') ? 'calls' : 'session';
    return edits.map((edit) => ({
      ...{ name: `${file}: ${edit.name}`, subject, operator: file, breaks: edit.breaks },
      build: () => editedCore(file, edit),
    }));
  });
}
