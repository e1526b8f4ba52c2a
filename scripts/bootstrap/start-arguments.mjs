/** Subcommands of the command line that are passed through as they are. */
const SUBCOMMANDS = ['check', 'judge', 'clauses', 'help'];

/** Flags that are questions to the command line itself, not to one of its subcommands. */
const QUESTIONS = ['--help', '-h', '--version', '-V'];

/**
 * What `npm start -- ARGS` asks of the command line.
 *
 * - nothing, or only flags: check the bundled server (`bundled` is true, and its command belongs after `args`)
 * - a command: check it
 * - flags, then `--` and a command, or `--url`: check that, with those flags
 * - a subcommand or a question such as `--help`: exactly that
 *
 * @param {readonly string[]} given
 * @returns {{args: string[], bundled: boolean}}
 */
export function startArguments(given) {
  const [first] = given;
  if (first === undefined) return { args: ['check'], bundled: true };
  if (SUBCOMMANDS.includes(first) || QUESTIONS.includes(first)) return { args: [...given], bundled: false };
  if (!first.startsWith('-')) return { args: ['check', '--', ...given], bundled: false };
  const hasTarget = given.some((arg) => arg === '--' || arg === '--url' || arg.startsWith('--url='));
  const asks = given.some((arg) => QUESTIONS.includes(arg));
  return { args: ['check', ...given], bundled: !hasTarget && !asks };
}
