/**
 * Keeps standard output for messages, as soon as it is imported: a server imports it before anything else, since what it
 * imports later may print while it loads. `serveStdio` does the same, and later.
 *
 * @packageDocumentation
 */

import '@mcp-lifeline/adapter-stdio/stdout-guard';
