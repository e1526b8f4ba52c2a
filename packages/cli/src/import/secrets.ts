import { isJsonObject, type Json, type Redactor } from '@mcp-lifeline/trace';
import { UsageError } from '../usage-error.js';

/**
 * Teaches a redactor the secrets that a log shows by their form: the value of a member with a telling name, what stands
 * behind `Bearer` and `Basic`, the password in a URL, and keys and tokens of well-known forms.
 *
 * A secret of another form, such as one in the text of a tool's result, is not found.
 * @throws UsageError where there are too many
 */
export function learnSecrets(redactor: Redactor, messages: readonly Json[]): void {
  const words = new Set(messages.flatMap(methodsIn));
  const found = new Map<string, string>();
  const learn = (label: string, value: string): void => {
    // What the protocol itself says must stay readable.
    if (value.length < SHORTEST || words.has(value) || DATE.test(value) || found.has(value)) return;
    found.set(value, `${label}#${found.size + 1}`);
  };
  const look = (value: Json, key: string | null, isMeta: boolean): void => {
    if (typeof value === 'string') {
      if (key !== null && isTelling(key, isMeta)) learn(key.toLowerCase(), credentialIn(value));
      for (const [label, form] of FORMS) for (const match of value.matchAll(form)) learn(label, match[1] ?? match[0]);
    } else if (Array.isArray(value)) for (const item of value as readonly Json[]) look(item, key, isMeta);
    else if (isJsonObject(value)) {
      for (const [name, item] of Object.entries(value)) look(item, name, isMeta || name === '_meta');
    }
  };
  for (const message of messages) look(message, null, false);
  // Each of them is looked for everywhere: more would take forever, and to leave some out would show them.
  if (found.size > MOST) throw new UsageError(`import: it shows more than ${MOST} different secrets`);
  for (const [value, label] of found) redactor.add(label, value);
}

/** A shorter value is taken for a word. In characters. */
const SHORTEST = 8;
/** More different secrets than this are not replaced, and nothing is imported. */
const MOST = 200;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const TELLING =
  /^(?:(?:proxy-|x-)?authorization|(?:x-)?api[-_]?key|(?:\w+[-_])?(?:secret|password|passwd|passphrase)|(?:access|refresh|id|auth|bearer|session|api)?[-_]?token|client[-_]?secret|private[-_]?key|(?:set-)?cookie|(?:mcp-)?session[-_]?id)$/i;
/** In `_meta` hosts put what is theirs: there a part of the name is enough. */
const TELLING_IN_META = /auth|token|secret|passw|credential|cookie|session|api[-_]?key/i;
/** These name no secret, and judging needs them. */
const HARMLESS = /^(?:progressToken|maxTokens|nextCursor)$/;

const FORMS: readonly (readonly [label: string, form: RegExp])[] = [
  ['bearer', /\bBearer\s+([\w.~+/-]{8,}=*)/gi],
  ['basic', /\bBasic\s+([A-Za-z0-9+/]{8,}=*)/g],
  ['password', /:\/\/[^\s/:@]*:([^\s/@]+)@/g],
  ['jwt', /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g],
  ['key', /\b(?:sk|pk|rk)[-_][\w-]{16,}/g],
  [
    'token',
    /\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abposr]-[\w-]{10,}|npm_\w{16,}|AKIA[A-Z0-9]{12,})/g,
  ],
];

function isTelling(key: string, isMeta: boolean): boolean {
  if (HARMLESS.test(key)) return false;
  return TELLING.test(key.replace(/([a-z])([A-Z])/g, '$1_$2')) || (isMeta && TELLING_IN_META.test(key));
}

/** Without the word for its kind. */
function credentialIn(value: string): string {
  return value.replace(/^(?:Bearer|Basic|Token)\s+/i, '');
}

function methodsIn(message: Json): readonly string[] {
  return isJsonObject(message) && typeof message.method === 'string' ? [message.method] : [];
}
