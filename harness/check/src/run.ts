import { RawPeer } from '@mcp-lifeline/peer';
import { type Redactor, TRACE_FORMAT, type Trace } from '@mcp-lifeline/trace';
import type { Budget } from './budget.js';
import type { Scenario } from './scenarios/scenario.js';
import { environmentOf, type Target } from './target.js';
import { TOOL } from './tool.js';
import type { Toolbox } from './toolbox.js';

/** One scenario played once on a fresh process, and what was seen. */
export interface Run {
  /** Unique in a report, such as `handshake@2025-11-25`. */
  readonly id: string;
  readonly scenario: string;
  /** The version that was offered. */
  readonly offer: string;
  readonly trace: Trace;
  readonly seconds: number;
  /** Why the program could not be started at all. */
  readonly spawnError: { readonly code: string; readonly message: string } | null;
  /** The end of its stderr. */
  readonly stderrTail: string;
  readonly outputBytes: number;
}

/** What every run of a target shares. */
export interface Bench {
  readonly target: Target;
  readonly redactor: Redactor;
  readonly budget: Budget;
  readonly maxEvents?: number;
  readonly signal?: AbortSignal;
}

/** Plays a scenario. The process is gone when this settles, also when the scenario throws. */
export async function playScenario(bench: Bench, scenario: Scenario, offer: string, tools: Toolbox): Promise<Run> {
  const { target, redactor, budget, maxEvents, signal } = bench;
  const startedAt = performance.now();
  const { ladder } = budget;
  const peer = new RawPeer({
    command: target.command,
    ...(target.cwd === undefined ? {} : { cwd: target.cwd }),
    env: environmentOf(target),
    header: {
      trace: TRACE_FORMAT,
      tool: TOOL,
      target: { transport: 'stdio', command: target.command },
      scenario: scenario.id,
      revision: offer,
      clock: { unit: 'ms', startedAt: new Date().toISOString() },
    },
    redactor,
    ladder: scenario.judgesLeaving === true ? { ...ladder, graceMs: budget.leaveMs, drainMs: budget.lingerMs } : ladder,
    ...(scenario.judgesLeaving === true ? { lingerMs: budget.lingerMs } : {}),
    ...(scenario.isSilent === true ? { reply: null } : {}),
    ...(maxEvents === undefined ? {} : { maxEvents }),
    ...(signal === undefined ? {} : { signal }),
  });
  let ending: 'close' | 'kill' = 'kill';
  let trace: Trace | undefined;
  try {
    ending = await scenario.play({ peer, budget, offer, tools });
  } finally {
    trace = await peer.finish(ending);
  }
  return {
    id: `${scenario.id}@${offer}`,
    scenario: scenario.id,
    offer,
    trace,
    seconds: (performance.now() - startedAt) / 1000,
    spawnError: redactor.json(peer.spawnError),
    stderrTail: peer.stderrTail,
    outputBytes: peer.outputBytes,
  };
}
