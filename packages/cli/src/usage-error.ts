/** The command was used wrongly. The message is one line that also says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
