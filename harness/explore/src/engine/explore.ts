import type { Always, Property, Sometimes, System } from '../contract.js';
import { EdgeList } from './edge-list.js';
import { type Graph, judgeEventually } from './eventually.js';
import { Fairness } from './fairness.js';
import type { Ending, Exploration, Outcome } from './finding.js';
import { depthOf, type Hop, pathTo } from './path.js';
import { NOWHERE, StateTable } from './state-table.js';

/** How far an exploration goes, and who hears of it. */
export interface ExploreOptions {
  /** It ends once it has met so many states; the last one that it looked at may add a few more. */
  readonly maxStates?: number;
  /** End at the first state that breaks an `always`; what is then not known yet is undecided. */
  readonly stopAtViolation?: boolean;
  /** Called now and then. */
  readonly onProgress?: (progress: ExploreProgress) => void;
}

/** How far an exploration has come. What is left to expand grows and shrinks. */
export interface ExploreProgress {
  readonly states: number;
  readonly expanded: number;
  readonly edges: number;
  readonly depth: number;
}

/** About 1 GiB of states: more than that is asked for by name. */
const MOST_STATES = 20_000_000;

/** States between two calls of `onProgress`. */
const PROGRESS_EVERY = 8_192;

/**
 * Walks through every state of a system, breadth first, until there are no more, and tells what holds.
 *
 * What the system throws ends the exploration and is told; what a property throws is thrown on.
 */
export function explore(system: System, properties: readonly Property[], options: ExploreOptions = {}): Exploration {
  const search = new Search(system, properties, options);
  const ending = search.run();
  return search.result(ending);
}

/** Where something was met: in a state, or in a step behind it. */
interface Meeting {
  readonly state: number;
  readonly further: readonly Hop[];
  /** What is wrong, where it is. */
  readonly why: string;
}

class Search {
  readonly #began = performance.now();
  readonly #system: System;
  readonly #properties: readonly Property[];
  readonly #options: ExploreOptions;
  readonly #states: StateTable;
  /** Kept only where somebody asks what happens later. */
  readonly #edges: EdgeList | null;
  readonly #row: Int32Array;
  /** What is still to be met, and the states where others were. */
  #unbroken: readonly Always[];
  #unseen: readonly Sometimes[];
  readonly #met = new Map<Property, Meeting>();
  /** Whether a property is being asked while the system tells its moves: what is thrown then is not the system's. */
  #isAsking = false;
  #edgeCount = 0;
  #expanded = 0;
  #terminals = 0;
  #thrown: Exploration['thrown'] = null;

  constructor(system: System, properties: readonly Property[], options: ExploreOptions) {
    this.#system = system;
    this.#properties = properties;
    this.#options = options;
    this.#states = new StateTable(system.width);
    this.#row = new Int32Array(system.width);
    this.#edges = properties.some(({ kind }) => kind === 'eventually') ? new EdgeList() : null;
    this.#unbroken = properties.filter((one) => one.kind === 'always');
    this.#unseen = properties.filter((one) => one.kind === 'sometimes');
  }

  run(): Ending {
    const { maxStates = MOST_STATES, stopAtViolation = false, onProgress } = this.#options;
    const states = this.#states;
    const first = this.#system.initial();
    states.add(first, NOWHERE, 0);
    this.#lookFor(first);
    for (let judged = 0; ; ) {
      for (; judged < states.size; judged += 1) this.#judge(judged);
      if (stopAtViolation && this.#isBroken()) return 'violation';
      if (this.#expanded === states.size) return 'fixpoint';
      if (states.size >= maxStates) return 'limit';
      if (!this.#expandNext()) return 'thrown';
      if (this.#expanded % PROGRESS_EVERY === 0) onProgress?.(this.#progress());
    }
  }

  result(ending: Ending): Exploration {
    const graph = this.#graph();
    const findings = this.#properties.map((property) => {
      const { id, title, kind } = property;
      return { id, title, kind, ...this.#outcome(property, ending === 'fixpoint', graph) };
    });
    const { size, bytes } = this.#states;
    return {
      ending,
      states: size,
      edges: this.#edgeCount,
      depth: depthOf(this.#states, size - 1),
      terminals: this.#terminals,
      seconds: (performance.now() - this.#began) / 1000,
      bytesPerState: bytes / size,
      edgeBytesPerState: (this.#edges?.bytes ?? 0) / size,
      findings,
      thrown: this.#thrown,
    };
  }

  /** Whether the system told the moves of the next state; false when it threw. */
  #expandNext(): boolean {
    const state = this.#expanded;
    const before = this.#edgeCount;
    this.#states.read(state, this.#row);
    this.#edges?.beginState();
    try {
      this.#system.expand(this.#row, this.#visit);
    } catch (error) {
      if (this.#isAsking) throw error;
      this.#thrown = { error, path: pathTo(this.#states, state) };
      return false;
    }
    this.#expanded = state + 1;
    if (this.#edgeCount === before) this.#terminals += 1;
    return true;
  }

  readonly #visit = (move: number, next: Int32Array): void => {
    const target = this.#states.add(next, this.#expanded, move);
    this.#edges?.add(target, move);
    this.#edgeCount += 1;
    if (this.#unseen.length === 0) return;
    this.#lookFor(next, move, target);
  };

  /** Asks for the witnesses that are still missing: of the first row, or right after a step from the state that is expanded. */
  #lookFor(row: Int32Array, move?: number, to = 0): void {
    this.#isAsking = true;
    for (const property of this.#unseen) {
      if (!property.seen(row)) continue;
      const further = move === undefined ? [] : [{ from: this.#expanded, move, to }];
      this.#met.set(property, { state: this.#expanded, further, why: '' });
      this.#unseen = this.#unseen.filter((one) => one !== property);
    }
    this.#isAsking = false;
  }

  /** Asks whether a state that is new breaks anything that is not broken yet. */
  #judge(state: number): void {
    if (this.#unbroken.length === 0) return;
    this.#states.read(state, this.#row);
    for (const property of this.#unbroken) {
      const why = property.violation(this.#row);
      if (why === null) continue;
      this.#met.set(property, { state, further: [], why });
      this.#unbroken = this.#unbroken.filter((one) => one !== property);
    }
  }

  #isBroken(): boolean {
    return this.#met.size > 0 && [...this.#met.keys()].some(({ kind }) => kind === 'always');
  }

  #outcome(property: Property, isWhole: boolean, graph: Graph | null): Outcome {
    const met = this.#met.get(property);
    switch (property.kind) {
      case 'always':
        if (met === undefined) return { status: isWhole ? 'holds' : 'undecided' };
        return { status: 'violated', why: met.why, path: pathTo(this.#states, met.state) };
      case 'sometimes':
        if (met === undefined) return { status: isWhole ? 'neverSeen' : 'undecided' };
        return { status: 'witnessed', path: pathTo(this.#states, met.state, met.further) };
      case 'eventually':
        return graph === null ? { status: 'undecided' } : judgeEventually(property, graph);
    }
  }

  /** Null where nobody asks for it, and where a state has told only some of its moves. */
  #graph(): Graph | null {
    if (this.#edges === null || this.#thrown !== null) return null;
    const edges = this.#edges.table(this.#states.size);
    const fairness = new Fairness(this.#system, edges);
    return { states: this.#states, edges, fairness, expanded: this.#expanded };
  }

  #progress(): ExploreProgress {
    const { size } = this.#states;
    return { states: size, expanded: this.#expanded, edges: this.#edgeCount, depth: depthOf(this.#states, size - 1) };
  }
}
