/**
 * Keeps standard output for messages, as soon as it is imported: import it before anything else.
 *
 * @packageDocumentation
 */

import { guardStdout } from './guarded-stdout.js';

guardStdout();
