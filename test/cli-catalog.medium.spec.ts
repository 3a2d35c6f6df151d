import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientRequest, createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { loadConfig } from '#platform';
import { sayIn } from '../apps/hub/cli/cli-texts.js';
import { buildCommands } from '../apps/hub/cli/commands.js';
import { type DoorHub, openDoors } from './door-hub.js';

interface Ran {
  readonly text: string;
  readonly code: number;
}

let doors: DoorHub;
let folder: string;
let shop: Server;
let site = '';
/** What commands asked of the hub and were not refused: "GET /api/products/A-1". */
const asked = new Set<string>();
const listen = (message: unknown): void => {
  const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
  if (typeof request.path === 'string' && (response.statusCode ?? 500) < 400) asked.add(`${request.method} ${decodeURIComponent(request.path.split('?')[0] ?? '')}`);
};

beforeAll(async () => {
  shop = createServer((_request, response) => void response.end('sku;title\nW-1;Plaid\n'));
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  site = `127.0.0.1:${(shop.address() as AddressInfo).port}`;
  doors = await openDoors({ IMPORT_PRIVATE_HOSTS: site });
  folder = mkdtempSync(join(tmpdir(), 'cli-catalog-'));
  subscribe('http.client.response.finish', listen);
}, 60_000);
afterAll(async () => {
  unsubscribe('http.client.response.finish', listen);
  rmSync(folder, { recursive: true, force: true });
  await doors.close();
  await new Promise((resolve) => (shop.close(resolve), shop.closeAllConnections()));
});

async function etalon(...words: string[]): Promise<Ran> {
  const said: string[] = [];
  const files = new PassThrough();
  const streamed = textOf(files);
  let code = 0;
  const program = buildCommands({
    config: () => loadConfig({ env: { DATA_DIR: doors.dataDir } }),
    language: 'en',
    say: sayIn('en'),
    out: (line) => void said.push(line),
    files,
    backup: () => Promise.resolve({}),
    restore: () => Promise.resolve({}),
    end: (outcome) => (code = outcome),
  });
  await program.parseAsync(['node', 'etalon', ...words]);
  files.end();
  return { text: `${said.join('\n')}${await streamed}`, code };
}

async function json(...words: string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await etalon(...words, '--json')).text) as Record<string, unknown>;
}

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();

/** Pages stay open for events, the command line looks at the job; a single draft is approved like many. */
const SAID_OTHERWISE = ['GET /api/jobs/{id}/events', 'POST /api/products/{sku}/approve'];
const CATALOG = /^\/api\/(?:products|drafts|catalog|categories|templates|media|bulk|imports|exports|jobs)(?:\/|$)/;

describe('the catalog on the command line', () => {
  it('makes a product, tells one channel something of its own, and takes it back', async () => {
    await etalon('edit', 'M-1', 'title=Blue mug', 'category=Home / Mugs', 'price=450', 'stock.main=9', '--new');
    await etalon('edit', 'M-1', 'overrides.ozon.title=Mug for Ozon', 'overrides.ozon.attributes.Colour=blue');
    await etalon('edit', 'M-1', 'overrides.ozon.price=500');
    expect((await json('product', 'M-1'))['document']).toMatchObject({
      overrides: { ozon: { title: 'Mug for Ozon', attributes: { Colour: 'blue' }, price: { minor: 50_000, currency: 'RUB' } } },
    });
    expect((await etalon('product', 'M-1', '--channel', 'ozon')).text).toMatch(/Mug for Ozon/);
    await etalon('edit', 'M-1', 'overrides.ozon.title=', 'overrides.ozon.attributes.Colour=', 'overrides.ozon.price=');
    expect((await json('product', 'M-1'))['document']).toMatchObject({ overrides: {} });
    expect((await etalon('product', 'M-1', '--channel', 'ozon')).text).not.toMatch(/Ozon|blue$/m);
  });

  it('puts a picture from disk to a product, and a new main one in the place of the old', async () => {
    const [red, green] = [written('red.jpg', await picture('red')), written('green.jpg', await picture('green'))];
    const { items } = (await json('picture', red, '--product', 'M-1', '--role', 'main')) as { items: { digest: string }[] };
    await etalon('picture', green, '--product', 'M-1', '--role', 'main');
    const media = ((await json('product', 'M-1'))['document'] as { media: { digest: string; role?: string }[] }).media;
    expect(media).toEqual([{ digest: items[0]?.digest }, { digest: expect.any(String), role: 'main' }]);
    await expect(etalon('picture', written('note.jpg', 'no picture'))).rejects.toThrow(/JPEG/);
  });

  it('edits a batch, and of what is stale shows what stands and what was wanted', async () => {
    const { revision } = (await json('product', 'M-1')) as { revision: number };
    const items = [
      { sku: 'M-2', based_on: 0, patch: { title: 'Green mug', category: 'Home / Mugs' } },
      { sku: 'M-1', based_on: revision, patch: { title: 'Dark blue mug' } },
    ];
    expect((await etalon('batch', written('batch.json', JSON.stringify({ items })))).code).toBe(0);
    const late = await etalon('batch', written('late.json', JSON.stringify({ items: [{ sku: 'M-1', based_on: revision, patch: { title: 'Sky blue mug' } }] })));
    expect(late.code).toBe(1);
    expect(late.text).toMatch(/Blue mug.*Dark blue mug.*Sky blue mug/);
  });

  it('switches approval on; an edit waits, is approved or rejected, and approval goes off', async () => {
    expect((await etalon('approval')).text).toMatch(/at once/);
    await etalon('approval', 'on');
    expect((await etalon('approval')).text).toMatch(/wait for approval/);
    await etalon('edit', 'M-2', 'title=Emerald mug');
    expect((await etalon('drafts')).text).toMatch(/M-2/);
    await etalon('approve', 'M-2', '2');
    await etalon('edit', 'M-2', 'title=Never shown');
    await etalon('reject', 'M-2', '3');
    expect((await json('product', 'M-2'))['document']).toMatchObject({ title: 'Emerald mug' });
    await etalon('approval', 'off');
    expect(await json('approval')).toEqual({ edits_need_approval: false });
  });

  it('pages through a list by its cursor', async () => {
    const first = await json('products', '--limit', '1', '--category', 'Home');
    const second = await json('products', '--limit', '1', '--category', 'Home', '--cursor', String(first['next_cursor']));
    expect([first, second].map((page) => (page['items'] as { sku: string }[]).map(({ sku }) => sku))).toEqual([['M-1'], ['M-2']]);
    expect((await etalon('products', '--limit', '1')).text).toContain(String(first['next_cursor']));
    expect((await json('products', '--incomplete'))['items']).toEqual([]);
  });

  it('declares an attribute and takes the declaration back', async () => {
    await etalon('attribute', 'declare', 'Home', 'Colour', '--type', 'option', '--option', 'blue', 'green', '--dry-run');
    await etalon('attribute', 'declare', 'Home', 'Colour', '--type', 'option', '--option', 'blue', 'green');
    expect((await etalon('attribute', 'list', 'Home / Mugs')).text).toMatch(/Colour.*Home/);
    expect((await etalon('attribute', 'withdraw', 'Home', 'Colour')).code).toBe(0);
    expect((await etalon('attribute', 'withdraw', 'Home', 'Colour')).code).toBe(1);
    expect((await json('attribute', 'list', 'Home'))['items']).toEqual([]);
  });

  it('edits in bulk, tells what was refused, and undoes', async () => {
    const file = written('bulk.json', JSON.stringify({ filter: { category: 'Home' }, operations: [{ op: 'multiply-price', fields: ['price'], factor: '2' }] }));
    expect((await etalon('bulk', file)).text).toMatch(/450|900/);
    const job = await json('bulk', file, '--yes');
    expect(job).toMatchObject({ counts: { changed: 1, refused: 1 } });
    const refusals = await etalon('bulk-refusals', String(job['id']));
    expect([refusals.code, refusals.text]).toEqual([1, expect.stringMatching(/^M-2 .*price/i)]);
    await etalon('bulk-undo', String(job['id']));
    expect((await json('product', 'M-1'))['document']).toMatchObject({ price: { minor: 45_000 } });
  });

  it('imports with columns as a person says, rehearses, and answers reports', async () => {
    const table = written('goods.csv', 'code;name\nM-3;Yellow mug\nM-4;\n');
    expect((await etalon('columns', table)).text).toMatch(/code/);
    const tried = await json('import', table, '--dry-run', '--columns', 'sku', 'title');
    expect((await etalon('import-report', String(tried['id']), '--changes')).text).toMatch(/Yellow mug/);
    const taken = await json('import', table);
    expect(taken).toMatchObject({ rows: 2, created: 1, failed: 1 });
    expect((await etalon('import-report', String(taken['id']))).text).toMatch(/M-4/);
    expect((await etalon('imports')).text).toMatch(/goods\.csv.*1 created/);
    expect((await etalon('import-template')).text).toMatch(/^PK/);
  });

  it('reads the rest: tree, gaps, history, comparison, templates, exports, jobs', async () => {
    expect((await etalon('categories')).text).toMatch(/Home.*\n {2}Mugs +2/);
    expect((await etalon('gaps')).text).toMatch(/ready/);
    expect((await etalon('conflicts')).code).toBe(0);
    expect((await etalon('completeness', 'M-1')).code).toBe(0);
    expect((await etalon('history', 'M-1', '--before', '2')).text.split('\n')).toHaveLength(1);
    expect((await etalon('compare', 'M-1', '1')).text).toMatch(/Dark blue mug/);
    await etalon('restore-product', 'M-1', '1', '--field', 'title');
    await etalon('text-template', 'set', 'ozon', 'title', '{title}!');
    expect((await etalon('text-template', 'list')).text).toMatch(/\{title\}!/);
    await etalon('text-template', 'remove', 'ozon', 'title');
    expect((await etalon('export', '--format', 'csv', '--sku-prefix', 'M-')).text).toMatch(/"M-1"[\s\S]*"M-3"/);
    expect((await etalon('changes', '2020-01-01T00:00:00Z')).text).toMatch(/Emerald mug/);
    expect((await etalon('jobs')).text).toMatch(/import|edit/);
  });

  it('names by category what keeps goods from being sold, in words', async () => {
    await doors.pool.query(`INSERT INTO channel_account (id, channel, title, credentials) VALUES (91, 'ozon', 'Cabinet', 'x')`);
    await doors.pool.query(
      `INSERT INTO listing (account_id, product_id, key, planned_revision, planned_rules) SELECT 91, id, sku, revision, 1001 FROM product WHERE sku IN ('M-1', 'M-2', 'M-3')`,
    );
    await doors.pool.query(
      `INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics)
       SELECT id, planned_revision, 1, 1, '{}', CASE key WHEN 'M-1' THEN '[]' ELSE
         '[{"severity":"error","path":"offer_id","code":"ozon.article-too-long","params":{"limit":50}},{"severity":"warning","path":"title","code":"ozon.title-cut","params":{"limit":200}}]' END::jsonb
       FROM listing WHERE account_id = 91`,
    );
    const { items } = (await json('gaps')) as { items: { category: string; products: number; incomplete: number; errors: unknown[] }[] };
    expect(items.find(({ category }) => category === 'Home / Mugs')).toMatchObject({
      products: 2,
      incomplete: 1,
      errors: [{ code: 'ozon.article-too-long', path: 'offer_id', products: 1, params: { limit: 50 }, text: expect.stringMatching(/longer than 50 characters/) }],
    });
    expect((await etalon('gaps')).text).toMatch(/Home \/ Mugs.* 1 of 2[\s\S]*longer than 50 characters/);
    await doors.pool.query('DELETE FROM listing WHERE account_id = 91');
    await doors.pool.query('DELETE FROM channel_account WHERE id = 91');
  });

  it('ends a held import or goes on with it', async () => {
    const plates = (count: number): string => `sku;title\n${Array.from({ length: count }, (_, at) => `N-${at};Plate ${at}\n`).join('')}`;
    await etalon('import', written('plates.csv', plates(24)));
    const less = async () => json('import', written('plates.csv', plates(2)));
    const first = await less();
    expect(first).toMatchObject({ state: 'held' });
    await etalon('job-cancel', String(first['id']));
    while (!['cancelled', 'done'].includes(String((await json('job', String(first['id'])))['state']))) await pause(50);
    expect((await etalon('job', String(first['id']))).text).toMatch(/cancelled/);
    const second = await less();
    expect((await etalon('job', String(second['id']))).text).toMatch(/import/);
    expect(await json('import-accept', String(second['id']))).toMatchObject({ state: 'done', rows: 2, unchanged: 2 });
  });

  it('imports what lies at an address', async () => {
    expect(await json('import', `http://${site}/plates.csv`)).toMatchObject({ rows: 1, created: 1 });
  });

  it('has a way for every route of the catalog that the API describes', async () => {
    const { paths } = JSON.parse(JSON.stringify((await doors.call('/api/openapi.json', { token: false })).body)) as { paths: Record<string, object> };
    const routes = Object.entries(paths)
      .filter(([path]) => CATALOG.test(path))
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .filter((route) => !SAID_OTHERWISE.includes(route));
    expect(routes.length).toBeGreaterThan(40);
    const reached = (route: string): boolean => {
      const form = new RegExp(`^${route.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      return [...asked].some((one) => form.test(one));
    };
    expect(routes.filter((route) => !reached(route))).toEqual([]);
  });
});
