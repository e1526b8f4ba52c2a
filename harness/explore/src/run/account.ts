import { TRACE_FORMAT, type Trace, type TraceEvent } from '@mcp-lifeline/trace';
import type { Path } from '../engine/finding.js';
import type { Model, Step } from '../exploration.js';
import type { Account, Story, StoryStep } from './report.js';

/** Who explores, for the header of a trace. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/** Time is not explored: `t` counts steps, from the earliest moment that the format can write. */
const NO_CLOCK = { unit: 'ms', startedAt: '1970-01-01T00:00:00.000Z' } as const;

/**
 * Tells a way through the states, as a story and as a trace.
 *
 * @param scenario what led there, for the header of the trace
 * @param round steps behind the path that may be repeated for ever
 */
export function accountOf(
  model: Model,
  scenario: string,
  tool: Tool,
  path: Path,
  round: readonly Step[] = [],
): Account {
  return { story: storyOf(model, path, round), trace: traceOf(model, scenario, tool, [...path.steps, ...round]) };
}

function storyOf(model: Model, { start, steps }: Path, round: readonly Step[]): Story {
  const tell = ({ from, move, to }: Step): StoryStep => {
    const before = new Set(model.describe(from));
    return { move: model.system.move(move).name, changes: model.describe(to).filter((line) => !before.has(line)) };
  };
  return { start: model.describe(start), steps: steps.map(tell), round: round.map(tell) };
}

/** Each step is announced by its move, so that a reader sees which events belong together, and moves that nobody observes. */
function traceOf(model: Model, scenario: string, tool: Tool, steps: readonly Step[]): Trace {
  const events: TraceEvent[] = [];
  for (const [index, step] of steps.entries()) {
    const t = index + 1;
    const { name } = model.system.move(step.move);
    events.push({ seq: events.length, t, at: 'client', plane: 'app', kind: 'move', data: { step: t, name } });
    for (const event of model.observations(step).flatMap((observation) => observation.events)) {
      events.push({ ...event, seq: events.length, t });
    }
  }
  events.push({ seq: events.length, t: steps.length, at: 'client', plane: 'note', kind: 'end', why: 'cut' });
  const target = { transport: 'stdio', command: [] } as const;
  return { header: { trace: TRACE_FORMAT, tool, target, scenario, revision: null, clock: NO_CLOCK }, events };
}
