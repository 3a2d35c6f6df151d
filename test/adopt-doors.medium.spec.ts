import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DoorHub, openDoors } from './door-hub.js';

const shop = (title: string, legal_entity: string, clientId: string) => ({ channel: 'ozon', title, legal_entity, credentials: { clientId, apiKey: `key-of-${clientId}` } });

describe('several accounts of one channel at the doors', () => {
  let doors: DoorHub;
  let first = '';
  let second = '';
  beforeAll(async () => {
    doors = await openDoors();
    const added = async (body: object) => String((await doors.call('/api/accounts', { method: 'POST', body })).body['id']);
    first = await added(shop('Лавка', 'ООО «Ромашка»', '1'));
    second = await added(shop('Склад', 'ИП Сидоров', '2'));
  }, 60_000);
  afterAll(() => doors.close());

  it('are known by id and title; what several are called is refused, with their numbers', async () => {
    expect((await doors.call(`/api/accounts/${second}`)).body).toMatchObject({ id: second, legal_entity: 'ИП Сидоров' });
    expect((await doors.call(`/api/accounts/${encodeURIComponent('Лавка')}`)).body).toMatchObject({ id: first });
    const { status, body } = await doors.call('/api/accounts/ozon/policy/title', { method: 'PUT', body: { mode: 'auto' } });
    expect([status, body['errors']]).toMatchObject([422, [{ field: 'account', value: 'ozon' }]]);
    expect(JSON.stringify(body['errors'])).toContain(`${first} (Лавка, ООО «Ромашка»); ${second} (Склад, ИП Сидоров)`);
    for (const id of [first, second]) expect((await doors.call(`/api/accounts/${id}/policy`)).body).toMatchObject({ modes: { title: 'observe' } });
  });

  it('each keep a policy of their own', async () => {
    await doors.call(`/api/accounts/${first}/policy/title`, { method: 'PUT', body: { mode: 'auto' } });
    expect((await doors.call(`/api/accounts/${first}/policy`)).body).toMatchObject({ modes: { title: 'auto', price: 'observe' } });
    expect((await doors.call(`/api/accounts/${second}/policy`)).body).toMatchObject({ modes: { title: 'observe' } });
    expect((await doors.call(`/api/accounts/${first}/first-report`)).body).toMatchObject({ title: 'Лавка', observes: false });
    expect((await doors.call(`/api/accounts/${second}/first-report`)).body).toMatchObject({ title: 'Склад', observes: true, complete: false, matched: 0 });
  });

  it('make no products of cards that are still being read', async () => {
    const { status, body } = await doors.call(`/api/accounts/${second}/adopt`, { method: 'POST', body: {} });
    expect([status, body['code']]).toEqual([409, 'wrong-state']);
    expect(JSON.stringify(body)).toContain('ещё читаются');
  });
});
