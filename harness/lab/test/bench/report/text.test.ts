import { describe, expect, it } from 'vitest';
import { reportText } from '../../../src/bench/report/text.js';
import { sampleReport, sampleRow } from './sample-report.js';

describe('the report for a terminal', () => {
  it('is a table with the ratios to the first subject, the goals, and whether ours meets them', () => {
    expect(reportText(sampleReport())).toBe(
      [
        'workload  unit      lifeline           floor  goal  met',
        'a.1       us            1.50  0.750 (0.500x)  <= 2  yes',
        'a.1       a second      8.00   4.00 (0.500x)  >= 9   no',
        'b.2       us          failed            1.00',
        '',
      ].join('\n'),
    );
  });

  it('names what failed', () => {
    const failures = [{ workload: 'b.2', subject: 'lifeline', error: 'Error: no' }];
    expect(reportText(sampleReport({ failures }))).toMatch(/\n\nfailed: b\.2, lifeline: Error: no\n$/);
  });

  it('judges no other subject by our goals', () => {
    const [{ values: { floor } = {} } = {}] = sampleReport().rows;
    const rows = [sampleRow({ goal: 2, ...(floor && { values: { floor } }) })];
    const text = reportText(sampleReport({ rows, subjects: sampleReport().subjects.slice(1) }));
    expect(text.split('\n')[1]).toMatch(/0\.750 +<= 2$/);
  });
});
