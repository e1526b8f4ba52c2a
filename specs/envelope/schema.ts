/**
 * The JSON-RPC envelope of the revisions with a handshake, as zod schemas written from the specification alone.
 *
 * The text and `schema.ts` of these revisions agree but for three points, settled here for all of them:
 * - An id is a string or an integer, as the pages have it; the schema says `number`.
 * - An error may have a null id (JSON-RPC 2.0, section 5) or none (2025-11-25); the ambiguity `error-id-null-or-absent`.
 * - Members that are not named are allowed, as in any TypeScript interface, but not those of another kind of message.
 *
 * What `params`, `result` and `data` hold, `_meta` included, belongs to the methods and is not looked at.
 *
 * @packageDocumentation
 */
import { z } from 'zod';

const integer = z.number().refine(Number.isInteger, 'not an integer');
const id = z.union([z.string(), integer]);
const absent = z.undefined().optional();
const anyObject = z.looseObject({});

const call = {
  jsonrpc: z.literal('2.0'),
  method: z.string(),
  params: anyObject.optional(),
  result: absent,
  error: absent,
};
const response = { jsonrpc: z.literal('2.0'), method: absent };

/** A request; clauses messages/request-id and messages/request-id-not-null. */
export const requestSchema = z.looseObject({ ...call, id });

/** A notification; clause messages/notification-no-id. */
export const notificationSchema = z.looseObject({ ...call, id: absent });

/** A response that carries a result; clauses messages/response-id and messages/result-not-with-error. */
export const resultSchema = z.looseObject({ ...response, id, result: anyObject, error: absent });

/** A response that carries an error; clauses messages/error-code-and-message and messages/error-code-integer. */
export const errorSchema = z.looseObject({
  ...response,
  id: id.nullish(),
  result: absent,
  error: z.looseObject({ code: integer, message: z.string(), data: z.unknown().optional() }),
});

/** Any one message; a batch is an array of them. */
export const messageSchema = z.union([requestSchema, notificationSchema, resultSchema, errorSchema]);
