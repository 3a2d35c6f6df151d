import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { type DoorHub, openDoors } from './door-hub.js';

const MIB = 1024 * 1024;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';

let doors: DoorHub;
let shop: Server;
let host = '';
/** Takes connections and hangs up. */
let gone: Server;
let goneHost = '';
let goneAsked = 0;
let insideHits = 0;
let sent = 0;
const bodies: Record<string, Buffer | string> = {};
/** Answers that a test gives itself. */
const waiting: ServerResponse[] = [];

const picture = (background: string) =>
  sharp({ create: { width: 64, height: 48, channels: 3, background } })
    .jpeg()
    .toBuffer();

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  const red = await picture('#c22');
  Object.assign(bodies, {
    '/red.jpg': red,
    '/copy-of-red.jpg': red,
    '/page.jpg': '<!doctype html><title>Нет такой страницы</title>',
    '/drawing.svg': SVG,
    '/drawing.jpg': SVG,
    '/polyglot.jpg': Buffer.concat([red, Buffer.from('<script>alert(1)</script>')]),
    '/cut.jpg': red.subarray(0, red.length - 200),
    '/head.jpg': Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
  });
  shop = createServer(({ url = '' }, response) => {
    const [path = '', target] = url.split('?to=');
    const body = bodies[path];
    if (path === '/inside') insideHits++;
    if (body !== undefined) response.writeHead(200, { 'content-type': 'image/jpeg' }).end(body);
    else if (target !== undefined) response.writeHead(302, { location: new URL(decodeURIComponent(target)).href }).end();
    else if (path === '/endless.jpg') {
      const more = (): void => {
        while (!response.destroyed && sent < 200 * MIB) {
          sent += MIB;
          if (!response.write(Buffer.alloc(MIB))) return void response.once('drain', more);
        }
        response.end();
      };
      response.writeHead(200, { 'content-type': 'image/jpeg' });
      more();
    } else if (path === '/held-back.jpg' || path === '/slow.jpg') waiting.push(response);
    else if (path === '/bomb.jpg') response.writeHead(200, { 'content-type': 'image/jpeg', 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100 * MIB)));
    else response.writeHead(404).end();
  });
  host = await listen(shop);
  gone = createServer(({ socket }) => {
    goneAsked++;
    socket.destroy();
  });
  goneHost = await listen(gone);
  doors = await openDoors({ IMPORT_PRIVATE_HOSTS: `${host},${goneHost}` });
}, 60_000);

afterAll(async () => {
  await doors?.close();
  for (const server of [shop, gone]) await new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
});

interface Job {
  readonly id: string;
  readonly state: string;
  readonly counts: Record<string, number>;
}

async function imported(name: string, text: string): Promise<Job> {
  const { body } = await doors.call(`/api/imports?name=${name}`, { method: 'POST', raw: text, headers: { 'content-type': 'application/octet-stream' } });
  return ended(String(body['id']));
}

async function ended(id: string): Promise<Job> {
  for (;;) {
    const { rows } = await doors.pool.query<Job>('SELECT id, state, counts FROM catalog_job WHERE id = $1', [id]);
    if (rows[0] && !['queued', 'running'].includes(rows[0].state)) return rows[0];
    await pause(20);
  }
}

async function picturesOf(importJob: string): Promise<Job> {
  const { rows } = await doors.pool.query<{ id: string }>(`SELECT id FROM catalog_job WHERE kind = 'pictures' AND request ->> 'import' = $1`, [importJob]);
  return ended(rows[0]?.id ?? '');
}

const media = async (sku: string) => ((await doors.call(`/api/products/${encodeURIComponent(sku)}`)).body as { document?: { media: { digest: string }[] } }).document?.media;

describe('addresses of pictures that lead inside', () => {
  const inside = [
    'http://localhost/x.jpg',
    'http://localhost:8080/x.jpg',
    'http://2130706433/x.jpg',
    'http://0x7f000001/x.jpg',
    'http://0177.0.0.1/x.jpg',
    'http://127.1/x.jpg',
    'http://127.0.0.1./x.jpg',
    'http://127。0。0。1/x.jpg',
    'http://0.0.0.0/x.jpg',
    'http://[::]/x.jpg',
    'http://[::1]/x.jpg',
    'http://[::ffff:127.0.0.1]/x.jpg',
    'http://[::ffff:7f00:1]/x.jpg',
    'http://[::127.0.0.1]/x.jpg',
    'http://[64:ff9b::7f00:1]/x.jpg',
    'http://[2002:7f00:1::]/x.jpg',
    'http://[fe80::1]/x.jpg',
    'http://[fd00::1]/x.jpg',
    'http://10.0.0.1/x.jpg',
    'http://100.64.0.1/x.jpg',
    'http://169.254.169.254/x.jpg',
    'http://198.18.0.1/x.jpg',
    'http://user:word@example.com/x.jpg',
    'http://example.com:22/x.jpg',
    'http://192.168.0.1:443/x.jpg',
  ];

  it('are refused by name, in every spelling, straight and by redirect; the goods come all the same', async () => {
    const straight = inside.map((address, i) => `S-${i};Товар;${address}`);
    const redirected = inside.map((address, i) => `R-${i};Товар;http://${host}/away?to=${encodeURIComponent(address)}`);
    const job = await imported('inside.csv', ['Артикул;Название;Фото', ...straight, ...redirected].join('\n'));
    expect(job.counts).toMatchObject({ rows: inside.length * 2, created: inside.length * 2, failed: 0 });
    const pictures = await picturesOf(job.id);
    expect(pictures).toMatchObject({ state: 'done', counts: { pictures: 0, failed: inside.length * 2 } });
    const { rows } = await doors.pool.query<{ place: string; code: string; value: string }>(
      'SELECT place, code, value FROM import_row_result WHERE job_id = $1 ORDER BY "row", position',
      [pictures.id],
    );
    expect(rows.filter(({ code }) => !['address-private', 'address-leads-inside', 'address-user-info', 'address-port'].includes(code))).toEqual([]);
    expect(rows).toHaveLength(inside.length * 2);
    expect(insideHits).toBe(0);
  }, 60_000);
});

describe('a host that answers nothing', () => {
  it('is asked a few times, not once for each of its pictures, and the pictures of other hosts come', async () => {
    const dead = Array.from({ length: 400 }, (_, i) => `GONE-${i};Товар;http://${goneHost}/${i}.jpg`);
    const job = await imported('gone.csv', ['Артикул;Название;Фото', ...dead, `ALIVE;Товар;http://${host}/red.jpg`].join('\n'));
    const pictures = await picturesOf(job.id);
    expect(pictures).toMatchObject({ state: 'done', counts: { pictures: 1, failed: 400 } });
    expect(await media('ALIVE')).toHaveLength(1);
    expect(goneAsked).toBeLessThan(50);
    const { rows } = await doors.pool.query<{ code: string; n: number }>(
      'SELECT code, count(*)::integer AS n FROM import_row_result WHERE job_id = $1 GROUP BY code ORDER BY code',
      [pictures.id],
    );
    expect(rows.map(({ code }) => code)).toEqual(['picture-fetch', 'picture-host-silent']);
    expect(rows.find(({ code }) => code === 'picture-host-silent')?.n).toBeGreaterThan(350);
  }, 60_000);
});

describe('what lies at the address of a picture', () => {
  it('is taken by its content, once for each content, and no more of it than a picture may weigh', async () => {
    const of = (...names: string[]): string => names.map((name) => `http://${host}/${name}`).join(', ');
    const rows = [
      `GOOD;Товар;"${of('red.jpg', 'copy-of-red.jpg')}"`,
      ...['page.jpg', 'drawing.svg', 'drawing.jpg', 'polyglot.jpg', 'cut.jpg', 'head.jpg', 'endless.jpg', 'bomb.jpg'].map((name) => `${name};Товар;${of(name)}`),
    ];
    const job = await imported('content.csv', ['Артикул;Название;Фото', ...rows].join('\n'));
    const pictures = await picturesOf(job.id);
    const { rows: notes } = await doors.pool.query<{ code: string; value: string }>('SELECT code, value FROM import_row_result WHERE job_id = $1', [pictures.id]);
    const codes = Object.fromEntries(notes.map(({ code, value }) => [value.replaceAll('"', '').replace(`http://${host}/`, ''), code]));
    expect(codes).toEqual({
      'page.jpg': 'picture-kind',
      'drawing.svg': 'picture-kind',
      'drawing.jpg': 'picture-kind',
      'cut.jpg': 'picture-damaged',
      'head.jpg': 'picture-damaged',
      'endless.jpg': 'picture-bytes',
      'bomb.jpg': 'picture-bytes',
    });
    expect(await media('GOOD')).toHaveLength(1);
    expect(sent).toBeLessThan(60 * MIB);
  }, 60_000);

  it('is shown as the picture it was taken for, whatever else its bytes may say', async () => {
    const digest = (await media('polyglot.jpg'))?.[0]?.digest ?? '';
    const { status, headers } = await doors.call(`/media/${digest}.jpg`, { token: false });
    expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([200, 'image/jpeg', 'nosniff']);
  });
});

describe('pictures that did not come', () => {
  const file = (sku: string, path: string): string => `Артикул;Название;Фото\n${sku};Товар;http://${host}/${path}\n`;

  it('come when the same file is imported again', async () => {
    const text = file('LATE', 'late.jpg');
    const first = await imported('late.csv', text);
    expect((await picturesOf(first.id)).counts).toMatchObject({ pictures: 0, failed: 1 });
    expect(await media('LATE')).toEqual([]);
    bodies['/late.jpg'] = await picture('#2c2');
    const second = await imported('late.csv', text);
    expect(second.counts).toMatchObject({ rows: 1, unchanged: 1 });
    expect((await picturesOf(second.id)).counts).toMatchObject({ pictures: 1, failed: 0, products: 1 });
    expect(await media('LATE')).toHaveLength(1);
  }, 60_000);

  it('because fetching them was cancelled come with the same file too', async () => {
    const text = file('STOPPED', 'held-back.jpg');
    const first = await imported('stopped.csv', text);
    while (waiting.length === 0) await pause(20);
    const { rows } = await doors.pool.query<{ id: string }>(`SELECT id FROM catalog_job WHERE kind = 'pictures' AND request ->> 'import' = $1`, [first.id]);
    await doors.call(`/api/jobs/${rows[0]?.id ?? ''}/cancel`, { method: 'POST' });
    expect((await ended(rows[0]?.id ?? '')).state).toBe('cancelled');
    for (const response of waiting.splice(0)) response.destroy();
    bodies['/held-back.jpg'] = await picture('#cc2');
    expect((await picturesOf((await imported('stopped.csv', text)).id)).counts).toMatchObject({ pictures: 1, products: 1 });
    expect(await media('STOPPED')).toHaveLength(1);
  }, 60_000);

  it('before a person chose others do not replace those, and that is said', async () => {
    const [chosen] = (await media('GOOD')) ?? [];
    const job = await imported('overtaken.csv', file('CHOSEN', 'slow.jpg'));
    while (waiting.length === 0) await pause(20);
    const patched = await doors.call('/api/products/CHOSEN', { method: 'PATCH', body: { media: [chosen] }, headers: { 'if-match': '"1"' } });
    expect(patched.status).toBe(200);
    const slow = await picture('#c2c');
    for (const response of waiting.splice(0)) response.end(slow);
    const pictures = await picturesOf(job.id);
    expect(pictures.counts).toMatchObject({ pictures: 1, products: 0 });
    expect(await media('CHOSEN')).toEqual([chosen]);
    const { rows } = await doors.pool.query('SELECT place, code FROM import_row_result WHERE job_id = $1', [pictures.id]);
    expect(rows).toEqual([{ place: '2', code: 'changed-meanwhile' }]);
  }, 60_000);
});
