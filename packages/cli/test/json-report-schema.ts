import { z } from 'zod';

const count = z.int().nonnegative();
const revision = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const checkSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(\.[a-z][a-z0-9-]*){1,2}$/),
  revision,
  title: z.string().min(1),
  level: z.enum(['MUST', 'SHOULD', 'ROBUST', 'NOTE']),
  status: z.enum(['pass', 'fail', 'warn', 'note', 'unobserved', 'error']),
  excused: z.literal(true).optional(),
  why: z.string().min(1).optional(),
  clauses: z.array(z.string()),
  expected: z.string().optional(),
  observed: z.string().optional(),
  trace: z.string().min(1).optional(),
  seconds: z.number().nonnegative(),
});

const staleSchema = z.strictObject({
  id: z.string(),
  revision,
  status: z.enum(['fail', 'warn']),
  now: z.string().min(1),
});

const recordingSchema = z.strictObject({
  file: z.string().min(1),
  seenAt: z.enum(['client', 'server']).nullable(),
  judged: z.array(z.enum(['server', 'client'])),
  events: z.int().positive(),
  cutShort: z.literal(true).optional(),
  lacks: z.array(z.strictObject({ what: z.string().min(1), why: z.string().min(1) })),
});

const shareSchema = z.strictObject({ reached: count, of: count });

const fuzzSchema = z.strictObject({
  runs: count,
  processes: count,
  seconds: z.number().nonnegative(),
  seed: count,
  tools: z.array(z.string()),
  coverage: z.strictObject({ states: shareSchema, transitions: shareSchema }),
  violations: z.array(
    z.strictObject({
      ids: z.array(z.string()).min(1),
      revision,
      story: z.array(z.string().min(1)).min(1),
      acts: z.int().positive(),
      foundIn: z.int().positive(),
      minimal: z.boolean(),
      confirmed: shareSchema.omit({ reached: true }).extend({ shown: count }),
      replay: z.string().regex(/^f1\.[\w-]+$/),
      trace: z.string().min(1).optional(),
    }),
  ),
});

/** The JSON report, version 1, with nothing that is not in it. */
export const jsonReportSchema = z
  .strictObject({
    report: z.literal(1),
    tool: z.strictObject({ name: z.literal('mcp-lifeline'), version: z.string() }),
    target: z.strictObject({
      transport: z.literal('stdio'),
      command: z.array(z.string()),
      serverInfo: z.json(),
      revisions: z.array(revision),
      tried: z.array(revision),
      preferred: revision.nullable(),
      era: z.enum(['legacy', 'none']),
    }),
    verdict: z.enum(['pass', 'fail', 'no-handshake', 'error']),
    why: z.string().min(1).optional(),
    counted: z.array(revision),
    counts: z.strictObject({ pass: count, fail: count, warn: count, note: count, unobserved: count, error: count }),
    seconds: z.number().nonnegative(),
    checks: z.array(checkSchema),
    stale: z.array(staleSchema).min(1).optional(),
    recording: recordingSchema.optional(),
    fuzz: fuzzSchema.optional(),
  })
  .superRefine((report, context) => {
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    const counted = report.checks.filter((check) => report.counted.includes(check.revision));
    for (const [status, amount] of Object.entries(report.counts)) {
      const rows = counted.filter((check) => check.status === status);
      if (rows.length !== amount) complain(`${amount} are counted as ${status}, and ${rows.length} are`);
    }
    for (const { id, status, expected, observed, why } of report.checks) {
      const isFault = status === 'fail' || status === 'warn';
      if (isFault && (expected === undefined || observed === undefined)) complain(`${id} does not say what is wrong`);
      const isMissing = status === 'unobserved' || status === 'error';
      if (isMissing && why === undefined) complain(`${id} does not say why`);
    }
    if (report.target.command.length === 0 && report.recording === undefined) complain('the command is missing');
    const isSpoilt = counted.some(({ status, excused }) => status === 'fail' && excused !== true);
    const isFailed = isSpoilt || report.stale !== undefined;
    if (report.why === undefined && isFailed !== (report.verdict === 'fail')) complain('the rows say otherwise');
    if (report.verdict === 'no-handshake' && report.why === undefined) complain('no word about the missing handshake');
  });
