import type { MoveInfo, Observation, Property, System } from '../../src/contract.ts';
import type { Configuration, Model, Step } from '../../src/exploration.ts';

/** What may be wrong with the protocol, or with the world. */
export interface Flaws {
  /** The receiver does not look at the bit, and takes what is sent again for something new. */
  readonly takesAll?: boolean;
  /** What is in a channel is promised to arrive only if it stays there. */
  readonly mayLoseForEver?: boolean;
  /** The receiver throws for a message that it has had. */
  readonly throws?: boolean;
}

/** The columns of a row. A channel holds nothing (0), or a message with its bit plus one. */
const WAITING = 0;
const BIT = 1;
const DATA = 2;
const ACK = 3;
const EXPECTED = 4;
const DELIVERED = 5;

const SEND = 0;
const TRANSMIT = 1;
const LOSE_DATA = 2;
const LOSE_ACK = 3;
const DATA_ARRIVES = 4;
const ACK_ARRIVES = 5;

/** The alternating bit protocol over two channels that hold one message each and may lose it. */
export function alternatingBit(flaws: Flaws = {}, id = 'alternating-bit'): Configuration {
  return {
    id,
    title: 'One message at a time over channels that lose',
    bounds: { 'messages in a channel': 1, losses: 'without limit' },
    build: () => modelOf(flaws),
  };
}

function modelOf(flaws: Flaws): Model {
  return {
    system: systemOf(flaws),
    properties: PROPERTIES,
    describe: ([waiting, bit, data = 0, ack = 0, expected, delivered]) => [
      `sender: ${waiting === 1 ? 'waiting' : 'idle'}, bit ${bit}`,
      `channels: ${data === 0 ? 'nothing' : `message ${data - 1}`} and ${ack === 0 ? 'nothing' : `answer ${ack - 1}`}`,
      `receiver: expects ${expected}, delivered ${delivered}`,
    ],
    observations: observationsOf,
  };
}

function systemOf({ takesAll = false, mayLoseForEver = false, throws = false }: Flaws): System {
  const arrives = mayLoseForEver ? 'weak' : 'strong';
  const moves: readonly MoveInfo[] = [
    { name: 'application: sends a message', fairness: 'none' },
    { name: 'sender: transmits', fairness: 'weak' },
    { name: 'channel: loses the message', fairness: 'none' },
    { name: 'channel: loses the answer', fairness: 'none' },
    { name: 'channel: the message arrives', fairness: arrives },
    { name: 'channel: the answer arrives', fairness: arrives },
  ];
  return {
    width: 6,
    initial: () => new Int32Array(6),
    move: (move) => moves[move] ?? { name: 'unknown', fairness: 'none' },
    expand(row, visit) {
      const [waiting = 0, bit = 0, data = 0, ack = 0, expected = 0, delivered = 0] = row;
      const go = (move: number, changes: Readonly<Record<number, number>>): void => {
        const next = row.slice();
        for (const [column, value] of Object.entries(changes)) next[Number(column)] = value;
        visit(move, next);
      };
      if (waiting === 0) go(SEND, { [WAITING]: 1, [DELIVERED]: 0 });
      if (waiting === 1 && data === 0) go(TRANSMIT, { [DATA]: bit + 1 });
      if (data > 0) go(LOSE_DATA, { [DATA]: 0 });
      if (ack > 0) go(LOSE_ACK, { [ACK]: 0 });
      const isNew = takesAll || data - 1 === expected;
      if (throws && data > 0 && !isNew) throw new Error('had that already');
      if (data > 0) {
        const taken = isNew ? { [EXPECTED]: 2 - data, [DELIVERED]: delivered + 1 } : {};
        go(DATA_ARRIVES, { [DATA]: 0, [ACK]: data, ...(delivered > 1 ? {} : taken) });
      }
      if (ack > 0) go(ACK_ARRIVES, { [ACK]: 0, ...(ack - 1 === bit ? { [WAITING]: 0, [BIT]: 1 - bit } : {}) });
    },
  };
}

const PROPERTIES: readonly Property[] = [
  {
    id: 'delivered.once',
    title: 'a message is delivered at most once',
    kind: 'always',
    violation: (row) => ((row[DELIVERED] ?? 0) > 1 ? 'it was delivered twice' : null),
  },
  {
    id: 'delivered.once.witness',
    title: 'a message is delivered',
    kind: 'sometimes',
    seen: (row) => row[DELIVERED] === 1,
  },
  {
    id: 'again',
    title: 'a message that was delivered is sent again',
    kind: 'sometimes',
    seen: (row) => row[DELIVERED] === 1 && (row[DATA] ?? 0) > 0,
  },
  {
    id: 'confirmed',
    title: 'a message that was sent is confirmed',
    kind: 'eventually',
    from: (row) => row[WAITING] === 1,
    to: (row) => row[WAITING] === 0,
  },
];

function observationsOf({ from, move }: Step): readonly Observation[] {
  if (move !== TRANSMIT) return [];
  const message = { jsonrpc: '2.0', method: 'notifications/bit', params: { bit: from[BIT] ?? 0 } };
  const sent = { seq: 0, t: 0, at: 'client', plane: 'wire', kind: 'sent', message, bytes: 70 } as const;
  return [{ part: 'world', what: 'transmits', events: [sent] }];
}
