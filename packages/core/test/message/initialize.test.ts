import { describe, expect, test } from 'vitest';
import { type Params, readInitializeParams, readInitializeResult } from '../../src/message.ts';

const told = { protocolVersion: '2025-11-25', capabilities: { tools: {} } };
const info = { name: 'a', version: '1', title: 'A' };

describe.each([
  ['the params of initialize', 'clientInfo', readInitializeParams],
  ['the result of initialize', 'serverInfo', readInitializeResult],
] as const)('%s', (_, infoName, read) => {
  const wellFormed: Params = { ...told, [infoName]: info };

  test('are read', () => {
    expect(read(wellFormed)).toStrictEqual({ ok: true, value: { ...told, info } });
  });

  test('may offer a version that nobody knows, since that is answered and not refused', () => {
    expect(read({ ...wellFormed, protocolVersion: '' })).toMatchObject({ ok: true, value: { protocolVersion: '' } });
  });

  test('may lack a name and a version, since nothing depends on them', () => {
    expect(read({ ...wellFormed, [infoName]: {} })).toMatchObject({ ok: true, value: { info: {} } });
  });

  test.each([
    ['protocolVersion', undefined, 'missing'],
    ['protocolVersion', 20251125, 'a number'],
    ['capabilities', undefined, 'missing'],
    ['capabilities', null, 'null'],
    ['capabilities', [], 'an array'],
    [infoName, undefined, 'missing'],
    [infoName, 'a', 'a string'],
  ] as const)('are refused when %s is %o', (name, value, typeName) => {
    const { [name]: __, ...rest } = wellFormed;
    const params = value === undefined ? rest : { ...rest, [name]: value };
    expect(read(params)).toEqual({ ok: false, why: `${name} is ${typeName}` });
  });
});

test('initialize without params is refused', () => {
  expect(readInitializeParams(undefined)).toEqual({ ok: false, why: 'params is missing' });
});

test('a server may give instructions', () => {
  const reading = readInitializeResult({ ...told, serverInfo: info, instructions: 'Ask.' });
  expect(reading).toStrictEqual({ ok: true, value: { ...told, info, instructions: 'Ask.' } });
});

test.each([null, 7, []])('instructions that are %o are left out', (instructions) => {
  const reading = readInitializeResult({ ...told, serverInfo: info, instructions });
  expect(reading).toStrictEqual({ ok: true, value: { ...told, info } });
});

test('a client gives no instructions', () => {
  const reading = readInitializeParams({ ...told, clientInfo: info, instructions: 'Ask.' });
  expect(reading).toStrictEqual({ ok: true, value: { ...told, info } });
});
