import { type ExploreOptions, explore } from '../engine/explore.js';
import type { Exploration, Finding, Path } from '../engine/finding.js';
import { type Configuration, type Model, witnessOf } from '../exploration.js';
import { accountOf, type Tool } from './account.js';
import type { Account, ConfigurationReport, PropertyReport, Size, Status, Violation } from './report.js';

/** Builds a configuration, explores it in this thread, and tells what was found. */
export function exploreConfiguration(
  configuration: Configuration,
  tool: Tool,
  options: ExploreOptions = {},
): ConfigurationReport {
  const { id, title, bounds } = configuration;
  const model = configuration.build();
  const exploration = explore(model.system, model.properties, options);
  const { ending, thrown, findings } = exploration;
  const reporter = new Reporter(id, model, tool);
  return {
    id,
    title,
    bounds,
    ending,
    why: thrown === null ? null : messageOf(thrown.error),
    size: sizeOf(exploration),
    properties: reporter.properties(findings),
    thrownAt: thrown === null ? null : accountOfThrown(model, id, tool, thrown.path),
  };
}

/** A system that threw may throw again when it is asked for the way: what it threw first is what counts. */
function accountOfThrown(model: Model, id: string, tool: Tool, path: Path): Account | null {
  try {
    return accountOf(model, `${id} thrown`, tool, path);
  } catch {
    return null;
  }
}

/** The report of a configuration that could not be explored. */
export function failedReport({ id, title, bounds }: Configuration, error: unknown): ConfigurationReport {
  const size = { states: 0, edges: 0, depth: 0, terminals: 0, seconds: 0, bytesPerState: 0, edgeBytesPerState: 0 };
  return { id, title, bounds, ending: 'failed', why: messageOf(error), size, properties: [], thrownAt: null };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sizeOf(exploration: Exploration): Size {
  const { states, edges, depth, terminals, seconds, bytesPerState, edgeBytesPerState } = exploration;
  return { states, edges, depth, terminals, seconds, bytesPerState, edgeBytesPerState };
}

class Reporter {
  readonly #configuration: string;
  readonly #model: Model;
  readonly #tool: Tool;

  constructor(configuration: string, model: Model, tool: Tool) {
    this.#configuration = configuration;
    this.#model = model;
    this.#tool = tool;
  }

  properties(findings: readonly Finding[]): readonly PropertyReport[] {
    const wanted = new Set(findings.filter(({ kind }) => kind === 'always').map(({ id }) => witnessOf(id)));
    const witnesses = findings.filter(({ kind, id }) => kind === 'sometimes' && wanted.has(id));
    const isOwn = (finding: Finding): boolean => !witnesses.includes(finding);
    return findings.filter(isOwn).map((finding) => {
      const witness = finding.kind === 'always' ? witnesses.find(({ id }) => id === witnessOf(finding.id)) : finding;
      return this.#property(finding, witness);
    });
  }

  #property(finding: Finding, witness: Finding | undefined): PropertyReport {
    const { id, title, kind } = finding;
    return {
      id,
      title,
      kind,
      status: statusOf(finding, witness),
      witnessedAfter: witness?.status === 'witnessed' ? witness.path.steps.length : null,
      violation: this.#violation(finding),
    };
  }

  #violation(finding: Finding): Violation | null {
    if (finding.status !== 'violated') return null;
    const { id, why, path, cycle } = finding;
    return { why, ...accountOf(this.#model, `${this.#configuration} ${id}`, this.#tool, path, cycle) };
  }
}

/** A violation counts whatever else is known; without a witness, that nothing speaks against it means nothing. */
function statusOf(finding: Finding, witness: Finding | undefined): Status {
  const both = [finding.status, witness?.status];
  if (both.includes('violated')) return 'violated';
  if (both.includes('neverSeen')) return 'unwitnessed';
  return both.includes('undecided') ? 'undecided' : 'holds';
}
