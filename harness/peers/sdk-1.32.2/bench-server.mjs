// The bench's server over stdio.
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createServer } from './bench-tools.mjs';

await createServer().connect(new StdioServerTransport());
