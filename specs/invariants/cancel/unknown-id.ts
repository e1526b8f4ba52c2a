import { always, citing } from '../by-revision.js';
import { coping } from './coping.js';

/** A cancellation that names no open request, or nothing at all, is disregarded. */
export const cancelUnknownId = coping({
  id: 'cancel.unknown-id',
  title: 'a cancellation of an unknown or finished request, or a malformed one, is disregarded',
  level: always('SHOULD'),
  clauses: citing('cancellation/ignore-unknown', 'cancellation/ignore-completed', 'cancellation/ignore-malformed'),
  counts: (isOpen) => !isOpen,
});
