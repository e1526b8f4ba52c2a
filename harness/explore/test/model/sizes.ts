/** How large each configuration is: states, edges, and moves to the farthest state. */
export const SIZES: Readonly<Record<string, readonly [states: number, edges: number, depth: number]>> = {};
