import { describe, expect, it } from '@jest/globals';
import type { Receipt } from '#channels/contract';
import { type Answer, NOW, type Request, clientOf, run, scripted } from './fixtures/scripted-wildberries.js';
import { confirm, draftReceipt, sizeReceipt } from './wildberries.confirm.js';
import { Underway } from './wildberries.underway.js';

const receipt = (key: string, text: string, operation = 'card'): Receipt => ({ key, operation, receipt: text });
const asked = async (receipts: readonly Receipt[], answer: (request: Request, at: number) => Answer) => {
  const world = scripted(answer);
  return { ...world, verdicts: await confirm(clientOf(world.ports), world.ports, receipts, run()) };
};
const draft = (vendorCode: string, at: number, ...errors: string[]) => ({
  batchUUID: `batch-${vendorCode}`,
  subjects: {},
  brands: {},
  vendorCodes: [vendorCode],
  errors: { [vendorCode]: errors },
  updatedAt: new Date(at).toISOString(),
});
const drafts = (items: readonly unknown[], next = false): Answer => ({
  body: { data: { items, cursor: { next, updatedAt: '2026-11-22T11:00:00Z', batchUUID: 'last' } }, error: false, errorText: '', additionalErrors: null },
});

describe('content changes', () => {
  it('are refused by a draft that failed after they were sent, in the words of Wildberries', async () => {
    const { verdicts, requests } = await asked([receipt('A', draftReceipt(NOW - 90_000)), receipt('B', draftReceipt(NOW - 90_000))], () =>
      drafts([draft('A', NOW - 60_000, 'Запрещено использовать E-Mail в поле Наименование')]),
    );
    expect(verdicts).toMatchObject([
      { kind: 'refused', diagnostics: [{ path: 'title', params: { message: 'Запрещено использовать E-Mail в поле Наименование' } }] },
      { kind: 'done' },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('of one size are refused by the draft of its card', async () => {
    const underway = new Underway({ now: () => NOW });
    underway.note('DRESS');
    const world = scripted(() => drafts([draft('DRESS', NOW - 60_000, 'Недопустимое описание')]));
    const verdicts = await confirm(clientOf(world.ports), world.ports, [receipt('DRESS · S', draftReceipt(NOW - 90_000), 'create')], run(), underway);
    expect(verdicts).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'description' }] }]);
    expect(underway.has('DRESS')).toBe(false);
  });

  it('are running until a refusal would have turned up, and do not mind failures from before', async () => {
    const { verdicts } = await asked([receipt('A', draftReceipt(NOW - 10_000)), receipt('B', draftReceipt(NOW - 90_000))], () =>
      drafts([draft('A', NOW - 3_600_000, 'old'), draft('B', NOW - 3_600_000, 'old')]),
    );
    expect(verdicts.map((verdict) => verdict.kind)).toEqual(['running', 'done']);
  });

  it('are looked up page by page only as far back as the oldest was sent', async () => {
    const { requests, verdicts } = await asked([receipt('A', draftReceipt(NOW - 90_000))], (_request, at) =>
      at === 0 ? drafts([draft('X', NOW - 1_000, 'x')], true) : at === 1 ? drafts([draft('A', NOW - 60_000, 'нет фото'), draft('Y', NOW - 3_600_000, 'y')], true) : { status: 500 },
    );
    expect(requests.map((request) => request.body)).toEqual([
      { cursor: { limit: 100 }, order: { ascending: false } },
      { cursor: { limit: 100, updatedAt: '2026-11-22T11:00:00Z', batchUUID: 'last' }, order: { ascending: false } },
    ]);
    expect(verdicts).toMatchObject([{ kind: 'refused', diagnostics: [{ path: 'media' }] }]);
  });
});

describe('price uploads', () => {
  const task = (status: number | null): Answer => ({ body: { data: status === null ? null : { uploadID: 4711, status }, error: false, errorText: '' } });
  const goods = (...items: readonly unknown[]): Answer => ({ body: { data: { uploadID: 4711, historyGoods: items }, error: false, errorText: '' } });
  const price = (key: string) => receipt(key, '4711', 'prices');

  it.each([
    [null, 'running'],
    [3, 'done'],
    [4, 'lost'],
  ] as const)('of status %s are %s, with one question for all cards', async (status, kind) => {
    const { verdicts, requests } = await asked([price('A'), price('B')], () => task(status));
    expect(verdicts.map((verdict) => verdict.kind)).toEqual([kind, kind]);
    expect(requests).toMatchObject([{ path: '/api/v2/history/tasks', query: { uploadID: '4711' } }]);
  });

  it('done in part are told card by card, quarantine as a refusal', async () => {
    const quarantine = 'The new price is several times lower than the current price. Item has been moved to Price Quarantine';
    const { verdicts } = await asked([price('A'), price('B'), price('C')], (request) => {
      if (request.path === '/api/v2/history/tasks') return task(5);
      return request.query['offset'] === '0' ? goods({ vendorCode: 'A', status: 2, errorText: '' }, { vendorCode: 'B', status: 3, errorText: quarantine }) : goods();
    });
    expect(verdicts).toMatchObject([{ kind: 'done' }, { kind: 'refused', diagnostics: [{ path: 'price', params: { message: quarantine } }] }, { kind: 'lost' }]);
  });

  it('by card are told to all its sizes, as the worst of its rows; by size to each its own', async () => {
    const answer = (request: Request): Answer => {
      if (request.path === '/api/v2/history/tasks') return task(5);
      const row = (sizeID: number, status: number) => ({ vendorCode: 'DRESS', sizeID, status, errorText: status === 3 ? 'нет' : '' });
      return request.query['offset'] === '0' ? goods(row(1, 3), row(2, 2)) : goods();
    };
    const kinds = async (...receipts: readonly Receipt[]) => (await asked(receipts, answer)).verdicts.map((verdict) => verdict.kind);
    expect(await kinds(price('DRESS · S'), price('DRESS · M'))).toEqual(['refused', 'refused']);
    const bySize = (key: string, size: string) => receipt(key, sizeReceipt('4711', size), 'prices');
    expect(await kinds(bySize('DRESS · S', '1'), bySize('DRESS · M', '2'), bySize('DRESS · L', '3'))).toEqual(['refused', 'done', 'lost']);
  });

  it('of a status nobody knows go on running, and the answer is reported', async () => {
    const { verdicts, broken } = await asked([price('A')], () => task(2));
    expect(verdicts).toEqual([{ kind: 'running' }]);
    expect(broken).toHaveLength(1);
  });
});
