import type { Why } from '@mcp-lifeline/core';
import type { FailureListener } from './their-notifications.js';

/** Runs the clean-up of a server, if there is one. `done` is called once, also when it fails; what it throws is told. */
export function runCleanUp(
  cleanUp: ((why: Why) => void | Promise<void>) | undefined,
  why: Why,
  done: () => void,
  listener: FailureListener,
): void {
  const failed = (error: unknown): void => {
    listener.failed('the clean-up', error);
    done();
  };
  if (cleanUp === undefined) {
    done();
    return;
  }
  try {
    Promise.resolve(cleanUp(why)).then(done, failed);
  } catch (error) {
    failed(error);
  }
}
