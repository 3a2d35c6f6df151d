/** The locale that the environment of a command line asks for ("ru_RU.UTF-8"), in the order POSIX gives; undefined: none. */
export function spokenLocale(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  return [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
}
