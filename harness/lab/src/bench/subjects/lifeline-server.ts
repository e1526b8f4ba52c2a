import { serveStdio } from '@mcp-lifeline/node';
import { SERVER } from './lifeline-tools.js';

serveStdio(SERVER);
