import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { seedCase, seedHeldCard } from './door-cards.js';
import { ADMIN_PASSWORD, type DoorHub, openDoors } from './door-hub.js';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const BUILT = existsSync(join(projectRoot(), 'dist', 'console', 'index.html'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const SKU = 'LEFT-1';

const missing = BROWSER === undefined ? 'no chromium is installed' : BUILT ? undefined : 'the console is not built';
if (missing !== undefined) process.stderr.write(`skip: letting go of an account in the console (reason: ${missing})\n`);

(missing === undefined ? describe : describe.skip)('letting go of an account in the console', () => {
  let doors: DoorHub;
  let browser: Browser;
  let page: Page;
  let account = '';
  let listing = '';
  const broken: string[] = [];

  beforeAll(async () => {
    doors = await openDoors();
    await doors.call('/api/products', { method: 'POST', body: { sku: SKU, title: 'Чайник стальной' } });
    browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await doors.close();
  });
  beforeEach(async () => {
    broken.length = 0;
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
    ({ listing } = await seedHeldCard(doors.pool, account, SKU));
    page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => broken.push(error.message));
    await page.request.post(`${doors.hub.url}/api/auth/login`, { data: { name: 'admin', password: ADMIN_PASSWORD }, headers: { origin: doors.hub.url } });
    await page.goto(`${doors.hub.url}/accounts/${account}`);
  });
  afterEach(async () => {
    await page.context().close();
    await doors.call(`/api/accounts/${account}?abandon=true`, { method: 'DELETE' });
    expect(broken).toEqual([]);
  });

  const ask = (): Locator => page.getByRole('button', { name: 'Отключить кабинет…' });
  const dialog = (): Locator => page.getByRole('dialog', { name: 'Отключить «Лавка»?' });
  const confirm = (): Locator => dialog().getByRole('button', { name: 'Отключить', exact: true });
  const name = (): Locator => dialog().getByLabel('введите название кабинета: Лавка');
  const statusOf = async (): Promise<number> => (await doors.call(`/api/accounts/${account}`)).status;

  async function addCall(): Promise<void> {
    await doors.pool.query(
      `INSERT INTO push_intent (account_id, listing_id, operation, facets, write_set, epoch, purpose, body, phase, created_at)
       VALUES ($1, $2, 'import', '[]', '[]', 1, 'repair', '{}', 'sent', now())`,
      [account, listing],
    );
  }

  it('says first what goes and what stays, and with the keyboard alone has the name typed before it is done', async () => {
    await seedCase(doors.pool, account, listing);
    await ask().press('Enter');
    await dialog().getByText('Эталон перестанет следить за 1 карточкой, из них с товаром каталога: 1').waitFor();
    await dialog().getByText('1 отклонение останется неисправленным').waitFor();
    await dialog().getByText('1 открытое дело закроется').waitFor();
    await dialog().getByText('Карточки на площадке — такими, какие они сейчас: ни одна не изменится').waitFor();
    await dialog().getByText('1 запись доказательств').waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    // The focus is back where it was.
    await page.keyboard.press('Enter');
    await name().focus();
    await page.keyboard.type('лавк');
    await page.keyboard.press('Enter');
    expect(await confirm().isDisabled()).toBe(true);
    expect(await statusOf()).toBe(200);
    await page.keyboard.type('а');
    await page.keyboard.press('Enter');
    await page.getByText('Кабинет «Лавка» отключён').waitFor();
    await page.getByRole('heading', { name: 'Подключите кабинет' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await statusOf()).toBe(404);
    const { rows } = await doors.pool.query('SELECT kind FROM evidence WHERE account_id = $1 ORDER BY seq DESC LIMIT 1', [account]);
    expect(rows).toEqual([{ kind: 'account.changed' }]);
  }, 60_000);

  it('waits for calls under way: pauses the account, and opens the way by itself when they have ended', async () => {
    await addCall();
    await ask().click();
    await dialog().getByText('1 вызов к площадке ещё не завершён').waitFor();
    await name().fill('Лавка');
    expect(await confirm().isDisabled()).toBe(true);
    await dialog().getByRole('button', { name: 'Поставить на паузу' }).click();
    await dialog().getByText('Кабинет на паузе').waitFor();
    expect((await doors.call(`/api/accounts/${account}`)).body).toMatchObject({ state: 'paused', state_reason: 'отключение кабинета' });
    await doors.pool.query(`UPDATE push_intent SET phase = 'done' WHERE account_id = $1`, [account]);
    await dialog().getByText('ещё не завершён').waitFor({ state: 'detached' });
    await confirm().click();
    await page.getByText('Кабинет «Лавка» отключён').waitFor();
    expect(await statusOf()).toBe(404);
  }, 60_000);

  it('gives calls up only when told that the channel will never answer', async () => {
    await addCall();
    await ask().click();
    await name().fill('Лавка');
    await dialog().getByLabel('отказаться от этих вызовов').check();
    await confirm().click();
    await page.getByText('Кабинет «Лавка» отключён').waitFor();
    const { rows } = await doors.pool.query<{ body: string }>('SELECT body FROM evidence_body WHERE account_id = $1 ORDER BY seq DESC LIMIT 1', [account]);
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ what: 'removed', to: { abandoned_calls: 1 } });
  }, 60_000);

  it('tells a refusal with what to do, when a call began meanwhile', async () => {
    const { body } = await doors.call(`/api/accounts/${account}/removal`);
    await page.route('**/removal', (route) => route.fulfill({ json: body }));
    await ask().click();
    await name().fill('Лавка');
    await addCall();
    await confirm().click();
    await dialog().getByRole('alert').filter({ hasText: 'Поставьте его на паузу и подождите' }).waitFor();
    expect(await statusOf()).toBe(200);
  }, 60_000);
});
