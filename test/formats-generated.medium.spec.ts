import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import iconv from 'iconv-lite';
import sharp from 'sharp';
import { ImportKind, JobRunner, MediaStore, PictureFetcher, PictureJob, PictureWishes, type ProductDocument } from '#catalog';
import { accounted, ImportWorld } from './import-world.js';

let world: ImportWorld;
let runner: JobRunner;
let fetcher: PictureFetcher;
let server: Server;
let base: string;
let red: Buffer;
let blue: Buffer;
const asked: { url: string; etag: string | undefined }[] = [];

beforeAll(async () => {
  world = await ImportWorld.open();
  await world.stop();
  [red, blue] = (await Promise.all(
    ['#c22', '#22c'].map((background) =>
      sharp({ create: { width: 64, height: 48, channels: 3, background } })
        .jpeg()
        .toBuffer(),
    ),
  )) as [Buffer, Buffer];
  server = createServer((request, response) => {
    const url = request.url ?? '';
    asked.push({ url, etag: request.headers['if-none-match'] });
    if (url === '/moved.jpg') response.writeHead(302, { location: '/red.jpg' }).end();
    else if (url === '/inside.jpg') response.writeHead(302, { location: 'http://127.0.0.1:9/secret.jpg' }).end();
    else if (url === '/text.jpg') response.writeHead(200, { 'content-type': 'image/jpeg' }).end('no picture');
    else if (url === '/huge.jpg') response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': 30 * 1024 * 1024 }).end();
    else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else if (url === '/red.jpg' || url === '/blue.jpg') response.writeHead(200, { etag: '"1"' }).end(url === '/red.jpg' ? red : blue);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  base = `http://${host}`;
  const media = new MediaStore(world.pool, join(world.folder, 'media'));
  fetcher = new PictureFetcher(media, { allowPrivate: [host], timeoutMs: 5_000 });
  const kinds = [new ImportKind({ pool: world.pool, pathOf: ({ path }) => path, pictures: new PictureWishes(media) }), new PictureJob(world.pool, fetcher)];
  runner = new JobRunner({ pool: world.pool, kinds: kinds as ConstructorParameters<typeof JobRunner>[0]['kinds'] });
  runner.start();
}, 60_000);

afterAll(async () => {
  await runner?.stop();
  fetcher?.close();
  server?.close();
  await world?.close();
});

beforeEach(() => void asked.splice(0));

async function document(sku: string): Promise<ProductDocument | undefined> {
  return (await world.products.read.get(sku))?.document;
}

async function picturesDone(): Promise<void> {
  for (;;) {
    const { rows } = await world.pool.query<{ n: number }>(`SELECT count(*)::integer AS n FROM catalog_job WHERE kind = 'pictures' AND state IN ('queued', 'running')`);
    if (rows[0]?.n === 0) return;
    await pause(20);
  }
}

async function zip(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const archive = new ZipArchive({ zlib: { level: 9 } });
  const parts: Buffer[] = [];
  archive.on('data', (chunk: Buffer) => parts.push(chunk));
  for (const [path, content] of Object.entries(files)) archive.append(content, { name: path });
  await archive.finalize();
  return world.file(name, Buffer.concat(parts));
}

async function folder(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(world.folder, name, path)), { recursive: true });
    await writeFile(join(world.folder, name, path), content);
  }
  return join(world.folder, name);
}

const onec = (body: string, schema = '2.07'): string =>
  `\ufeff<?xml version="1.0" encoding="UTF-8"?><КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="${schema}" ДатаФормирования="2026-11-01T10:00:00">${body}</КоммерческаяИнформация>`;

const CLASSIFIER = `<Классификатор><Ид>c</Ид><Наименование>К</Наименование>
  <Группы><Группа><Ид>g1</Ид><Наименование>Обувь</Наименование><Группы><Группа><Ид>g2</Ид><Наименование>Ботинки / сапоги</Наименование></Группа></Группы></Группа></Группы>
  <Свойства>
    <Свойство><Ид>p1</Ид><Наименование>Материал</Наименование><ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений><Справочник><ИдЗначения>v1</ИдЗначения><Значение>Кожа</Значение></Справочник></ВариантыЗначений></Свойство>
    <Свойство><Ид>p2</Ид><Наименование>Высота каблука</Наименование><ТипЗначений>Число</ТипЗначений></Свойство>
  </Свойства></Классификатор>`;

const item = (id: string, inner: string): string => `<Товар><Ид>${id}</Ид>${inner}</Товар>`;
const GOODS = `<Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>
  ${item(
    'boot',
    `<Артикул>Б- 1</Артикул><Наименование>Ботинки</Наименование><Группы><Ид>g2</Ид></Группы><Описание>Тёплые</Описание><Картинка>import_files/b/boot.jpg</Картинка>
    <ЗначенияСвойств><ЗначенияСвойства><Ид>p1</Ид><Значение>v1</Значение></ЗначенияСвойства><ЗначенияСвойства><Ид>p2</Ид><Значение>1,4</Значение></ЗначенияСвойства></ЗначенияСвойств>
    <СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>Без налога</Ставка></СтавкаНалога></СтавкиНалогов>
    <ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Вес</Наименование><Значение>1.25</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>`,
  )}
  ${item('lace', `<Штрихкод>4006381333931</Штрихкод><Артикул>Ш-1</Артикул><Наименование>Шнурки</Наименование><Группы><Ид>00000000-0000-0000-0000-000000000000</Ид></Группы>`)}
  ${item('wax', `<Артикул>Ш-1</Артикул><Наименование>Воск</Наименование><Штрихкод>4006381333930</Штрихкод><ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>Код</Наименование><Значение>К-7</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>`)}
  ${item('fit', `<Артикул>У</Артикул><Наименование>Примерка</Наименование><ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>ТипНоменклатуры</Наименование><Значение>Услуга</Значение></ЗначениеРеквизита></ЗначенияРеквизитов>`)}
  </Товары></Каталог>`;

const variant = (id: string, size: string, price: string, pieces: string): string =>
  `<Предложение><Ид>boot#${id}</Ид><Артикул>Б- 1</Артикул><Наименование>Ботинки (${size})</Наименование><ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>${size}</Значение></ХарактеристикаТовара><ХарактеристикаТовара><Наименование>Коробка</Наименование><Значение>30</Значение></ХарактеристикаТовара></ХарактеристикиТовара>
   <Цены><Цена><ИдТипаЦены>opt</ИдТипаЦены><ЦенаЗаЕдиницу>1</ЦенаЗаЕдиницу><Валюта>руб</Валюта></Цена><Цена><ИдТипаЦены>ret</ИдТипаЦены><ЦенаЗаЕдиницу>${price}</ЦенаЗаЕдиницу><Валюта>руб</Валюта><Коэффициент>1</Коэффициент></Цена></Цены>
   <Количество>${pieces}</Количество><Склад ИдСклада="w1" КоличествоНаСкладе="${pieces}"/></Предложение>`;
const OFFERS = `<ПакетПредложений СодержитТолькоИзменения="false"><Ид>k#</Ид><ТипыЦен><ТипЦены><Ид>opt</Ид><Наименование>Оптовая</Наименование><Валюта>руб</Валюта></ТипЦены><ТипЦены><Ид>ret</Ид><Наименование>Розничная</Наименование><Валюта>руб</Валюта></ТипЦены></ТипыЦен>
  <Склады><Склад><Ид>w1</Ид><Наименование>Центр</Наименование></Склад><Склад><Ид>w2</Ид><Наименование>Север</Наименование></Склад></Склады>
  <Предложения>${variant('s38', '38', '4 990.50', '12.000')}${variant('s39', '39', '5000', '-2')}</Предложения></ПакетПредложений>`;

describe('an exchange with 1C', () => {
  it('in a zip makes products of goods, variants, prices, stock and pictures, in any order of files, and nothing the second time', async () => {
    const file = await zip('v8_exchange.zip', {
      'webdata\\a_offers.xml': onec(OFFERS),
      'webdata\\import.xml': onec(CLASSIFIER + GOODS),
      'webdata\\import_files\\b\\boot.jpg': red,
    });
    const first = await world.import(file);
    expect(first).toMatchObject({ state: 'done', counts: { rows: 6, created: 4, skipped: 2, failed: 0 } });
    expect(first.notes.map(({ code }) => code).sort()).toEqual(['barcode-check-digit', 'onec-model', 'onec-price-type', 'onec-service']);
    const boot = await document('Б- 1-38');
    expect(boot).toMatchObject({
      title: 'Ботинки (38)',
      description: 'Тёплые',
      category: 'Обувь / Ботинки/сапоги',
      vat: 0,
      weight: 1250,
      attributes: { Материал: 'Кожа', 'Высота каблука': { value: 1.4 }, Размер: '38', Коробка: '30' },
      price: { minor: 499_050, currency: 'RUB' },
      stock: { w1: 12, w2: 0 },
      model: { code: 'boot', axes: ['Размер'], title: 'Ботинки' },
      externalIds: { '1c': 'boot#s38' },
    });
    expect(boot?.media).toHaveLength(1);
    expect((await document('Б- 1-39'))?.stock).toEqual({ w1: 0, w2: 0 });
    // One article for two goods is no key: the code stands in, else the id.
    expect([await document('lace'), await document('К-7')].map((one) => one?.title)).toEqual(['Шнурки', 'Воск']);
    const before = await world.written();
    expect((await world.import(file)).counts).toMatchObject({ rows: 6, unchanged: 4, skipped: 2 });
    expect(await world.written()).toBe(before);
  });

  it('tells prices and stock alone in files of 3.1, which rename and archive nothing', async () => {
    const rests = onec(
      `<ПакетПредложений СодержитТолькоИзменения="true"><Предложения><Предложение><Ид>boot#s38</Ид><Остатки><Остаток><Склад><Ид>w1</Ид><Количество>3</Количество></Склад></Остаток></Остатки></Предложение></Предложения></ПакетПредложений>`,
      '3.1',
    );
    const prices = onec(
      `<ПакетПредложений СодержитТолькоИзменения="true"><Предложения><Предложение><Ид>boot#s38</Ид><Наименование>Другое имя</Наименование><Цены><Цена><ИдТипаЦены>ret</ИдТипаЦены><ЦенаЗаЕдиницу>100</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена></Цены></Предложение>
      <Предложение><Ид>nobody</Ид><Цены><Цена><ИдТипаЦены>ret</ИдТипаЦены><ЦенаЗаЕдиницу>1</ЦенаЗаЕдиницу></Цена></Цены></Предложение></Предложения></ПакетПредложений>`,
      '3.1',
    );
    const result = await world.import(await folder('part', { 'rests_1_1.xml': rests, 'prices_1_1.xml': prices }));
    expect(result).toMatchObject({ state: 'done', counts: { rows: 2, updated: 1, skipped: 1 } });
    expect(result.notes.map(({ code }) => code)).toEqual(['onec-unknown']);
    expect(await document('Б- 1-38')).toMatchObject({ title: 'Ботинки (38)', price: { minor: 10_000 }, stock: { w1: 3, w2: 0 } });
    expect((await document('lace'))?.archived).toBe(false);
  });

  it('archives what 1C marks as deleted, and only that', async () => {
    const marked = onec(
      `<Каталог СодержитТолькоИзменения="true"><Товары><Товар Статус="Удален"><Ид>lace</Ид><Наименование>Шнурки</Наименование></Товар>${item('ghost', '<ПометкаУдаления>true</ПометкаУдаления><Наименование>Призрак</Наименование>')}</Товары></Каталог>`,
    );
    expect((await world.import(await world.file('deleted.xml', marked))).counts).toMatchObject({ rows: 2, updated: 1, skipped: 1 });
    expect([(await document('lace'))?.archived, (await document('К-7'))?.archived, await document('ghost')]).toEqual([true, false, undefined]);
  });

  it('in windows-1251 is read as it declares itself', async () => {
    const text = onec(`<Каталог СодержитТолькоИзменения="true"><Товары>${item('old', '<Артикул>С-1</Артикул><Наименование>Ёлка «Старая»</Наименование>')}</Товары></Каталог>`)
      .replace('\ufeff', '')
      .replace('UTF-8', 'windows-1251');
    expect((await world.import(await world.file('old.xml', iconv.encode(text, 'windows-1251')))).counts).toMatchObject({ rows: 1, created: 1 });
    expect((await document('С-1'))?.title).toBe('Ёлка «Старая»');
  });

  it.each<[what: string, make: () => Promise<string>, code: string]>([
    ['a path out of the archive', () => hostileZip('slip.zip', 'aa/evil.xml', '../evil.xml'), 'set-path'],
    ['a file that unpacks without end', () => zip('bomb.zip', { 'import.xml': Buffer.alloc(40 * 1024 * 1024, 0x20) }), 'set-too-big'],
    ['an archive cut short', async () => world.file('cut.zip', (await hostileBytes('x.xml')).subarray(0, 60)), 'set-archive'],
    ['entities', () => world.file('bomb.xml', '<!DOCTYPE КоммерческаяИнформация [<!ENTITY a "aa">]><КоммерческаяИнформация>&a;</КоммерческаяИнформация>'), 'xml-entities'],
  ])('is refused with %s', async (_, make, code) => {
    const before = await world.written();
    const { notes, counts } = await world.import(await make());
    expect(notes.map((note) => note.code)).toEqual([code]);
    expect(counts.created ?? 0).toBe(0);
    expect(await world.written()).toBe(before);
  });

  async function hostileBytes(name: string): Promise<Buffer> {
    const archive = new ZipArchive({ zlib: { level: 9 } });
    const parts: Buffer[] = [];
    archive.on('data', (chunk: Buffer) => parts.push(chunk));
    archive.append(onec(GOODS), { name });
    await archive.finalize();
    return Buffer.concat(parts);
  }

  /** Archivers clean names; the bytes of an attacker do not. */
  async function hostileZip(file: string, name: string, evil: string): Promise<string> {
    expect(name.length).toBe(evil.length);
    const bytes = await hostileBytes(name);
    return world.file(file, Buffer.from(bytes.toString('latin1').replaceAll(name, evil), 'latin1'));
  }
});

describe('a YML feed', () => {
  const feed = (offers: string): string => `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE yml_catalog SYSTEM "shops.dtd"><yml_catalog date="2026-11-01"><shop><name>М</name>
    <currencies><currency id="RUR" rate="1"/></currencies><categories><category id="1">Свет</category><category id="2" parentId="1">Лампы</category></categories><offers>${offers}</offers></shop></yml_catalog>`;
  const lamp = (id: string, inner: string, attributes = ''): string =>
    `<offer id="${id}" ${attributes}><name>Лампа ${id}</name><price>1290.50</price><currencyId>RUR</currencyId><categoryId>2</categoryId>${inner}</offer>`;

  it('brings products with pictures from their addresses; a bad picture is a note and not a failed row', async () => {
    const offers =
      lamp(
        'L 1',
        `<picture>${base}/red.jpg</picture><picture>${base}/blue.jpg</picture><param name="Мощность" unit="Вт">9</param><param name="Цоколь">E14</param><param name="Цоколь">E27</param><dimensions>20.1/20.551/22.5</dimensions><weight>0.125</weight><barcode>5901234123457</barcode><delivery>true</delivery>`,
        'group_id="7" available="true"',
      ) +
      lamp(
        'L2',
        ['moved', 'missing', 'text', 'huge', 'inside'].map((name) => `<picture>${base}/${name}.jpg</picture>`).join('') +
          '<picture>http://169.254.169.254/meta.jpg</picture><picture>file:///etc/passwd</picture>',
      ) +
      '<offer id="L3" type="vendor.model"><typePrefix>Лампа</typePrefix><vendor>Свет</vendor><model>М-1</model><price>10</price><currencyId>RUR</currencyId><categoryId>9</categoryId><count>5</count><disabled>true</disabled></offer>';
    const result = await world.import(await world.file('feed.xml', feed(offers)));
    expect(result).toMatchObject({ state: 'done', counts: { rows: 3, created: 3, failed: 0 } });
    expect(accounted(result.counts)).toBe(3);
    await picturesDone();
    expect(await document('L 1')).toMatchObject({
      category: 'Свет / Лампы',
      price: { minor: 129_050, currency: 'RUB' },
      attributes: { Мощность: { value: 9, unit: 'Вт' }, Цоколь: ['E14', 'E27'] },
      dimensions: { length: 201, width: 206, height: 225 },
      weight: 125,
      model: { code: '7', axes: [] },
    });
    expect((await document('L 1'))?.media).toHaveLength(2);
    expect((await document('L2'))?.media).toEqual([(await document('L 1'))?.media[0]]);
    expect(await document('L3')).toMatchObject({ title: 'Лампа Свет М-1', brand: 'Свет', archived: true, stock: { main: 5 } });
    const { rows } = await world.pool.query<{ code: string }>(
      `SELECT n.code FROM import_row_result n JOIN catalog_job j ON j.id = n.job_id AND j.kind = 'pictures' ORDER BY n.code`,
    );
    expect(rows.map(({ code }) => code)).toEqual(['address-port', 'address-private', 'onec-picture', 'picture-fetch', 'picture-kind', 'picture-status']);
  });

  it('does not fetch again what it knows, and asks only whether it changed when it has not looked for long', async () => {
    const changed = lamp('L 1', `<picture>${base}/blue.jpg</picture><picture>${base}/red.jpg</picture>`);
    expect((await world.import(await world.file('feed.xml', feed(changed)), { accept: true })).counts).toMatchObject({ rows: 1, updated: 1 });
    await picturesDone();
    expect(asked).toEqual([]);
    const [first, second] = (await document('L 1'))?.media ?? [];
    await world.pool.query(`UPDATE picture_source SET fetched_at = now() - interval '30 days'`);
    const again = lamp('L 1', `<picture>${base}/red.jpg</picture><picture>${base}/blue.jpg</picture>`);
    await world.import(await world.file('feed.xml', feed(again)), { accept: true });
    await picturesDone();
    expect(asked.map(({ url, etag }) => `${url} ${etag}`).sort()).toEqual(['/blue.jpg "1"', '/red.jpg "1"']);
    expect((await document('L 1'))?.media).toEqual([second, first]);
  });
});

describe('WooCommerce’s table', () => {
  it('makes products of variations with what their parent says, in shops of any unit', async () => {
    const header =
      'ID,Type,SKU,Name,Published,"In stock?",Stock,"Weight (kg)","Length (cm)","Width (cm)","Height (cm)","Sale price","Regular price",Categories,Images,Parent,"Attribute 1 name","Attribute 1 value(s)","Attribute 2 name","Attribute 2 value(s)",Description';
    const rows = [
      '1,variation,tee-red,"Tee - Red",1,1,3,,,,,9,10,,,id:2,Color,Red,Size,,',
      '2,variable,tee,Tee,1,1,,0.2,30,20,2,,,"Shop > Tees, Sale",,,Color,"Red, Blue",Fabric,"Cotton, 5\\, thick",Soft',
      '3,"simple, virtual",,Song,1,1,,,,,,,1,,,,,,,,',
      '4,simple,,Mug,1,0,7,.3,,,,,5,Shop,,,,,,,',
      '5,variation,lost,Lost,1,1,1,,,,,,2,,,nobody,,,,,',
    ];
    const result = await world.import(await world.file('wc-product-export.csv', [header, ...rows].join('\n') + '\n'), { currency: 'USD' });
    expect(result).toMatchObject({ state: 'done', counts: { rows: 5, created: 3, skipped: 2 } });
    expect(await document('tee-red')).toMatchObject({
      title: 'Tee - Red',
      description: 'Soft',
      category: 'Shop / Tees',
      price: { minor: 900, currency: 'USD' },
      oldPrice: { minor: 1000, currency: 'USD' },
      stock: { main: 3 },
      weight: 200,
      dimensions: { length: 300, width: 200, height: 20 },
      attributes: { Color: 'Red', Fabric: ['Cotton', '5, thick'] },
      model: { code: 'tee', axes: ['Color', 'Size'], title: 'Tee' },
    });
    expect(await document('woo-4')).toMatchObject({ stock: { main: 0 }, weight: 300 });
    expect(result.notes.map(({ code }) => code).sort()).toEqual(['woo-orphan', 'woo-parent', 'woo-virtual']);
  });
});
