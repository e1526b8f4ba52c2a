#!/usr/bin/env node
// The bench. usage: pnpm bench [--quick] ...; `pnpm bench --help` tells the rest. Without pnpm: after a build, with node.
import { main } from './dist/bench/main.js';

await main();
