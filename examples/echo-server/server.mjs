#!/usr/bin/env node
// A small MCP server on stdin and stdout: tools that are quick, slow, failing and asking, and one that adds a tool.
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestError, serveStdio, tools } from '@mcp-lifeline/node';

const INVALID_PARAMS = -32602;

const all = {
  echo: {
    description: 'Gives back its text',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
    run: ({ text }) => String(text ?? ''),
  },

  slow: {
    description: 'Takes `ms` milliseconds in `steps` steps, and tells of each',
    inputSchema: {
      type: 'object',
      properties: {
        ms: { type: 'number', minimum: 1, maximum: 10_000 },
        steps: { type: 'integer', minimum: 1, maximum: 1_000 },
      },
    },
    async run({ ms = 1_000, steps = 4 }, context) {
      for (let step = 1; step <= steps; step += 1) {
        // Ends at once when the client cancels the call, or leaves.
        await sleep(ms / steps, undefined, { signal: context.signal });
        await context.progress(step, steps, `step ${step} of ${steps}`);
      }
      return `took ${ms} ms`;
    },
  },

  fail: {
    description: 'Throws',
    run() {
      throw new Error('this tool always fails');
    },
  },

  ask: {
    description: 'Asks the client for a message of its model, or else for its roots',
    async run(_, context) {
      const { sampling, roots } = server.peer?.capabilities ?? {};
      if (!sampling && !roots) throw new RequestError(INVALID_PARAMS, 'This client cannot be asked for anything');
      if (!(await isThere(context))) process.stderr.write('the client takes its time\n');
      const answer = sampling
        ? await context.request('sampling/createMessage', QUESTION, { signal: context.signal })
        : await context.request('roots/list', {}, { signal: context.signal });
      return JSON.stringify(answer);
    },
  },

  learn: {
    description: 'Adds a tool of the given name, which greets, and says that the list has changed',
    inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    async run({ name }, context) {
      if (typeof name !== 'string' || !/^[a-z]\w*$/i.test(name) || Object.hasOwn(all, name)) {
        throw new RequestError(INVALID_PARAMS, 'name must be a word, and new');
      }
      all[name] = { description: 'Greets', run: () => `hello from ${name}` };
      await context.notify('notifications/tools/list_changed');
      return `learnt ${name}`;
    },
  },
};

const QUESTION = {
  messages: [{ role: 'user', content: { type: 'text', text: 'Are you there?' } }],
  maxTokens: 16,
};

/** Whether the client answers a ping soon; one that does not is not waited for, and the ping is cancelled. */
async function isThere(context) {
  try {
    await context.request('ping', undefined, { timeoutMs: 50 });
    return true;
  } catch {
    return false;
  }
}

const server = serveStdio({
  info: { name: 'echo-server', version: '1.0.0' },
  capabilities: { tools: { listChanged: true } },
  requests: tools(all),
});
