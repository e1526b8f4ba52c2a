import { expect, test } from 'vitest';
import * as message from '../../src/message.ts';

test('the codes are those of JSON-RPC and of the specification', () => {
  const codes = Object.entries(message).filter(([, value]) => typeof value === 'number');
  expect(Object.fromEntries(codes)).toEqual({
    PARSE_ERROR: -32700,
    INVALID_REQUEST: -32600,
    METHOD_NOT_FOUND: -32601,
    INVALID_PARAMS: -32602,
    INTERNAL_ERROR: -32603,
    RESOURCE_NOT_FOUND: -32002,
    URL_ELICITATION_REQUIRED: -32042,
  });
});
