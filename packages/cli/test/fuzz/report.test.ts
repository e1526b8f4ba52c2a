import { type Case, formatCase } from '@mcp-lifeline/fuzz';
import { describe, expect, it } from 'vitest';
import { jsonFuzz } from '../../src/fuzz/json.ts';
import { progressText } from '../../src/fuzz/progress-text.ts';
import { fuzzReport } from '../../src/fuzz/report.ts';
import { createStyle } from '../../src/report/style.ts';
import { jsonReportSchema } from '../json-report-schema.ts';
import { caseIn, madeFuzzResult, madeViolation, RUN } from './made-result.ts';

const VIEW = {
  style: createStyle(false, 100),
  strict: false,
  traceOf: () => undefined,
  replayLine: (one: Case) => `fuzz --replay ${formatCase(one)} -- node server.js`,
  isReplay: false,
};

describe('the report for people', () => {
  it('tells a fault as a numbered story, with what demands otherwise and how to see it again', () => {
    const text = reportOf(madeFuzzResult(madeViolation()));
    expect(text).toContain('1. rpc.one-response\n');
    expect(text).toContain('   1. The client sends initialize, offering 2025-11-25 and declaring nothing.\n');
    expect(text).toContain('   3. It sends request 101 (ping).\n');
    expect(text).toContain('   4. It waits for what is due, and asks three more things, one after the other.\n');
    expect(text).toContain('Seen again in 5 of 5 runs; 3 acts, made out of 9.');
    expect(text).toContain('https://modelcontextprotocol.io/specification/2025-11-25/basic/index#messages');
    expect(text).toContain('expected  one response\n');
    expect(text).toContain('observed  a second response with id 101\n');
    expect(caseIn(text)).toEqual(madeViolation().case);
    expect(text).toMatch(/\n +replay +fuzz --replay f1\.[\w-]+ -- node server\.js\n/);
    expect(text).toMatch(/\nverdict fail /);
  });

  it('says that a fault comes and goes, and that it may not be the shortest', () => {
    const text = reportOf(madeFuzzResult(madeViolation({ again: { shown: 2, of: 5 }, isMinimal: false })));
    expect(text).toContain(
      'It comes and goes: seen again in 2 of 5 runs; 3 acts, made out of 9, and perhaps not the shortest.',
    );
  });

  it('says that a fault was seen once alone', () => {
    const text = reportOf(madeFuzzResult(madeViolation({ again: { shown: 0, of: 5 }, foundIn: 3, isMinimal: false })));
    expect(text).toContain(
      'It comes and goes: seen once, and not again in 5 runs; 3 acts, and perhaps not the shortest.',
    );
  });

  it('tells where the trace is', () => {
    const traceOf = (id: string) => (id === RUN.id ? 'traces/fuzz-7.jsonl' : undefined);
    const result = madeFuzzResult(madeViolation());
    expect(fuzzReport({ ...result, stale: [] }, result, { ...VIEW, traceOf })).toContain('traces/fuzz-7.jsonl');
  });

  it('says how much was done and reached, also where nothing was found', () => {
    const text = reportOf(madeFuzzResult());
    expect(text).toContain('200 runs in 12.3 s');
    const onOneLine = text.replaceAll('\n', ' ');
    expect(onOneLine).toContain(
      'states of a session 8/9 · acts in states 60/123 · tools called: slow, ask · 1 check put to the test · no fault · seed 7',
    );
    expect(text).toMatch(/\nverdict pass · .*1 pass, 1 unobserved/);
  });
});

describe('the report on a case that was run again', () => {
  it('speaks of that case, and of no seed and no coverage', () => {
    const result = madeFuzzResult();
    const text = fuzzReport({ ...result, stale: [] }, result, { ...VIEW, isReplay: true });
    expect(text).toContain('200 runs of this case in 12.3 s');
    expect(text).not.toMatch(/seed|states/);
  });
});

describe('the report for programs', () => {
  it('is that of check, and how it came about', () => {
    const result = madeFuzzResult(madeViolation());
    const report = jsonFuzz({ ...result, stale: [] }, result, (id) => `traces/${id}.jsonl`);
    expect(jsonReportSchema.parse(report)).toEqual(report);
    expect(report.fuzz).toMatchObject({
      runs: 200,
      processes: 240,
      seconds: 12.34,
      seed: 7,
      tools: ['slow', 'ask'],
      violations: [
        {
          ids: ['rpc.one-response'],
          acts: 3,
          foundIn: 9,
          confirmed: { shown: 5, of: 5 },
          trace: 'traces/fuzz-7@2025-11-25.jsonl',
        },
      ],
    });
    expect(caseIn(report.fuzz.violations[0]?.replay ?? '')).toEqual(madeViolation().case);
  });

  it('names no trace where none is kept', () => {
    const result = madeFuzzResult(madeViolation());
    expect(jsonFuzz({ ...result, stale: [] }, result, () => undefined).fuzz.violations[0]).not.toHaveProperty('trace');
  });
});

describe('the line that shows how far it is', () => {
  const progress = { ...madeFuzzResult().fuzz, doing: 'running', of: 400, seconds: 10, found: 0 } as const;

  it('has a bar, the pace and what was reached', () => {
    const text = progressText(progress, 100);
    expect(text).toMatch(/^\[#+-+\] 200\/400 runs · 20\/s · states 8\/9 · transitions 60\/123$/);
    expect(text.length).toBeLessThan(100);
    expect([...text].filter((one) => one === '#').length).toBe([...text].filter((one) => one === '-').length);
  });

  it('tells what was found, and that it is being made smaller', () => {
    const text = progressText({ ...progress, doing: 'shrinking', found: 1 }, 200);
    expect(text).toMatch(/200\/400 runs · states 8\/9 · transitions 60\/123 · 1 fault found · making one smaller$/);
  });

  it('has no bar where the time decides, or there is no room', () => {
    expect(progressText({ ...progress, of: null }, 100)).toMatch(/^200 runs/);
    expect(progressText(progress, 60)).toMatch(/^200\/400/);
  });
});

function reportOf(result: ReturnType<typeof madeFuzzResult>): string {
  return fuzzReport({ ...result, stale: [] }, result, VIEW);
}
