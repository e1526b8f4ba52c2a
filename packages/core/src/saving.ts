/**
 * A session as JSON and back, and what of its state decides what happens next.
 *
 * @packageDocumentation
 */

export { abstract, restore, type Saved, save } from './session/saving.js';
