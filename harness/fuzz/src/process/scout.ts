import {
  askingCandidates,
  type Candidate,
  outcomeText,
  type Run,
  readOffer,
  slowCandidates,
  spokenIn,
  type VersionOffer,
} from '@mcp-lifeline/check';
import { isRevision, REVISIONS, type Revision } from '@mcp-lifeline/specs';
import { isJsonObject, type Json, type JsonObject } from '@mcp-lifeline/trace';
import { DECLARABLE, QUESTIONS, type Question } from './act.js';
import type { Carrier, Line, Patience } from './carrier.js';
import type { Means, TimedTool } from './means.js';
import { initializeParams } from './messages.js';

/** What a first look at a server told. */
export interface Scouted {
  readonly means: Means;
  readonly serverInfo: Json | null;
  /** The revisions that it was seen to speak, oldest first. */
  readonly revisions: readonly Revision[];
  readonly tried: readonly Revision[];
  readonly preferred: Revision | null;
  readonly runs: readonly Run[];
  /** Why no session came about; null when one did. */
  readonly why: string | null;
}

/** What the first look is for. */
export interface ScoutOptions {
  readonly revision: 'preferred' | 'all' | Revision;
  readonly slowTool: Candidate | null;
  readonly patience: Patience;
}

/** A version that never was: what is offered in its place is what the server prefers. */
const NO_VERSION = '1900-01-01';
/** How long a call is to take, in seconds: a moment; and long enough to tell what comes late from what crossed. */
const SLOW_SECONDS = 0.06;
const LONG_SECONDS = 0.6;
/** Below this a call is over before anything can be done meanwhile, or too soon after it to be told from a crossing. In ms. */
const SLOW_MS = 40;
const LONG_MS = 400;
/** Of a longer list, that much is read. In pages. */
const PAGES = 5;

/** Opens a few plain sessions: which revisions the server speaks, and what it gives a client to do. */
export async function scout(carrier: Carrier, options: ScoutOptions): Promise<Scouted> {
  const session = new Scout(carrier, options);
  await session.look();
  return session.scouted;
}

class Scout {
  readonly #carrier: Carrier;
  readonly #options: ScoutOptions;
  readonly #runs: Run[] = [];
  readonly #offers: VersionOffer[] = [];
  #means: Means = { slow: null, long: null, asking: null, lists: [] };

  constructor(carrier: Carrier, options: ScoutOptions) {
    this.#carrier = carrier;
    this.#options = options;
  }

  get scouted(): Scouted {
    const spoken = spokenIn(this.#offers);
    const revisions = REVISIONS.filter((revision) => spoken.has(revision));
    const [first] = this.#offers;
    const named = this.#offers.map(({ session }) => session.answer?.result).find(isJsonObject);
    return {
      means: this.#means,
      serverInfo: named?.serverInfo ?? null,
      revisions,
      tried: REVISIONS.filter((revision) => this.#offers.some(({ offered }) => offered === revision)),
      preferred: this.#preferred(revisions),
      runs: this.#runs,
      why: named === undefined ? (first === undefined ? 'nothing was tried' : outcomeText(first)) : null,
    };
  }

  async look(): Promise<void> {
    const { revision } = this.#options;
    const newest = REVISIONS.at(-1) ?? NO_VERSION;
    const first = await this.#offer(isRevision(revision) ? revision : newest, (line, result) =>
      this.#explore(line, result),
    );
    if (first.run.spawnError !== null) return;
    if (!isJsonObject(first.session.answer?.result)) {
      const listed = [...spokenIn([first])].filter(isRevision).sort().at(-1) ?? REVISIONS[0];
      if (listed === first.offered || listed === undefined) return;
      const next = await this.#offer(listed, (line, result) => this.#explore(line, result));
      if (!isJsonObject(next.session.answer?.result)) return;
    }
    if (revision === 'preferred') await this.#offer(NO_VERSION);
    if (revision !== 'all') return;
    for (const other of REVISIONS) if (!this.#offers.some(({ offered }) => offered === other)) await this.#offer(other);
  }

  /** The counter-offer to what nobody speaks; else the newest that it does. */
  #preferred(revisions: readonly Revision[]): Revision | null {
    const outcome = this.#offers.find(({ offered }) => offered === NO_VERSION)?.outcome;
    if (outcome?.kind === 'countered' && isRevision(outcome.version)) return outcome.version;
    return revisions.at(-1) ?? null;
  }

  async #offer(
    version: string,
    explore: (line: Line, result: JsonObject) => Promise<void> = async () => {},
  ): Promise<VersionOffer> {
    const { patience } = this.#options;
    const startedAt = performance.now();
    const { line, finish } = this.#carrier.open('scout', version, patience);
    let ended: Awaited<ReturnType<typeof finish>> | undefined;
    try {
      const exchange = line.request('initialize', initializeParams(version, DECLARABLE));
      await line.until(() => exchange.answer !== null, patience.startMs, 'the answer to initialize');
      const result = exchange.answer?.result;
      if (isJsonObject(result)) await explore(line, result);
    } finally {
      ended = await finish('kill');
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const run: Run = { id: `scout@${version}`, scenario: 'handshake', offer: version, seconds, ...ended };
    this.#runs.push(run);
    const offer = readOffer(run);
    this.#offers.push(offer);
    return offer;
  }

  async #explore(line: Line, { capabilities }: JsonObject): Promise<void> {
    line.notify('notifications/initialized');
    const declared = isJsonObject(capabilities) ? Object.keys(capabilities) : [];
    const lists = QUESTIONS.filter((question) => isDeclaredList(question, declared));
    this.#means = { ...this.#means, lists };
    if (!lists.includes('tools/list')) return;
    const tools = await this.#listTools(line);
    const given = this.#options.slowTool;
    const candidates = (seconds: number) => (given === null ? slowCandidates(tools, seconds).slice(0, 2) : [given]);
    const long = await this.#try(line, candidates(LONG_SECONDS), LONG_MS);
    const slow = long === null ? null : ((await this.#try(line, candidates(SLOW_SECONDS), SLOW_MS)) ?? long);
    const asking = await this.#tryAsking(line, askingCandidates(tools).slice(0, 2));
    this.#means = { ...this.#means, slow, long, asking };
  }

  async #listTools(line: Line): Promise<readonly Json[]> {
    const tools: Json[] = [];
    let cursor: Json | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await this.#ask(line, 'tools/list', cursor === undefined ? {} : { cursor });
      const result = isJsonObject(answer?.result) ? answer.result : {};
      if (Array.isArray(result.tools)) tools.push(...result.tools);
      cursor = result.nextCursor;
      if (typeof cursor !== 'string') break;
    }
    return tools;
  }

  /** The first of them that comes to something, and takes as long as it should. */
  async #try(line: Line, candidates: readonly Candidate[], leastMs: number): Promise<TimedTool | null> {
    for (const { name, args } of candidates) {
      const startedAt = performance.now();
      const answer = await this.#ask(line, 'tools/call', { name, arguments: args });
      const takesMs = performance.now() - startedAt;
      const result = answer?.result;
      if (isJsonObject(result) && result.isError !== true && takesMs >= leastMs) return { name, args, takesMs };
    }
    return null;
  }

  /** The first of them that makes the server ask. */
  async #tryAsking(line: Line, candidates: readonly Candidate[]): Promise<TimedTool | null> {
    for (const { name, args } of candidates) {
      // What a server asks for unasked, as many do right after the handshake, is none of the tool's doing.
      for (let sent = 0; sent < 3; sent += 1) await this.#ask(line, 'ping');
      const before = line.events.length;
      const startedAt = performance.now();
      const answer = await this.#ask(line, 'tools/call', { name, arguments: args });
      const hasAsked = line.events.slice(before).some((event) => {
        if (event.plane !== 'wire' || event.kind !== 'received' || !isJsonObject(event.message)) return false;
        const { id, method } = event.message;
        return id !== undefined && typeof method === 'string' && ASKS.includes(method);
      });
      if (answer !== null && hasAsked) return { name, args, takesMs: performance.now() - startedAt };
    }
    return null;
  }

  async #ask(line: Line, method: string, params?: JsonObject): Promise<JsonObject | null> {
    const exchange = line.request(method, params);
    await line.until(() => exchange.answer !== null, this.#options.patience.answerMs, `the answer to ${method}`);
    return exchange.answer;
  }
}

const ASKS = ['sampling/createMessage', 'elicitation/create', 'roots/list'];

function isDeclaredList(question: Question, declared: readonly string[]): boolean {
  const [family, list] = question.split('/');
  return list !== undefined && family !== undefined && declared.includes(family);
}
