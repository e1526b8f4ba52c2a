/** What a report and a trace say of who made them. */
export const TOOL = { name: 'mcp-lifeline', version: '0.1.0' } as const;
