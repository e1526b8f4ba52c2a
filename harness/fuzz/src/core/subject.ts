import { open, step } from '@mcp-lifeline/core';
import type { Core } from '@mcp-lifeline/core/machines';
import {
  openProcess,
  restore as restoreProcess,
  save as saveProcess,
  step as stepProcess,
} from '@mcp-lifeline/core/process';
import { restore, save } from '@mcp-lifeline/core/saving';

/** What is fuzzed: where the lives of a core begin, and what is done with its states where that is not ours. */
export interface Subject extends Core {
  readonly step?: typeof step;
  readonly save?: typeof save;
  readonly stepProcess?: typeof stepProcess;
  readonly saveProcess?: typeof saveProcess;
}

/** Everything that is called of the core. */
export type WholeSubject = Required<Subject>;

/** The core as it is. */
export const OURS: WholeSubject = { open, restore, openProcess, restoreProcess, step, save, stepProcess, saveProcess };

/** Takes ours for whatever a subject leaves out. */
export function wholeSubject(subject: Subject): WholeSubject {
  return { ...OURS, ...subject };
}
