import { statfsSync } from 'node:fs';
import { FatalStartError } from '#platform';

/** With less than this nothing can be started: the database itself no longer writes. */
const LEAST_BYTES = 1_048_576;

/** A start on a full disk fails at whatever comes first; this says why. Undefined while there is room, or where nobody can tell. */
export function fullDisk(folder: string, cause: unknown): FatalStartError | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize >= LEAST_BYTES) return undefined;
  } catch {
    return undefined;
  }
  return new FatalStartError(`The disk that holds ${folder} is full.`, 'Free at least 300 MB there, or set DATA_DIR to a folder on another disk.', {
    cause,
    told: { code: 'disk-full', params: { folder } },
  });
}
