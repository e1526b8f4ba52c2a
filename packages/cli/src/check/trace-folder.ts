import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Run } from '@mcp-lifeline/check';
import { formatTrace } from '@mcp-lifeline/trace';
import { probeFolder, reasonOf, writeWhole } from '../output-file.js';
import { UsageError } from '../usage-error.js';

const LONGEST_NAME = 100;

/** A folder with one trace file a run. */
export class TraceFolder {
  readonly path: string;
  readonly #files = new Map<string, string>();
  readonly #taken = new Set<string>();
  #failure: string | null = null;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder where it is missing. @throws UsageError when no file can be written there */
  static open(path: string): TraceFolder {
    try {
      mkdirSync(path, { recursive: true });
      probeFolder(path);
      return new TraceFolder(path);
    } catch (error) {
      throw new UsageError(`--traces: ${path} cannot be written: ${reasonOf(error)}`);
    }
  }

  /** Writes the trace of one run; what goes wrong is told by {@link TraceFolder.failure}. */
  write(run: Pick<Run, 'id' | 'trace'>): void {
    const file = join(this.path, this.#nameOf(run.id));
    try {
      writeWhole(file, formatTrace(run.trace));
      this.#files.set(run.id, file);
    } catch (error) {
      this.#failure ??= `${file} cannot be written: ${reasonOf(error)}`;
    }
  }

  /** The file of a run, if it was written. */
  fileOf(runId: string): string | undefined {
    return this.#files.get(runId);
  }

  /** What first went wrong. */
  get failure(): string | null {
    return this.#failure;
  }

  /** A run id may hold a version that the server made up: it must not lead out of the folder. */
  #nameOf(runId: string): string {
    const safe = runId.replace(/[^\w.@+-]/g, '_').slice(0, LONGEST_NAME);
    let name = safe;
    // Lower case: some file systems do not tell the cases apart.
    for (let count = 2; this.#taken.has(name.toLowerCase()); count += 1) name = `${safe}~${count}`;
    this.#taken.add(name.toLowerCase());
    return `${name}.jsonl`;
  }
}
