// A thread that explores toy configurations, each a counter.
import { serveThread } from '@mcp-lifeline/explore';

const counter = (id, last, throwsAt) => ({
  id,
  title: 'counts',
  bounds: { numbers: last },
  build: () => ({
    system: {
      width: 1,
      initial: () => Int32Array.of(0),
      expand(row, visit) {
        if (row[0] === throwsAt) process.exit(3);
        if (row[0] < last) visit(0, Int32Array.of(row[0] + 1));
      },
      move: () => ({ name: 'counts on', fairness: 'weak' }),
    },
    properties: [
      { id: 'small', title: 'it is small', kind: 'always', violation: (row) => (row[0] > 20_000 ? 'it is not' : null) },
    ],
    describe: (row) => [`at ${row[0]}`],
    observations: () => [],
  }),
});

const unbuildable = {
  ...counter('unbuildable', 1, -1),
  build: () => {
    throw new Error('it cannot be built');
  },
};

serveThread([counter('short', 3, -1), counter('long', 30_000, -1), counter('leaving', 9, 5), unbuildable]);
