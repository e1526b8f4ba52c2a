import type { Account, ConfigurationReport } from '@mcp-lifeline/explore';

/** A way that is told, and what it is told of. */
export interface NamedAccount {
  /** The name of its trace: the configuration and the property. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly account: Account;
}

/** Every way that a report tells of: one for each violation, and one to where something threw. */
export function accountsOf({ id, properties, thrownAt, why }: ConfigurationReport): readonly NamedAccount[] {
  const thrown = { id: `${id}.thrown`, title: 'nothing throws', why: why ?? '' };
  return [
    ...properties.flatMap((property) => {
      const { violation, title } = property;
      if (violation === null) return [];
      return [{ id: `${id}.${property.id}`, title, why: violation.why, account: violation }];
    }),
    ...(thrownAt === null ? [] : [{ ...thrown, account: thrownAt }]),
  ];
}
