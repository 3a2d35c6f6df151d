import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MediaStore } from '#catalog';

/** Serves the master's pictures under `<url>/<digest>…`, as the hub would to a channel. */
export async function servePictures(media: MediaStore): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const digest = /\/([0-9a-f]{64})/.exec(request.url ?? '')?.[1] ?? '';
    media
      .openPicture(digest)
      .then((picture) => (picture ? picture.stream.pipe(response.writeHead(200, { 'content-type': picture.mime })) : response.writeHead(404).end()))
      .catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
