/** The promise of something that is sent and not answered. Nobody has to await it: no rejection of it is unhandled. */
export class Ticket {
  readonly promise: Promise<void>;
  #resolve: () => void = ignore;
  #reject: (error: Error) => void = ignore;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  resolve(): void {
    this.#resolve();
  }

  reject(error: Error): void {
    handled(this.promise);
    this.#reject(error);
  }
}

/** Marks a promise as one that nobody has to await. */
export function handled(promise: Promise<unknown>): void {
  promise.catch(ignore);
}

function ignore(): void {}
