import { existsSync, readFileSync } from 'node:fs';
import { CliFault } from './cli-fault.js';

/** @throws CliFault when there is no such file, or no JSON object in it; `form` shows what one looks like */
export function readJsonFile(file: string, form: string): object {
  if (!existsSync(file)) throw new CliFault('no-file', { file });
  try {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new CliFault('no-json', { file, form });
}
