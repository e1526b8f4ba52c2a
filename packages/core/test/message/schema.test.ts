import { errorSchema, notificationSchema, requestSchema, resultSchema } from '@mcp-lifeline/specs/envelope';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isJsonObject, type Params } from '../../src/json.ts';
import { failure, notification, readMessage, request, result } from '../../src/message.ts';
import { anyId, anyMessage, anyParams, validMessages } from './arbitrary-messages.ts';

const SCHEMAS = {
  request: requestSchema,
  notification: notificationSchema,
  result: resultSchema,
  error: errorSchema,
};
const KINDS = Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[];

describe('the guards of the envelope', () => {
  test('tell every value apart as the schema does, whatever it is', () => {
    fc.assert(property(readMessage), { numRuns: 10_000 });
  });

  test.each(KINDS)('take every valid %s', (kind) => {
    fc.assert(
      fc.property(validMessages[kind], (message) => {
        expect(readMessage(message).kind).toBe(kind);
      }),
    );
  });

  test('read the members that the schema reads, and copy nothing', () => {
    fc.assert(
      fc.property(fc.oneof(...Object.values(validMessages)), (message) => {
        const { kind, ...read } = readMessage(message);
        const { jsonrpc: _, ...members }: Readonly<Record<string, unknown>> = message;
        expect(read).toEqual(kind === 'error' ? { id: null, ...members } : members);
        for (const [name, value] of Object.entries(read)) {
          if (isJsonObject(value)) expect(value).toBe(members[name]);
        }
      }),
    );
  });

  test('what the builders make is what the schema takes for it', () => {
    const params = fc.option(anyParams, { nil: undefined });
    fc.assert(
      fc.property(anyId, fc.string(), params, anyParams, fc.integer(), (id, text, maybe, some, code) => {
        expect(kindsOf(request(id, text, maybe))).toEqual(['request']);
        expect(kindsOf(notification(text, maybe))).toEqual(['notification']);
        expect(kindsOf(result(id, some))).toEqual(['result']);
        expect(kindsOf(failure(id, code, text, maybe))).toEqual(['error']);
        expect(kindsOf(failure(null, code, text))).toEqual(['error']);
      }),
    );
  });
});

describe('the comparison with the schema notices a reader that', () => {
  const members = (value: unknown): Params => (isJsonObject(value) ? value : {});
  /** What each does to a value before it is read as it should be. */
  const broken: readonly (readonly [name: string, read: (value: unknown) => unknown])[] = [
    ['takes any jsonrpc', (value) => (isJsonObject(value) ? { ...value, jsonrpc: '2.0' } : value)],
    ['takes a null id for none', (value) => dropping(value, 'id', (id) => id === null)],
    ['takes a boolean for an id', (value) => replacing(value, 'id', (id) => typeof id === 'boolean', 1)],
    ['takes a fraction for an id', (value) => replacing(value, 'id', (id) => id === 1.5, 1)],
    ['takes an array for params', (value) => replacing(value, 'params', Array.isArray, {})],
    ['takes null for params', (value) => replacing(value, 'params', (params) => params === null, {})],
    ['takes an array for a result', (value) => replacing(value, 'result', Array.isArray, {})],
    ['takes a result with an error', (value) => dropping(value, 'error', () => 'result' in members(value))],
    ['takes a method with a result', (value) => dropping(value, 'result', () => 'method' in members(value))],
    ['takes a method that is no text', (value) => dropping(value, 'method', (method) => typeof method !== 'string')],
    ['takes an error without a code', (value) => withError(value, (error) => ({ code: 1, ...error }))],
    [
      'takes a code that is no integer',
      (value) => withError(value, (error) => replacing(error, 'code', isFraction, 1)),
    ],
    ['takes an error without a message', (value) => withError(value, (error) => ({ message: '', ...error }))],
    ['takes a batch for its first member', (value) => (Array.isArray(value) ? value[0] : value)],
    ['refuses extra members', (value) => ('extra' in members(value) ? null : value)],
    ['refuses an id of a prototype', (value) => (members(value).id === '__proto__' ? null : value)],
  ];

  test.each(broken)('%s', (_, patch) => {
    const checked = fc.check(
      property((value) => readMessage(patch(value))),
      { numRuns: 20_000, seed: 1, endOnFailure: true },
    );
    expect(checked.failed).toBe(true);
  });
});

function property(read: typeof readMessage): fc.IProperty<[unknown]> {
  return fc.property(anyMessage, (value) => {
    const { kind } = read(value);
    expect(kind === 'invalid' ? [] : [kind]).toEqual(kindsOf(value));
  });
}

function kindsOf(value: unknown): string[] {
  return KINDS.filter((kind) => SCHEMAS[kind].safeParse(value).success);
}

function isFraction(value: unknown): boolean {
  return typeof value === 'number' && !Number.isInteger(value);
}

function dropping(value: unknown, name: string, isDropped: (member: unknown) => boolean): unknown {
  if (!isJsonObject(value) || !isDropped(value[name])) return value;
  const { [name]: _, ...rest } = value;
  return rest;
}

function replacing(value: unknown, name: string, isReplaced: (member: unknown) => boolean, by: unknown): unknown {
  return isJsonObject(value) && isReplaced(value[name]) ? { ...value, [name]: by } : value;
}

function withError(value: unknown, change: (error: Params) => unknown): unknown {
  return isJsonObject(value) && isJsonObject(value.error) ? { ...value, error: change(value.error) } : value;
}
