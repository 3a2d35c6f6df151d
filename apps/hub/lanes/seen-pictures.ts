import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RetryLater } from '#kernel';
import type { HttpClient } from '#platform';
import type { FetchPicture } from '#reconcile';

const MOST_BYTES = 15 * 1024 * 1024;
const TIMEOUT_MS = 20_000;

/** Where a picture seen on a channel is kept, by the sha-256 of its bytes. */
export function seenPicturePath(dataDir: string, digest: string): string {
  return join(dataDir, 'seen', digest.slice(0, 2), digest);
}

/** Fetches a picture from a channel and keeps its bytes: the only proof of what a buyer saw. */
export function pictureFetcher(http: HttpClient, dataDir: string): FetchPicture {
  return async (url, signal) => {
    const answer = await http.fetchBytes(url, { maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, signal });
    if (answer.status >= 500 || answer.status === 429) throw new RetryLater(`The picture host answered ${answer.status}.`);
    if (answer.status !== 200) throw new Error(`The picture host answered ${answer.status}.`);
    const digest = createHash('sha256').update(answer.bytes).digest('hex');
    const path = seenPicturePath(dataDir, digest);
    await mkdir(dirname(path), { recursive: true });
    const partial = `${path}.${process.pid}.${Math.trunc(performance.now() * 1000)}`;
    await writeFile(partial, answer.bytes);
    await rename(partial, path);
    return { bytes: answer.bytes, digest };
  };
}
