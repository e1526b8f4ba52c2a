import { LocalProtocolError } from '@mcp-lifeline/core/process';

/**
 * Checks a bound in bytes.
 *
 * @throws {LocalProtocolError} for anything but a positive integer.
 */
export function readBytes(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  throw new LocalProtocolError(`${name} must be a positive number of bytes, not ${String(value)}`);
}

/**
 * Checks a wait in ms.
 *
 * @throws {LocalProtocolError} for what no timer could keep: no finite number, less than 0, more than 2^31 - 1.
 */
export function readWait(name: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) return value;
  throw new LocalProtocolError(`${name} must be a number of ms from 0 to 2^31 - 1, not ${String(value)}`);
}
