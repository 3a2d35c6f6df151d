import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attribute, item, runSandbox, type TestSandbox } from '../apps/sandbox/testing/running.js';

interface Info {
  id: number;
  sku: number;
  name: string;
  price: string;
  primary_image: string[];
  images: string[];
  statuses: { status: string; status_name: string; moderate_status: string; is_created: boolean };
  errors: { code: string }[];
  visibility_details: { has_stock: boolean };
}

interface Content {
  name: string;
  sku: string;
  images: string[];
  primary_image: string;
  attributes: { id: number; values: { dictionary_value_id: number; value: string }[] }[];
  attributes_with_defaults: number[];
}

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await runSandbox();
});
afterAll(() => sandbox.close());

async function importItems(items: object[]): Promise<Awaited<ReturnType<TestSandbox['finish']>>> {
  const { body, status } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items });
  expect(status).toBe(200);
  return sandbox.finish(body.result.task_id);
}

async function updateAttributes(offerId: string, attributes: object[]): Promise<Awaited<ReturnType<TestSandbox['finish']>>> {
  const { body } = await sandbox.api<{ task_id: number }>('/v1/product/attributes/update', { items: [{ offer_id: offerId, attributes }] });
  return sandbox.finish(body.task_id);
}

async function info(offerId: string): Promise<Info> {
  const { body } = await sandbox.api<{ items: Info[] }>('/v3/product/info/list', { offer_id: [offerId] });
  if (!body.items[0]) throw new Error(`no card ${offerId}`);
  return body.items[0];
}

async function content(offerId: string): Promise<Content> {
  const { body } = await sandbox.api<{ result: Content[] }>('/v4/product/info/attributes', {
    filter: { offer_id: [offerId], visibility: 'ALL' },
    limit: 10,
  });
  if (!body.result[0]) throw new Error(`no card ${offerId}`);
  return body.result[0];
}

const valueOf = (card: Content, id: number): string | undefined => card.attributes.find((a) => a.id === id)?.values[0]?.value;

async function created(offerId: string, over: object = {}): Promise<void> {
  const [result] = await importItems([item(offerId, over)]);
  expect(result?.status).toBe('imported');
  await sandbox.jump(601);
}

describe('a card on the simulated Ozon', () => {
  it('is accepted, waits for moderation without a sku, then is ready to sell', async () => {
    const { body } = await sandbox.api<{ result: { task_id: number } }>('/v3/product/import', { items: [item('N-1')] });
    const early = await sandbox.api<{ result: { items: { status: string }[] } }>('/v1/product/import/info', { task_id: body.result.task_id });
    expect(early.body.result.items[0]?.status).toBe('pending');
    const [result] = await sandbox.finish(body.result.task_id);
    expect(result?.status).toBe('imported');
    const waiting = await info('N-1');
    expect(waiting.sku).toBe(0);
    expect(waiting.statuses).toMatchObject({ is_created: false, moderate_status: 'in-moderating' });
    await sandbox.jump(601);
    const ready = await info('N-1');
    expect(ready.sku).toBeGreaterThan(0);
    expect(ready.statuses).toMatchObject({ status: 'price_sent', status_name: 'Готов к продаже' });
    expect(typeof (await content('N-1')).sku).toBe('string');
  });

  it('shows the old description until moderation is over', async () => {
    await created('M-1');
    const before = valueOf(await content('M-1'), 4191);
    const [result] = await updateAttributes('M-1', [attribute(4191, 'Новый текст о чайнике')]);
    expect(result?.status).toBe('imported');
    expect(valueOf(await content('M-1'), 4191)).toBe(before);
    await sandbox.jump(601);
    expect(valueOf(await content('M-1'), 4191)).toBe('Новый текст о чайнике');
  });

  it('loses on a full import what the import does not name, and keeps it on a partial one', async () => {
    await created('F-1', { attributes: [...(item('F-1').attributes as object[]), attribute(23171, '#чайник #дом')] });
    expect(valueOf(await content('F-1'), 23171)).toBe('#чайник #дом');
    await updateAttributes('F-1', [attribute(9024, 'другой')]);
    await sandbox.jump(601);
    expect(valueOf(await content('F-1'), 23171)).toBe('#чайник #дом');
    await importItems([item('F-1')]);
    await sandbox.jump(601);
    expect(valueOf(await content('F-1'), 23171)).toBeUndefined();
  });

  it('answers skipped when nothing changed', async () => {
    await created('S-1');
    expect((await importItems([item('S-1')]))[0]?.status).toBe('skipped');
    expect((await updateAttributes('S-1', [attribute(9024, 'S-1')]))[0]?.status).toBe('skipped');
  });

  it('sets the title through attribute 4180 and keeps only some tags of a description', async () => {
    await created('T-1');
    await updateAttributes('T-1', [attribute(4180, '  Чайник   новый '), attribute(4191, '<div class="x">Первый <b>абзац</b></div><script>alert(1)</script><br>Второй')]);
    await sandbox.jump(601);
    const card = await content('T-1');
    expect(card.name).toBe('Чайник новый');
    expect(valueOf(card, 4180)).toBe('Чайник новый');
    expect(valueOf(card, 4191)).toBe('Первый <b>абзац</b><br/>Второй');
  });

  it('refuses unknown dictionary values and missing required attributes, and erases values that do not fit', async () => {
    const good = item('R-1').attributes as { id: number }[];
    const badBrand = good.map((a) => (a.id === 85 ? { id: 85, complex_id: 0, values: [{ dictionary_value_id: 1, value: 'нет' }] } : a));
    const [unknown] = await importItems([item('R-1', { attributes: badBrand })]);
    expect(unknown).toMatchObject({ status: 'failed', product_id: 0 });
    expect(unknown?.errors.map((e) => e.code)).toContain('error_attribute_values_out_of_range');
    const [missing] = await importItems([item('R-1', { attributes: good.filter((a) => a.id !== 9048) })]);
    expect(missing?.errors.map((e) => e.code)).toEqual(['error_attribute_values_empty']);
    const [erased] = await importItems([item('R-1', { attributes: [...good, attribute(11254, 'не json')] })]);
    expect(erased?.status).toBe('imported');
    expect(erased?.errors).toEqual([expect.objectContaining({ code: 'erased_attribute_value', attribute_id: 11254 })]);
    expect(valueOf(await content('R-1'), 11254)).toBeUndefined();
    expect((await info('R-1')).errors.map((e) => e.code)).toEqual(['erased_attribute_value']);
  });

  it('does not import a card with a wrong category, unit or currency', async () => {
    const [result] = await importItems([item('W-1', { description_category_id: 1, dimension_unit: 'mile', currency_code: 'USD' })]);
    expect(result?.status).toBe('failed');
    expect(result?.errors.map((e) => e.code)).toEqual(['description_category_invalid', 'missing_dimension', 'currency_differs']);
  });

  it('forgets nothing when the process is started again', async () => {
    await created('P-1');
    const { body } = await sandbox.api<{ task_id: number }>('/v1/product/attributes/update', {
      items: [{ offer_id: 'P-1', attributes: [attribute(4191, 'Текст, посланный до перезапуска')] }],
    });
    const ledger = await sandbox.control<{ last_seq: number }>('/ledger');
    await sandbox.restart();
    expect((await sandbox.control<{ last_seq: number }>('/ledger')).body.last_seq).toBe(ledger.body.last_seq);
    expect((await sandbox.finish(body.task_id))[0]?.status).toBe('imported');
    await sandbox.jump(601);
    expect(valueOf(await content('P-1'), 4191)).toBe('Текст, посланный до перезапуска');
  });
});
