// The smallest FastMCP server over stdio, with its defaults.
import { FastMCP } from 'fastmcp';

const server = new FastMCP({ name: 'fast-server', version: '1.0.0' });
server.addTool({ name: 'hello', description: 'Greets.', execute: async () => 'hello' });
await server.start({ transportType: 'stdio' });
