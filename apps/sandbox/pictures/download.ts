const MAX_BYTES = 10 * 1024 * 1024;
const FETCH_MS = 10_000;

/** The bytes behind an address, as a marketplace fetches a seller's picture. Throws when it cannot be had. */
export async function download(url: string): Promise<Buffer> {
  const target = new URL(url);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') throw new Error('only http and https addresses');
  const response = await fetch(target, { signal: AbortSignal.timeout(FETCH_MS), redirect: 'follow' });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`pics_http_error ${response.status}`);
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > MAX_BYTES) throw new Error('picture is larger than 10 MB');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
