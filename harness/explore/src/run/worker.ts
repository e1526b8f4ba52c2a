// A thread that explores one of our configurations.
import { CONFIGURATIONS, LARGE_CONFIGURATIONS } from '../configs.js';
import { serveThread } from './thread.js';

serveThread([...CONFIGURATIONS, ...LARGE_CONFIGURATIONS]);
