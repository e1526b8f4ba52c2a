import type { Report, Row } from '../../../src/bench/report/report.js';

/** A small report: one figure with a goal, one without, one where a subject failed. */
export function sampleReport(change: Partial<Report> = {}): Report {
  return {
    bench: 1,
    startedAt: '2025-11-25T12:00:00.000Z',
    seconds: 61.4,
    quick: false,
    rounds: 3,
    machine: { cpu: 'Abacus', cores: 2, memory: 8, os: 'linux 6.1 x64', node: 'v20.20.2' },
    subjects: [
      { name: 'lifeline', title: 'mcp-lifeline', version: '0.1.0' },
      { name: 'floor', title: 'the floor', version: null },
    ],
    rows: [
      sampleRow({ goal: 2, values: { lifeline: taken(1.5), floor: taken(0.75) } }),
      sampleRow({
        figure: 'rate',
        unit: 'a second',
        better: 'more',
        goal: 9,
        values: { lifeline: taken(8), floor: taken(4) },
      }),
      sampleRow({ workload: 'b.2', title: 'the second', values: { floor: taken(1) } }),
    ],
    failures: [],
    ...change,
  };
}

/** A row with nothing in it but what is given. */
export function sampleRow(change: Partial<Row>): Row {
  return {
    workload: 'a.1',
    title: 'the first',
    figure: 'cpu',
    unit: 'us',
    better: 'less',
    goal: null,
    values: {},
    ...change,
  };
}

function taken(median: number) {
  return { median, samples: [median] };
}
