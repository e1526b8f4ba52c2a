import { createRedactor, type Redactor } from '@mcp-lifeline/trace';

/** A server to be judged: how to start it. */
export interface Target {
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
}

/** An inherited variable of such a name may hold a secret; a shorter value than this is never one. In characters. */
const SECRET_NAME = /key|token|secret|passw|auth|credential|cookie|session/i;
const SHORTEST_INHERITED_SECRET = 8;
/** `--api-key VALUE`, `--api-key=VALUE`, and `API_KEY=VALUE` as wrappers take it. */
const SECRET_FLAG = /^(?<dash>--?)?[\w-]*(?:key|token|secret|passw|auth|credential)[\w-]*(?:=(?<value>.+))?$/is;

/** `Authorization: Bearer VALUE`, `X-Api-Key: VALUE`, as flags of bridges take headers. */
const SECRET_HEADER = /^[\w-]*(?:authorization|key|token|secret)[\w-]*\s*:\s*(?:\w+\s+)?(?<value>\S+)$/i;
/** `https://user:VALUE@host`. */
const URL_PASSWORD = /:\/\/[^\s/:@]*:(?<value>[^\s/@]+)@/;

/** A date is no secret, and revisions are dates: to replace one would change what is judged. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The environment the server gets: ours, with the target's own on top. */
export function environmentOf(target: Target): NodeJS.ProcessEnv {
  return { ...process.env, ...target.env };
}

/** A redactor that knows every secret the target is started with: its own variables, ours by name, flags by name. */
export function redactorFor(target: Target): Redactor {
  const redactor = createRedactor();
  for (const [name, value] of Object.entries(target.env)) {
    if (!DATE.test(value)) redactor.add(`env#${name}`, value);
  }
  for (const [name, value] of Object.entries(process.env)) {
    if (SECRET_NAME.test(name) && value !== undefined && value.length >= SHORTEST_INHERITED_SECRET) {
      redactor.add(`env#${name}`, value);
    }
  }
  target.command.forEach((argument, index) => {
    const value = secretAfter(argument, target.command[index + 1]);
    if (value !== undefined) redactor.add(`argument#${index}`, value);
  });
  return redactor;
}

function secretAfter(argument: string, next: string | undefined): string | undefined {
  const own = SECRET_HEADER.exec(argument) ?? URL_PASSWORD.exec(argument);
  if (own?.groups?.value !== undefined) return own.groups.value;
  const { dash, value } = SECRET_FLAG.exec(argument)?.groups ?? {};
  if (value !== undefined || dash === undefined) return value;
  // A flag may stand alone; then another one follows.
  return next?.startsWith('-') === true ? undefined : next;
}
