import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BrokenContract, RetryLater } from '#kernel';
import { AddressRefused, createHttpClient, type Exchange, type HttpClient, KnownSecrets } from '#platform';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const PATHS: Record<string, Handler> = {
  '/big-ids': (_request, response) => response.end('{"id":12345678901234567890,"small":7}'),
  '/empty': (_request, response) => response.writeHead(204).end(),
  '/html': (_request, response) => response.end('<html>hello</html>'),
  '/html-500': (_request, response) => response.writeHead(502).end('<html>bad gateway</html>'),
  '/bomb': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
  '/deep': (_request, response) => response.end('['.repeat(100_000)),
  '/hang': () => undefined,
  '/trickle': (_request, response) => {
    response.write('{');
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  },
  '/cut': (request) => request.socket.destroy(),
  '/redirect-in': (_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${canaryPort}/secret` }).end(),
  '/redirect-same': (_request, response) => response.writeHead(302, { location: '/big-ids' }).end(),
  '/echo': (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(JSON.stringify({ got: Buffer.concat(chunks).toString(), key: request.headers['api-key'] })));
  },
};

let canaryHits = 0;
let canaryPort = 0;

describe('the HTTP client', () => {
  const servers: Server[] = [];
  const clients: HttpClient[] = [];
  let base = '';
  let host = '';
  const listen = async (handler: Handler): Promise<number> => {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  const client = (options: Parameters<typeof createHttpClient>[0] = {}): HttpClient => {
    const made = createHttpClient({ baseURL: base, allowPrivate: [host], timeoutMs: 5_000, maxBytes: 1_000_000, ...options });
    clients.push(made);
    return made;
  };
  beforeAll(async () => {
    const port = await listen((request, response) => PATHS[request.url ?? '']?.(request, response));
    canaryPort = await listen((_request, response) => {
      canaryHits += 1;
      response.end('{}');
    });
    host = `127.0.0.1:${port}`;
    base = `http://${host}`;
  });
  afterAll(async () => {
    clients.forEach((made) => made.close());
    await Promise.all(servers.map((server) => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()))));
  });

  it('keeps identifiers beyond 2^53 exact and reads an empty answer', async () => {
    expect((await client().request({ method: 'GET', url: '/big-ids' })).body).toEqual({ id: '12345678901234567890', small: 7 });
    expect(await client().request({ method: 'POST', url: '/empty', writes: true })).toMatchObject({ status: 204, body: undefined });
  });

  it('refuses a success that is not JSON, and returns the text of an error', async () => {
    await expect(client().request({ method: 'GET', url: '/html' })).rejects.toBeInstanceOf(BrokenContract);
    await expect(client().request({ method: 'POST', url: '/html', writes: true })).rejects.toMatchObject({ recovery: 'retry', unsure: true });
    expect(await client().request({ method: 'GET', url: '/html-500' })).toMatchObject({ status: 502, body: '<html>bad gateway</html>' });
  });

  it('stops a bomb, a nest, a trickle and a hang', async () => {
    await expect(client().request({ method: 'GET', url: '/bomb' })).rejects.toThrow(/larger than 1000000 bytes/);
    await expect(client().request({ method: 'GET', url: '/deep' })).rejects.toThrow(/deeper/);
    const started = Date.now();
    for (const url of ['/trickle', '/hang']) await expect(client({ timeoutMs: 300 }).request({ method: 'GET', url })).rejects.toBeInstanceOf(RetryLater);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it('is unsure exactly about writes that may have arrived', async () => {
    await expect(client().request({ method: 'POST', url: '/cut', writes: true })).rejects.toMatchObject({ unsure: true });
    await expect(client().request({ method: 'POST', url: '/cut', writes: false })).rejects.toMatchObject({ unsure: false });
    await expect(client({ timeoutMs: 200 }).request({ method: 'POST', url: '/hang', writes: true })).rejects.toMatchObject({ unsure: true });
    const dead = await listen(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const refused = createHttpClient({ allowPrivate: [`127.0.0.1:${dead}`] }).request({ method: 'POST', url: `http://127.0.0.1:${dead}/`, writes: true });
    await expect(refused).rejects.toMatchObject({ recovery: 'retry', unsure: false });
  });

  it('stops when its caller does', async () => {
    const stop = new AbortController();
    const call = client().request({ method: 'GET', url: '/hang', signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toBeInstanceOf(RetryLater);
  });

  it('never reaches a private host, by literal, by name or by redirect', async () => {
    const closed = createHttpClient({ maxRedirects: 3, timeoutMs: 2_000 });
    clients.push(closed);
    for (const name of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '[::ffff:127.0.0.1]']) {
      await expect(closed.request({ method: 'GET', url: `http://${name}:${canaryPort}/` })).rejects.toBeInstanceOf(AddressRefused);
    }
    await expect(closed.request({ method: 'GET', url: 'http://localhost/' })).rejects.toBeInstanceOf(AddressRefused);
    await expect(client({ maxRedirects: 3 }).fetchBytes('/redirect-in')).rejects.toBeInstanceOf(AddressRefused);
    expect((await client().request({ method: 'GET', url: '/redirect-in' })).status).toBe(302);
    expect(canaryHits).toBe(0);
  });

  it('follows a harmless redirect when asked to', async () => {
    const answer = await client({ maxRedirects: 1 }).fetchBytes('/redirect-same');
    expect(answer).toMatchObject({ status: 200, url: `${base}/big-ids` });
    expect((await client({ maxRedirects: 0 }).fetchBytes('/redirect-same')).status).toBe(302);
  });

  it('sends JSON as it is and tells of the exchange without secrets', async () => {
    const told: Exchange[] = [];
    const known = new KnownSecrets();
    known.add('canary-key-1');
    const observed = client({ known, onExchange: (exchange) => told.push(exchange), headers: { 'Api-Key': 'canary-key-1' } });
    const { body } = await observed.request({ method: 'POST', url: '/echo', body: { sku: 'A', note: 'canary-key-1' } });
    expect(body).toEqual({ got: '{"sku":"A","note":"canary-key-1"}', key: 'canary-key-1' });
    const failure: unknown = await observed.request({ method: 'POST', url: '/cut', body: { note: 'canary-key-1' } }).catch((error: unknown) => error);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatchObject({ status: 200, requestBody: { sku: 'A' } });
    const everything = JSON.stringify(told) + JSON.stringify(failure) + (failure instanceof Error ? JSON.stringify(Object.entries(failure)) + String(failure.stack) : '');
    expect(everything).not.toContain('canary-key-1');
  });
});
