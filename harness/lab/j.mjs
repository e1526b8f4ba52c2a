import { judgeTrace } from './dist/interop/judge.js';
import { CLIENT_INVARIANTS, INVARIANTS } from '@mcp-lifeline/specs';
import { parseTrace } from '@mcp-lifeline/trace/schema';
import { readFileSync } from 'node:fs';
for (const f of process.argv.slice(2)) { const t = parseTrace(readFileSync(f,'utf8')); console.log(f); for (const [n,i] of [['server',INVARIANTS],['client',CLIENT_INVARIANTS]]) console.log(n, judgeTrace(i,t,'2025-11-25')); }
