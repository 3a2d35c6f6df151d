import { setTimeout as pause } from 'node:timers/promises';
import { BrokenContract, RetryLater } from '#kernel';
import { AddressRefused, type BytesAnswer, errorText, HttpClient } from '#platform';
import { PictureRefused } from '../../catalog-error.js';
import { issueOf, type ValidationIssue } from '../../faults/validation-issue.js';
import type { MediaStore } from '../media-store.js';
import { HostPatience } from './host-patience.js';

/** What is known of an address from the last time. */
export interface FetchedBefore {
  readonly digest: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FetchedPicture = FetchedBefore | { readonly issue: ValidationIssue };

const MAX_BYTES = 20 * 1024 * 1024;
const MAX_REDIRECTS = 4;
const TIMEOUT_MS = 30_000;
const AGAIN_AFTER_MS = 1_000;

/** Fetches pictures from public addresses of the web: bounded in bytes, time and redirects, each checked by its content. */
export class PictureFetcher {
  private readonly http: HttpClient;
  private readonly patience = new HostPatience();

  /** `allowPrivate`: exact `host:port` entries that may be fetched though they are not public. */
  constructor(
    private readonly media: MediaStore,
    options: { readonly allowPrivate?: readonly string[]; readonly timeoutMs?: number } = {},
  ) {
    // The client checks every address, also of a redirect, and connects to the very address that it checked.
    this.http = new HttpClient({
      maxBytes: MAX_BYTES,
      maxRedirects: MAX_REDIRECTS,
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      allowPrivate: options.allowPrivate ?? [],
      headers: { Accept: 'image/*' },
    });
  }

  /** Never fails because of the address or what lies there: the issue says why there is no picture. */
  async fetch(address: string, before: FetchedBefore | undefined, signal: AbortSignal): Promise<FetchedPicture> {
    const host = URL.canParse(address) ? new URL(address).host : address;
    const minutes = this.patience.minutesLeft(host);
    if (minutes > 0) return { issue: issueOf('media', address, 'picture-host-silent', { host, minutes }) };
    try {
      const answer = await this.get(address, before, signal);
      this.patience.answered(host);
      if (answer.status === 304 && before) return before;
      if (answer.status !== 200) return { issue: issueOf('media', address, 'picture-status', { status: answer.status }) };
      const { digest } = await this.media.put(answer.bytes, { address });
      return { digest, etag: header(answer, 'etag'), lastModified: header(answer, 'last-modified') };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof RetryLater) this.patience.didNotAnswer(host);
      return { issue: issueOfFailure(address, error) };
    }
  }

  close(): void {
    this.http.close();
  }

  private async get(address: string, before: FetchedBefore | undefined, signal: AbortSignal): Promise<BytesAnswer> {
    const headers = { ...(before?.etag && { 'If-None-Match': before.etag }), ...(before?.lastModified && { 'If-Modified-Since': before.lastModified }) };
    const once = (): Promise<BytesAnswer> => this.http.fetchBytes(address, { signal, headers });
    const answer = await once().catch((error: unknown) => {
      if (error instanceof RetryLater && !signal.aborted) return undefined;
      throw error;
    });
    if (answer && answer.status !== 429 && answer.status < 500) return answer;
    await pause(AGAIN_AFTER_MS, undefined, { signal });
    return once();
  }
}

function header(answer: BytesAnswer, name: string): string | null {
  const value = answer.headers[name];
  return value === undefined || value.length > 500 ? null : value;
}

function issueOfFailure(address: string, error: unknown): ValidationIssue {
  if (error instanceof AddressRefused) return issueOf('media', address, error.reason, error.params);
  if (error instanceof PictureRefused) return issueOf('media', address, error.cause.code, error.cause.params);
  if (error instanceof BrokenContract) return issueOf('media', address, 'picture-bytes', { max: MAX_BYTES / 1024 / 1024 });
  return issueOf('media', address, 'picture-fetch', { message: errorText(error).slice(0, 200) });
}
