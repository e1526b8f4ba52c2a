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
