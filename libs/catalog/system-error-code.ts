/** Whether an error carries this code of Node or the system ("ENOENT"). */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
