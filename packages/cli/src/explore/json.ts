import { TOOL } from '@mcp-lifeline/check';
import {
  type ConfigurationReport,
  type PropertyReport,
  type Size,
  type Story,
  unwitnessed,
  type Verdict,
  verdictOf,
} from '@mcp-lifeline/explore';
import { statesPerSecond } from './figures.js';
import { type Result, type Totals, totalsOf } from './result.js';

/** The JSON report of an exploration, version 1. Members may be added; none changes its meaning. */
export interface JsonExploration {
  readonly report: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly verdict: Verdict;
  readonly seconds: number;
  /** Whether these are all configurations of a size: only then does a missing witness fail. */
  readonly areAll: boolean;
  readonly totals: Totals;
  /** The properties that what they are about happens in none of these configurations, by their ids. */
  readonly unwitnessed: readonly string[];
  readonly configurations: readonly JsonConfiguration[];
}

/** A configuration, and what exploring it showed. */
export interface JsonConfiguration extends Size {
  readonly id: string;
  readonly title: string;
  readonly bounds: ConfigurationReport['bounds'];
  readonly ending: ConfigurationReport['ending'];
  readonly why?: string;
  /** The way to where something threw. */
  readonly story?: Story;
  readonly trace?: string;
  readonly statesPerSecond: number;
  readonly properties: readonly JsonProperty[];
}

/** A property in a configuration. */
export interface JsonProperty extends Pick<PropertyReport, 'id' | 'title' | 'kind' | 'status'> {
  /** Moves to the nearest witness. */
  readonly witnessedAfter?: number;
  readonly why?: string;
  /** A shortest way to what is wrong. */
  readonly story?: Story;
  /** The same as a trace, relative to the folder of the report. */
  readonly trace?: string;
}

/**
 * Builds the JSON report.
 * @param traceOf the file of the trace of that name, as the report shall give it
 */
export function jsonExploration(
  { reports, seconds, areAll }: Result,
  traceOf: (id: string) => string | undefined,
): JsonExploration {
  return {
    report: 1,
    tool: TOOL,
    verdict: verdictOf(reports, areAll),
    seconds,
    areAll,
    totals: totalsOf(reports),
    unwitnessed: unwitnessed(reports).map(({ id }) => id),
    configurations: reports.map((report) => jsonConfiguration(report, traceOf)),
  };
}

function jsonConfiguration(
  report: ConfigurationReport,
  traceOf: (id: string) => string | undefined,
): JsonConfiguration {
  const { id, title, bounds, ending, why, size, properties, thrownAt } = report;
  const trace = traceOf(`${id}.thrown`);
  return {
    id,
    title,
    bounds,
    ending,
    ...(why === null ? {} : { why }),
    ...(thrownAt === null ? {} : { story: thrownAt.story }),
    ...(trace === undefined ? {} : { trace }),
    ...size,
    statesPerSecond: statesPerSecond(size),
    properties: properties.map((property) => jsonProperty(property, traceOf(`${id}.${property.id}`))),
  };
}

function jsonProperty(property: PropertyReport, trace: string | undefined): JsonProperty {
  const { id, title, kind, status, witnessedAfter, violation } = property;
  return {
    id,
    title,
    kind,
    status,
    ...(witnessedAfter === null ? {} : { witnessedAfter }),
    ...(violation === null ? {} : { why: violation.why, story: violation.story }),
    ...(trace === undefined ? {} : { trace }),
  };
}
