// A server of ours that writes down, line by line in a file, what its clean-up and its handlers came to.
// usage: leaving-server.mjs FILE '{"cleanUp": "quick", ...}'; beside `cleanUp` it takes options of `serveStdio`
import { appendFileSync } from 'node:fs';
import { serveStdio, tools } from '@mcp-lifeline/node';

const [, , file, text = '{}'] = process.argv;
const { cleanUp = 'quick', ...options } = JSON.parse(text);
const note = (line) => appendFileSync(file, `${line}\n`);
const never = () => new Promise(() => {});
const fail = () => {
  throw new Error('broken on purpose');
};

const CLEAN_UPS = {
  quick() {},
  never,
  throws: fail,
  async rejects() {
    fail();
  },
  async untilTerminated() {
    await new Promise((resolve) => process.once('SIGTERM', resolve));
  },
  fatal() {
    setImmediate(fail);
    return never();
  },
};

serveStdio({
  info: { name: 'leaving-server', version: '1.0.0' },
  capabilities: { tools: {} },
  requests: tools({
    echo: { run: ({ text }) => String(text) },
    big: { run: ({ bytes }) => 'x'.repeat(bytes) },
    print: {
      run() {
        // biome-ignore lint/suspicious/noConsole: where it goes is what is tested.
        console.log('printed');
        process.stdout.write('written\n');
        return '';
      },
    },
    // Holds the event loop as well, and does not look at its signal.
    wait: {
      run() {
        note('waiting');
        setInterval(() => {}, 1_000);
        return never();
      },
    },
    waitForAbort: {
      run(_, { signal }) {
        note('waiting');
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            note('aborted');
            reject(signal.reason);
          });
        });
      },
    },
    throwLater: {
      run() {
        setImmediate(fail);
        return never();
      },
    },
    rejectLater: {
      run() {
        void Promise.reject(new Error('broken on purpose'));
        return never();
      },
    },
    bigThenTerminate: {
      run({ bytes }) {
        process.kill(process.pid, 'SIGTERM');
        return 'x'.repeat(bytes);
      },
    },
    bigThenThrow: {
      run({ bytes }) {
        setImmediate(fail);
        return 'x'.repeat(bytes);
      },
    },
    tellForEver: {
      async run({ bytes }, context) {
        for (let step = 1; ; step += 1) await context.progress(step, undefined, 'x'.repeat(bytes));
      },
    },
  }),
  ...options,
  async cleanUp(why) {
    note(`clean-up: ${why}`);
    await CLEAN_UPS[cleanUp]();
    note('cleaned up');
  },
});
