import fc from 'fast-check';

/**
 * Properties meet the same values in every run, so that a change fails for what it changed. `MCP_LIFELINE_SEED` is another seed
 * (an integer), or `fresh` for a new one in each property, as `pnpm verify` asks for.
 */
const DEFAULT_SEED = 20_261_121;

const asked = process.env['MCP_LIFELINE_SEED'];
if (asked !== 'fresh') fc.configureGlobal({ seed: seedOf(asked) });

function seedOf(text: string | undefined): number {
  if (text === undefined || text === '') return DEFAULT_SEED;
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new Error(`MCP_LIFELINE_SEED is an integer or "fresh", and not "${text}"`);
}
