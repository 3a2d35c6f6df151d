import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { ADMIN_PASSWORD, type DoorHub, openDoors } from './door-hub.js';
import { seedOzonReferences } from './ozon-references.js';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const BUILT = existsSync(join(projectRoot(), 'dist', 'console', 'index.html'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const MUG = '100:200';

const missing = BROWSER === undefined ? 'no chromium is installed' : BUILT ? undefined : 'the console is not built';
if (missing !== undefined) process.stderr.write(`skip: names and warehouses in the console (reason: ${missing})\n`);

(missing === undefined ? describe : describe.skip)('names, warehouses and prices of an account in the console', () => {
  let doors: DoorHub;
  let browser: Browser;
  let page: Page;
  let account = '';
  const broken: string[] = [];

  beforeAll(async () => {
    doors = await openDoors();
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
    await seedOzonReferences(doors.pool, { [MUG]: 'Кружка' }, ['71001', '71002']);
    await doors.call('/api/products', { method: 'POST', body: { sku: 'CUP-1', title: 'Чашка', category: 'Дом / Посуда / Чашечки', stock: { msk: 2 } } });
    await doors.pool.query(`INSERT INTO listing (account_id, key, product_id) SELECT $1, sku, id FROM product`, [account]);
    await doors.call(`/api/accounts/${account}/rules`, { method: 'PUT', body: { warehouses: { msk: '71001' } } });
    browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => broken.push(error.message));
    await page.request.post(`${doors.hub.url}/api/auth/login`, { data: { name: 'admin', password: ADMIN_PASSWORD }, headers: { origin: doors.hub.url } });
    await page.goto(`${doors.hub.url}/accounts/${account}`);
    await page.getByRole('link', { name: 'Открыть соответствия' }).click();
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await doors.close();
    expect(broken).toEqual([]);
  });

  const rules = async () => (await doors.call(`/api/accounts/${account}/rules`)).body;

  it('a row is chosen by name with the keyboard alone, shown as a change first, and saved', async () => {
    const categories = page.getByRole('region', { name: 'Категории' });
    await categories.getByLabel('Категория каталога').fill('Дом / Посуда / Чашечки');
    await categories.getByLabel('Категория каталога').press('Escape');
    await categories.getByLabel('Категория площадки').focus();
    await page.keyboard.type('кружка');
    await page.keyboard.press('Enter');
    await categories.getByRole('button', { name: 'Добавить' }).focus();
    await page.keyboard.press('Enter');
    await categories.getByText('Дом / Посуда / Кружка').first().waitFor();
    await page.getByRole('button', { name: 'Что изменится…' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Изменится 1 карточка').waitFor();
    await dialog.getByText('CUP-1', { exact: true }).waitFor();
    expect((await rules())['categories']).toEqual({});
    await dialog.getByRole('button', { name: 'Сохранить' }).press('Enter');
    await page.getByText('Сохранено. Карточки пересчитываются').waitFor();
    expect(await rules()).toMatchObject({ categories: { 'Дом / Посуда / Чашечки': MUG }, warehouses: { msk: '71001' } });
    await page.getByText('Несохранённых строк нет').waitFor();
  }, 60_000);

  it('a row taken away can be put back before anything is saved', async () => {
    const warehouses = page.getByRole('region', { name: 'Склады и остаток' });
    await warehouses.getByText('Склад 71001').waitFor();
    await warehouses.getByRole('button', { name: 'Убрать: msk' }).click();
    await page.getByText('Изменена 1 строка, не сохранено').waitFor();
    await warehouses.getByRole('button', { name: 'Вернуть: msk' }).click();
    await page.getByText('Несохранённых строк нет').waitFor();
    expect((await rules())['warehouses']).toEqual({ msk: '71001' });
  }, 60_000);
});
