export type {
  Always,
  Eventually,
  MoveInfo,
  Observation,
  Part,
  Property,
  Sometimes,
  System,
  Watcher,
} from './contract.js';
