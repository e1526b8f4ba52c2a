#!/usr/bin/env node
// The mutants. usage: pnpm mutants [--only NAME] ...; `pnpm mutants --help` tells the rest. Without pnpm: after a build, with node.
import { main } from './dist/mutants/main.js';

await main();
