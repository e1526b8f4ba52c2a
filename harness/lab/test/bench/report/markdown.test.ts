import { describe, expect, it } from 'vitest';
import { markdownTable, reportMarkdown } from '../../../src/bench/report/markdown.js';
import { sampleReport } from './sample-report.js';

describe('the page', () => {
  const page = reportMarkdown(sampleReport());

  it.each([
    ['when', '2025-11-25, 61 s'],
    ['on what', 'Node 20.20.2, linux 6.1 x64, 2 cores of Abacus, 8 GiB'],
    ['what', '- `lifeline`: mcp-lifeline 0.1.0'],
    ['what has no version', '- `floor`: the floor\n'],
    ['a figure', '| a.1      | us       | 1.50     | 0.750 (0.500x) | <= 2 | yes |'],
    ['what a workload is', '- `b.2`: the second'],
  ])('says %s', (_, text) => {
    expect(page).toContain(text);
  });

  it('names each workload once, however many figures it has', () => {
    expect(page.match(/`a\.1`: the first/g)).toHaveLength(1);
  });
});

it('a table has numbers to the right', () => {
  expect(
    markdownTable([
      ['a', 'b', 'c'],
      ['1', '2', '3456'],
    ]),
  ).toBe('| a   | b   | c    |\n| --- | --- | ---: |\n| 1   | 2   | 3456 |');
});
