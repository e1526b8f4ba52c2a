import { type Case, kindOf } from './act.js';

/** Whether a case does all that a smaller one does, in this order, and perhaps more in between. */
export function embeds({ acts }: Case, smaller: Case): boolean {
  const left = smaller.acts.map(kindOf);
  for (const act of acts) if (left[0] === kindOf(act)) left.shift();
  return left.length === 0;
}
