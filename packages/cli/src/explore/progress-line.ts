import type { ExploreProgress } from '@mcp-lifeline/explore';
import type { Progress } from '../check/progress.js';
import { figure } from './figures.js';

/** What is being explored, and how far it is, as one line. */
export class ProgressLine {
  readonly #progress: Progress;
  readonly #total: number;
  readonly #running = new Map<string, ExploreProgress | null>();
  #done = 0;

  constructor(progress: Progress, total: number) {
    this.#progress = progress;
    this.#total = total;
  }

  started(id: string): void {
    this.#running.set(id, null);
    this.#show();
  }

  progressed(id: string, exploring: ExploreProgress): void {
    this.#running.set(id, exploring);
    this.#show();
  }

  ended(id: string): void {
    this.#running.delete(id);
    this.#done += 1;
  }

  #show(): void {
    const running = [...this.#running].map(([id, exploring]) => {
      if (exploring === null) return id;
      const { states, expanded, depth } = exploring;
      return `${id} ${figure(states)} states, ${figure(states - expanded)} to go, depth ${depth}`;
    });
    this.#progress.line([`${this.#done}/${this.#total}`, ...running].join(' · '));
  }
}
