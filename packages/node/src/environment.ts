/**
 * What a server inherits of our environment unless it is given more: what programs need to run at all, and no secrets. The
 * same names as the official SDKs pass on.
 */
export function inheritedEnvironment(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): NodeJS.ProcessEnv {
  const inherited: NodeJS.ProcessEnv = {};
  for (const name of platform === 'win32' ? WINDOWS : POSIX) {
    const value = environment[name];
    // A value that begins so is a shell function, which a shell in between would take for code.
    if (value !== undefined && !value.startsWith('()')) inherited[name] = value;
  }
  return inherited;
}

const POSIX = ['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER'];
const WINDOWS = [
  'APPDATA',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'PATH',
  'PROCESSOR_ARCHITECTURE',
  'PROGRAMFILES',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'USERNAME',
  'USERPROFILE',
];
