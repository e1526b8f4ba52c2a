export type { Observation } from '../contract.js';
