/**
 * Two linked channels within one process, for tests, for benches, and for a host and a server that share a page.
 *
 * @packageDocumentation
 */

export { type LinkedPairOptions, linkedPair } from './linked-pair.js';
