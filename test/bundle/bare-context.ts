import { createContext, runInContext } from 'node:vm';
import { BUNDLE } from './bundle.ts';

/** What is there in a page or in Node, and throws when it is called in a bare context. */
export const FORBIDDEN = [
  'Date',
  'Date.now',
  'Math.random',
  'performance.now',
  'crypto.getRandomValues',
  'crypto.randomUUID',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'structuredClone',
  'fetch',
  'Promise',
  'Promise.resolve',
  'Intl.DateTimeFormat',
  'console.log',
  'console.warn',
  'console.error',
] as const;

/**
 * Loads a bundle where there is nothing but the language, and what is forbidden throws; then calls one of its exports.
 *
 * @returns what the call gave, through JSON.
 * @throws {Error} naming what the bundle reached for, while it loaded or in the call.
 */
export function runBare(script: string, exported: string): unknown {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } });
  const world = runInContext('globalThis', context) as Record<string, unknown>;
  for (const path of FORBIDDEN) forbid(world, path);
  runInContext(script, context, { filename: 'bundle.js' });
  return JSON.parse(runInContext(`JSON.stringify(${BUNDLE}.${exported}())`, context) as string);
}

/** `a.b` in the world: where there is no `a`, it is made. Called with `new` it throws as well. */
function forbid(world: Record<string, unknown>, path: string): void {
  const [name = path, member] = path.split('.');
  const throwing = function reached(): never {
    throw new Error(`reached for ${path}`);
  };
  if (member === undefined) world[name] = throwing;
  else world[name] = Object.assign(world[name] ?? {}, { [member]: throwing });
}
