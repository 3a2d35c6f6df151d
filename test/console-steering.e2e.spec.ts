import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { seedCase, type SeededCard, seedHeldCard } from './door-cards.js';
import { ADMIN_PASSWORD, type DoorHub, openDoors } from './door-hub.js';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
const BUILT = existsSync(join(projectRoot(), 'dist', 'console', 'index.html'));
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const missing = BROWSER === undefined ? 'no chromium is installed' : BUILT ? undefined : 'the console is not built';
if (missing !== undefined) process.stderr.write(`skip: steering in the console (reason: ${missing})\n`);

(missing === undefined ? describe : describe.skip)('steering in the console', () => {
  let doors: DoorHub;
  let browser: Browser;
  let page: Page;
  let account = '';
  let card: SeededCard;
  const broken: string[] = [];

  beforeAll(async () => {
    doors = await openDoors();
    account = String((await doors.call('/api/accounts', { method: 'POST', body: { channel: 'ozon', title: 'Лавка', credentials: { clientId: '1', apiKey: 'k' } } })).body['id']);
    for (const [sku, title] of [
      ['POT-1', 'Кастрюля эмалированная'],
      ['TEA-1', 'Чайник стальной'],
    ] as const) {
      await doors.call('/api/products', { method: 'POST', body: { sku, title } });
      card = await seedHeldCard(doors.pool, account, sku);
    }
    browser = await chromium.launch({ executablePath: BROWSER, args: FLAGS });
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await doors.close();
  });
  beforeEach(async () => {
    broken.length = 0;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => broken.push(error.message));
  });
  afterEach(async () => {
    await page.context().close();
    expect(broken).toEqual([]);
  });

  /** Signs in at the door and opens the page: the form has its own tests. */
  async function open(address: string, name = 'admin'): Promise<void> {
    const signedIn = await page.request.post(`${doors.hub.url}/api/auth/login`, { data: { name, password: ADMIN_PASSWORD }, headers: { origin: doors.hub.url } });
    expect(signedIn.status()).toBe(200);
    await page.goto(doors.hub.url + address);
    await page.getByRole('navigation', { name: 'Страницы' }).waitFor();
  }

  const modeOf = async (facet: string): Promise<unknown> => ((await doors.call(`/api/accounts/${account}/policy`)).body['modes'] as Record<string, unknown>)[facet];

  it('shows what a mode would do before it is set, sets it, and puts it back', async () => {
    await open(`/accounts/${account}`);
    const row = page.getByRole('group', { name: 'Название' });
    await row.getByText('автоматически').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Будут изменены 2 карточки на площадке').waitFor();
    await dialog.getByText('POT-1, TEA-1').waitFor();
    expect(await modeOf('title')).toBe('observe');
    await dialog.getByRole('button', { name: 'Применить' }).click();
    const undo = page.getByRole('button', { name: 'Вернуть как было' });
    await undo.waitFor();
    expect(await modeOf('title')).toBe('auto');
    await undo.click();
    await page.getByText('Режим возвращён').waitFor();
    expect(await modeOf('title')).toBe('observe');
  });

  it('sets quiet hours and pauses the account with a reason', async () => {
    await open(`/accounts/${account}`);
    const quiet = page.getByRole('region', { name: 'Тихие часы' });
    await quiet.getByLabel('С (UTC)').fill('21:30');
    await quiet.getByRole('button', { name: 'Установить' }).click();
    await quiet.getByText('с 21:30 до 06:00 UTC').waitFor();
    const pause = page.getByRole('region', { name: 'Пауза кабинета' });
    await pause.getByLabel('Почему').fill('инвентаризация');
    await page.keyboard.press('Enter');
    await pause.getByRole('button', { name: 'Возобновить' }).waitFor();
    expect((await doors.call(`/api/accounts/${account}`)).body).toMatchObject({ state: 'paused', state_reason: 'инвентаризация', quiet_hours: { from: '21:30', to: '06:00' } });
    await pause.getByRole('button', { name: 'Возобновить' }).click();
    await pause.getByRole('button', { name: 'Поставить на паузу' }).waitFor();
  });

  it('closes a case with what came of it, and counts those that wait', async () => {
    const opened = await seedCase(doors.pool, account, card.listing);
    await open('/');
    await page.getByRole('link', { name: /^Дела\s*1$/ }).click();
    await page.getByRole('button', { name: 'Закрыть…' }).click();
    const dialog = page.getByRole('dialog', { name: `Закрыть дело № ${opened}` });
    await dialog.getByLabel('Чем кончилось').fill('поддержка вернула карточку');
    await dialog.getByRole('button', { name: 'Закрыть дело' }).click();
    await page.getByText('Открытых дел нет').waitFor();
    await page.getByText('Закрытые', { exact: true }).click();
    await page.getByText('admin: поддержка вернула карточку').waitFor();
    const { rows } = await doors.pool.query<{ state: string; kinds: string[] }>(
      `SELECT state, (SELECT array_agg(kind) FROM evidence WHERE kind = 'case.closed') AS kinds FROM case_file WHERE id = $1`,
      [opened],
    );
    expect(rows).toEqual([{ state: 'closed', kinds: ['case.closed'] }]);
  });

  it('tells what a rule silences, and ends it', async () => {
    await doors.pool.query(`UPDATE listing_facet SET state = 'drifted', reason = NULL WHERE listing_id = $1`, [card.listing]);
    await doors.call('/api/ignore-rules', { method: 'POST', body: { account, facet: 'title', listing: card.listing, reason: 'нас устраивает' } });
    await open('/rules');
    await page.getByText('Скрывает 1 карточку: TEA-1').waitFor();
    await page.getByRole('button', { name: 'Завершить' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Завершить' }).click();
    await page.getByText('Правил нет').waitFor();
    expect((await doors.call('/api/ignore-rules')).body['items']).toEqual([]);
  });

  it('finds a drift by a word of its title', async () => {
    await open('/');
    await page.locator('.ag-row', { hasText: 'TEA-1' }).waitFor();
    await page.getByPlaceholder('Артикул или название').fill('кастрюля');
    await page.locator('.ag-row', { hasText: 'TEA-1' }).waitFor({ state: 'detached' });
    await page.locator('.ag-row', { hasText: 'POT-1' }).waitFor();
    expect(await page.locator('.ag-row').allInnerTexts()).toEqual([expect.stringContaining('POT-1')]);
  });

  it('warns of a key that ends soon', async () => {
    const at = new Date(Date.now() + 5 * 86_400_000).toISOString();
    await doors.pool.query('UPDATE channel_account SET health = $2 WHERE id = $1', [
      account,
      JSON.stringify({ ok: true, diagnostics: [{ severity: 'warning', path: '', code: 'ozon.key-expires', params: { at } }] }),
    ]);
    await open('/');
    await page.getByRole('alert').filter({ hasText: 'Ключ кабинета перестанет работать' }).waitFor();
  });

  it('lets a viewer look, and change nothing', async () => {
    await doors.pool.query(`INSERT INTO app_user (name, password_hash, role) SELECT 'viewer', password_hash, 'viewer' FROM app_user WHERE name = 'admin'`);
    await open(`/accounts/${account}`, 'viewer');
    await page.getByText('Попросите администратора').waitFor();
    expect(await page.getByRole('button', { name: 'Установить' }).isDisabled()).toBe(true);
    expect(await page.getByRole('group', { name: 'Название' }).getByRole('radio').first().isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Отключить кабинет…' }).isDisabled()).toBe(true);
  });
});
