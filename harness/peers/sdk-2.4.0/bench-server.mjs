// The bench's server over stdio.
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { createServer } from './bench-tools.mjs';

serveStdio(createServer);
