import type { EditedFile } from '../edit.js';

/** `calls/given-up.ts`: what is remembered of calls that nobody waits for. */
export const GIVEN_UP: EditedFile = {
  file: 'calls/given-up.ts',
  edits: [
    {
      name: 'what was given up is remembered without a bound',
      find: 'if (turn.givenUp.size <= 2 * GIVEN_UP_KEPT) return;',
      replace: 'if (true) return;',
      breaks: 'memory grows with every call that is cancelled',
    },
    {
      name: 'the oldest are kept instead of the newest',
      find: '.slice(0, -GIVEN_UP_KEPT)',
      replace: '.slice(GIVEN_UP_KEPT)',
      breaks: 'the late answer to a call that was cancelled just now is taken for a fault',
    },
    {
      name: 'too few are kept',
      find: '.slice(0, -GIVEN_UP_KEPT)',
      replace: '.slice(0, -1)',
      breaks: 'late answers to most calls are taken for faults',
    },
  ],
};

/** `calls/task-calls.ts`: which calls are for a task. */
export const TASK_CALLS: EditedFile = {
  file: 'calls/task-calls.ts',
  edits: [
    {
      name: 'tasks in every revision',
      find: " || agreement.revision < '2025-11-25'",
      replace: '',
      breaks: 'a call of an older revision is not cancelled, though it can be',
    },
    {
      name: 'tasks without a declaration',
      find: 'return isJsonObject(declared) && (declared[request] === true || isJsonObject(declared[request]));',
      replace: 'return isJsonObject(declared) || true;',
      breaks: 'a call for a task that the receiver ignores is not cancelled',
    },
    {
      name: 'no task at all',
      find: "if (!isJsonObject(params?.['task'])) return false;",
      replace: 'if (params !== null) return false;',
      breaks: 'a call for a task is cancelled by notification',
    },
  ],
};

/** `calls/persistent-map.ts`: old versions of a table, which explorers read and drivers do not. */
export const PERSISTENT_MAP: EditedFile = {
  file: 'calls/persistent-map.ts',
  edits: [
    {
      name: 'an old version forgets what it was',
      find: '      write(map, key, version.#value as V | Absent);\n',
      replace: '',
      breaks: 'a step on an old state sees the table of a newer one',
    },
    {
      name: 'a newer version forgets what it is',
      find: 'root.#differFrom(version, key, valueIn(map, key));',
      replace: 'root.#differFrom(version, key, version.#value as V | Absent);',
      breaks: 'a step on a new state, after one on an old, sees the old table',
    },
    {
      name: 'a copy leaves the change out',
      find: '      write(copy, key, after);\n',
      replace: '',
      breaks: 'after a thousand changes one is lost',
    },
    {
      name: 'no copy is ever made',
      find: 'if (this.#changes >= DIFFERENCES_AT_LEAST + DIFFERENCES_AN_ENTRY * root.size) {',
      replace: 'if (false) {',
      breaks: 'an old version keeps every change alive that was made since',
    },
  ],
};
