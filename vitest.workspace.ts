import { defineConfig } from 'vitest/config';

/** Tests run on the sources: every workspace package exports them under this condition. */
const conditions = ['@mcp-lifeline/source'];
const resolve = { conditions: [...conditions, 'module', 'node', 'import', 'default'] };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve },
        test: {
          name: 'unit',
          setupFiles: ['test/seed-properties.ts'],
          // Pure tests share a worker's modules: to load them anew for each file costs three times the tests.
          isolate: false,
          include: ['{specs,packages,harness}/**/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/*.{process,published,verify}.test.ts'],
          // Nothing here waits: a machine that has others to serve is no fault.
          testTimeout: 60_000,
        },
      },
      {
        // Real child processes on this machine: they mostly wait, so two files run at a time, and no more.
        resolve,
        ssr: { resolve },
        test: {
          name: 'process',
          setupFiles: ['test/seed-properties.ts'],
          include: ['{specs,packages,harness}/**/test/**/*.process.test.ts', 'test/**/*.process.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        // Published servers, installed on demand into the cache.
        resolve,
        ssr: { resolve },
        test: {
          name: 'published',
          include: ['{specs,packages,harness}/**/test/**/*.published.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        // What takes longer than a change should wait for; its results are committed.
        resolve,
        ssr: { resolve },
        test: {
          name: 'verify',
          include: ['{specs,packages,harness}/**/test/**/*.verify.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          testTimeout: 3_600_000,
          hookTimeout: 3_600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
