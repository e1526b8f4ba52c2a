import type { JsonObject } from '@mcp-lifeline/trace';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../src/tool-arguments.js';
import { askingCandidates, slowCandidates } from '../src/tool-choice.js';

const NUMBER = { type: 'number' };
const TEXT = { type: 'string' };

describe('a slow tool', () => {
  it.each<[string, object, object]>([
    ['trigger-long-running-operation', { duration: NUMBER, steps: NUMBER }, { duration: 1.5, steps: 4 }],
    ['longRunningOperation', { duration: { ...NUMBER, default: 10 }, steps: NUMBER }, { duration: 1.5, steps: 4 }],
    ['sleep', { seconds: { type: 'integer' } }, { seconds: 2 }],
    ['delay', { ms: { type: 'integer', maximum: 1200 } }, { ms: 1200 }],
    ['wait_for', { time: NUMBER, text: TEXT }, { time: 1.5 }],
    ['wait', { duration: { ...NUMBER, description: 'How long, in milliseconds' } }, { duration: 1500 }],
    ['countdown', { steps: { type: 'integer', maximum: 3 } }, { steps: 3 }],
    ['slow_task', {}, {}],
  ])('is %s, called with what its schema tells', (name, properties, args) => {
    expect(slowCandidates([tool(name, properties)])).toEqual([{ name, args }]);
  });

  it.each<[string, object, readonly string[]]>([
    ['whose required text nobody can guess', tool('sleep', { seconds: NUMBER, reason: TEXT }, ['reason']), []],
    ['whose required argument has no schema', { name: 'sleep', inputSchema: { required: ['seconds'] } }, []],
    ['whose name says that it changes something', tool('delay_delete', { seconds: NUMBER }), []],
    ['that is said to destroy', { ...tool('sleep', {}), annotations: { destructiveHint: true } }, []],
    ['that runs as a task alone', { ...tool('sleep', {}), execution: { taskSupport: 'required' } }, []],
    ['whose name says no more than that it waits', tool('wait', {}), []],
    ['whose name is about something else', tool('add_long_term_memory', { count: NUMBER }), []],
    ['whose description alone says so', { ...tool('work', { seconds: NUMBER }), description: 'Sleeps' }, []],
    ['that is no tool', { name: 7 }, []],
  ])('is none %s', (_, one, expected) => {
    expect(slowCandidates([one as never])).toEqual(expected);
  });

  it('gets what its schema proposes for the rest', () => {
    const required = ['mode', 'loud', 'size', 'label'];
    const properties = {
      mode: { type: 'string', enum: ['a', 'b'] },
      loud: { type: 'boolean' },
      size: { type: 'integer', minimum: 5 },
      label: { type: 'string', default: 'x' },
    };
    const [first] = slowCandidates([tool('sleep', properties, required)]);
    expect(first?.args).toEqual({ mode: 'a', loud: false, size: 5, label: 'x' });
  });
});

describe('an asking tool', () => {
  it.each<[string, object, readonly string[], object]>([
    ['sampleLLM', { prompt: TEXT, maxTokens: { ...NUMBER, default: 100 } }, ['prompt'], { prompt: 'hello' }],
    ['trigger-sampling-request', { prompt: TEXT }, ['prompt'], { prompt: 'hello' }],
    ['trigger-elicitation-request', {}, [], {}],
    ['get-roots-list', {}, [], {}],
    ['ask', {}, [], {}],
  ])('is %s', (name, properties, required, args) => {
    expect(askingCandidates([tool(name, properties, required)])).toEqual([{ name, args }]);
  });

  it.each(['task', 'sample_table_rows', 'ask_question', 'square_roots'])('is not %s', (name) => {
    expect(askingCandidates([tool(name, {})])).toEqual([]);
  });

  it('is looked for among the evident names first', () => {
    const tools = ['get-roots-list', 'elicit', 'sample'].map((name) => tool(name, {}));
    expect(askingCandidates(tools).map(({ name }) => name)).toEqual(['elicit', 'get-roots-list', 'sample']);
  });
});

it('cuts names into words', () => {
  expect(wordsOf('trigger-longRunning_operationURLNow2')).toEqual([
    'trigger',
    'long',
    'running',
    'operation',
    'url',
    'now2',
  ]);
});

function tool(name: string, properties: object, required: readonly string[] = []): JsonObject {
  return { name, inputSchema: { type: 'object', properties: properties as JsonObject, required } };
}
