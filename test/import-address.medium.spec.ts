import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainFault, LANGUAGES } from '#catalog';
import { ADDRESS_REASONS, createHttpClient } from '#platform';
import { type DoorHub, openDoors } from './door-hub.js';

const GOODS = 'Артикул;Название;Цена\nW-1;Плед;990\nW-2;Подушка;1490\n';

let shop: Server;
let inside: Server;
let shopHost = '';
let insidePort = 0;
let insideHits = 0;
let doors: DoorHub;

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  inside = createServer((_request, response) => {
    insideHits++;
    response.end(GOODS);
  });
  insidePort = await listen(inside);
  const redirects: Record<string, string> = {
    '/moved.csv': '/goods.csv',
    '/inside.csv': `http://127.0.0.1:${insidePort}/secret.csv`,
    '/by-name.csv': 'http://localhost/secret.csv',
    '/to-a-file': 'file:///etc/passwd',
    '/round': '/round',
  };
  shop = createServer(({ url = '' }, response) => {
    const location = redirects[url];
    if (location !== undefined) response.writeHead(302, { location }).end();
    else if (url === '/goods.csv') response.end(GOODS);
    else if (url === '/empty.csv') response.end();
    else response.writeHead(404).end('nothing here');
  });
  shopHost = `127.0.0.1:${await listen(shop)}`;
  doors = await openDoors({ IMPORT_PRIVATE_HOSTS: shopHost });
}, 60_000);

afterAll(async () => {
  await doors.close();
  for (const server of [shop, inside]) await new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
});

const importFrom = (url: string, language = 'ru') => doors.call('/api/imports/address', { method: 'POST', body: { url }, headers: { 'accept-language': language } });

describe('an import from an address', () => {
  it.each(['/goods.csv', '/moved.csv'])('takes the file that lies at %s of an allowed host', async (path) => {
    const { status, body } = await importFrom(`http://${shopHost}${path}`);
    expect(status).toBe(202);
    let job = body;
    while (['queued', 'running'].includes(String(job['state']))) {
      await pause(20);
      job = (await doors.call(`/api/imports/${String(body['id'])}`)).body;
    }
    expect(job).toMatchObject({ state: 'done', rows: 2, failed: 0, name: expect.stringContaining(path.slice(1)) });
    expect((await doors.call('/api/products/W-2')).body).toMatchObject({ document: { title: 'Подушка', price: { minor: 149_000, currency: 'RUB' } } });
  });

  it.each([
    ['/inside.csv', 'file-address-refused', 'address-port'],
    ['/by-name.csv', 'file-address-refused', 'address-leads-inside'],
    ['/to-a-file', 'file-address-refused', 'address-scheme'],
    ['/round', 'address-unreadable', 'address-status'],
    ['/gone.csv', 'address-unreadable', 'address-status'],
    ['/empty.csv', 'address-unreadable', 'address-empty'],
  ])('refuses %s by its cause', async (path, code, cause) => {
    expect((await importFrom(`http://${shopHost}${path}`)).body).toMatchObject({ status: 422, code, errors: [{ field: 'url', value: `http://${shopHost}${path}`, code: cause }] });
    expect(insideHits).toBe(0);
  });

  it('says why in the language of the reader', async () => {
    const address = `http://127.0.0.1:${insidePort}/x.csv`;
    const [ru, en, zh] = await Promise.all(LANGUAGES.map(async (language) => (await importFrom(address, language)).body));
    expect(ru).toMatchObject({
      title: 'Файлы с этого адреса не загружаются',
      detail: `Порт ${insidePort} узла 127.0.0.1 — не веб-порт.`,
      remedy: expect.stringMatching(/[а-я].*IMPORT_PRIVATE_HOSTS\.$/),
    });
    expect(en).toMatchObject({ detail: `Port ${insidePort} of 127.0.0.1 is not a web port.` });
    expect(zh).toMatchObject({ detail: expect.stringMatching(/\p{Script=Han}/u), remedy: expect.stringMatching(/\p{Script=Han}/u) });
    expect((await importFrom('http://10.0.0.7/feed.xml')).body).toMatchObject({ detail: '10.0.0.7 — не общедоступный адрес.', errors: [{ code: 'address-private' }] });
  });

  it('has a text for every reason not to go to an address', () => {
    for (const code of ADDRESS_REASONS) for (const language of LANGUAGES) expect(explainFault({ code }, language).reason).not.toBe('');
  });
});

describe('a name that is looked up', () => {
  it.each([
    ['an address of this machine', ['127.0.0.1']],
    ['a private address among public ones', ['93.184.216.34', '192.168.0.7']],
  ])('is not gone to when it leads to %s', async (_, addresses) => {
    const client = createHttpClient({
      resolve: (_host, _options, callback) =>
        callback(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        ),
    });
    await expect(client.fetchBytes(`http://feeds.example:8080/x`)).rejects.toMatchObject({ reason: 'address-leads-inside', params: { host: 'feeds.example' } });
    client.close();
    expect(insideHits).toBe(0);
  });
});
