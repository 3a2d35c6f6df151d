import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { ADMIN_PASSWORD, type DoorHub, openDoors } from './door-hub.js';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const BUILT = existsSync(join(projectRoot(), 'dist', 'console', 'index.html'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const missing = BROWSER === undefined ? 'no chromium is installed' : BUILT ? undefined : 'the console is not built';
if (missing !== undefined) process.stderr.write(`skip: the console in a browser (reason: ${missing})\n`);

(missing === undefined ? describe : describe.skip)('the console in a browser', () => {
  let doors: DoorHub;
  let browser: Browser;
  let page: Page;
  let account = '';
  let drift = '';
  const broken: string[] = [];

  beforeAll(async () => {
    doors = await openDoors();
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
    for (let at = 0; at < 3; at += 1) await card(`IN-${at}`, 'in_sync');
    drift = await card('SKU-2817', 'held');
    browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await doors.close();
  });

  beforeEach(async () => {
    broken.length = 0;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(doors.hub.url) && !/^(data|blob):/.test(request.url())) broken.push(`a request left the hub: ${request.url()}`);
    });
  });
  afterEach(async () => {
    await page.context().close();
    expect(broken).toEqual([]);
  });

  /** Answers the id of its drift; '' for a card in sync. */
  async function card(key: string, state: 'in_sync' | 'held'): Promise<string> {
    const listing = await doors.pool.query<{ id: string }>('INSERT INTO listing (account_id, key) VALUES ($1, $2) RETURNING id', [account, key]);
    const id = listing.rows[0]?.id ?? '';
    let made = '';
    if (state === 'held') {
      const { rows } = await doors.pool.query<{ id: string }>(
        `INSERT INTO drift (account_id, listing_id, facet, kind, cause, state, reason, observed, noticed_at) VALUES ($1, $2, 'title', 'text-changed', 'outside', 'held', 'policy', 7, now()) RETURNING id`,
        [account, id],
      );
      made = rows[0]?.id ?? '';
      await doors.pool.query(
        `INSERT INTO observed_document (listing_id, facet, print, projection, body, seen_at) VALUES ($1, 'title', 7, 1, '"Чайник стальной Чужой 1,7 л"', now())`,
        [id],
      );
      await doors.pool.query(
        `INSERT INTO listing_render (listing_id, revision, rules_version, projection, values, diagnostics) VALUES ($1, 1, 1, 1, '{"title":"Чайник стальной Верный 1,7 л"}', '[]')`,
        [id],
      );
    }
    await doors.pool.query(
      `INSERT INTO listing_facet (listing_id, facet, account_id, state, reason, desired, desired_revision, observed, since, drift_id) VALUES ($1, 'title', $2, $3, $4, 1, 1, 7, now(), $5)`,
      [id, account, state, state === 'held' ? 'policy' : null, made === '' ? null : made],
    );
    return made;
  }

  async function signIn(address = '/'): Promise<void> {
    await page.goto(doors.hub.url + address);
    await page.getByLabel('Пароль').fill(ADMIN_PASSWORD);
    await page.getByRole('button', { name: 'Войти' }).click();
    await page.getByRole('heading', { name: 'Лавка' }).waitFor();
  }

  it('says what to do when the password is wrong', async () => {
    await page.goto(doors.hub.url);
    await page.getByLabel('Пароль').fill('not this one');
    await page.getByRole('button', { name: 'Войти' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'Имя или пароль не подходят' });
    await alert.waitFor();
    expect(await alert.innerText()).toContain('npm run -s etalon -- password');
  });

  it('shows how many cards are in each state and leads to them', async () => {
    await signIn();
    expect(await page.getByRole('button', { name: /^Совпадают/ }).innerText()).toContain('3');
    const held = page.getByRole('button', { name: /^Остановлены/ });
    expect(await held.innerText()).toContain('1');
    await held.click();
    await page.locator('.ag-row', { hasText: 'SKU-2817' }).waitFor();
    await page.locator('.ag-row').nth(1).waitFor({ state: 'detached' });
    expect(await page.locator('.ag-row').count()).toBe(1);
  });

  it('opens a drift by keyboard with both texts side by side, why it waits, and what can be done', async () => {
    await signIn();
    await page.locator('.ag-row', { hasText: 'SKU-2817' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/drifts/${drift}`);
    await page.locator('.words.live-side ins').first().waitFor();
    await page.locator('.why-waits').waitFor();
    expect(await page.locator('.words.expected del').allInnerTexts()).toEqual(['Верный']);
    expect(await page.locator('.words.live-side ins').allInnerTexts()).toEqual(['Чужой']);
    expect(await page.locator('.why-waits').innerText()).toContain('наблюдение');
    await page.getByRole('button', { name: 'Одобрить исправление' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(`${doors.hub.url}/`);
  });

  it('tells how many cards an ignore rule silences before it is made, and makes it', async () => {
    await signIn(`/drifts/${drift}`);
    await page.getByRole('button', { name: 'Пропускать…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Пропускать это различие' });
    await dialog.getByText('Замолчит 1 карточка').waitFor();
    const confirm = dialog.getByRole('button', { name: 'Пропускать', exact: true });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Почему').fill('так и задумано');
    await confirm.click();
    await dialog.waitFor({ state: 'hidden' });
    const { rows } = await doors.pool.query<{ reason: string; facet: string }>('SELECT reason, facet FROM ignore_rule');
    expect(rows).toEqual([{ reason: 'так и задумано', facet: 'title' }]);
    const tile = page.getByRole('button', { name: /^Пропускаем/ });
    await tile.filter({ hasText: '1' }).waitFor();
  });

  it('speaks the language that was chosen, also after a reload', async () => {
    await signIn();
    await page.getByRole('button', { name: 'Язык' }).click();
    await page.getByRole('menuitem', { name: 'English' }).click();
    await page.getByRole('button', { name: /^In sync/ }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^In sync/ }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });
});
