import type { Size } from '@mcp-lifeline/explore';
import { count, duration } from '../report/text.js';

/** A whole number with its thousands set apart. */
export function figure(amount: number): string {
  return Math.round(amount)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

/** How large an exploration was, and how fast. */
export function sizeText(size: Size): string {
  const { states, edges, depth, terminals, seconds, bytesPerState, edgeBytesPerState } = size;
  const ofEdges = edgeBytesPerState === 0 ? '' : ` and ${figure(edgeBytesPerState)} of edges`;
  return [
    `${figure(states)} states`,
    `${figure(edges)} edges`,
    `depth ${depth}`,
    duration(seconds),
    `${figure(statesPerSecond(size))} states a second`,
    `${figure(bytesPerState)} bytes a state${ofEdges}`,
    count(terminals, 'state without a move', 'states without a move'),
  ].join(' · ');
}

/** How many states were met in a second, judging included. */
export function statesPerSecond({ states, seconds }: Size): number {
  return seconds === 0 ? 0 : states / seconds;
}
