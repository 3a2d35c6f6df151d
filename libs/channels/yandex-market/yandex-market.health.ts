import { type Diagnostic, Unauthorised, readDoc, readList, readText } from '#kernel';
import type { HealthReport, Run } from '#channels/contract';
import type { Cabinet } from './yandex-market.cabinet.js';
import { stockWarehouse } from './yandex-market.stock-reading.js';
import type { Reading } from './yandex-market.sweep.js';

/** What the adapter does with each right; either of a list will do. */
const RIGHTS: readonly { readonly scope: string; readonly write: boolean }[] = [
  { scope: 'OFFERS_AND_CARDS_MANAGEMENT', write: true },
  { scope: 'PRICING', write: true },
  { scope: 'INVENTORY_AND_ORDER_PROCESSING', write: false },
];
const ALL = 'ALL_METHODS';
const READ_ONLY = '_READ_ONLY';

/** Rights of the key, the store, and the cabinet's paid level, which is taught to the budget. A refused key is a report, not an exception. */
export async function health(reading: Reading, run: Run): Promise<HealthReport> {
  const diagnostics: Diagnostic[] = [];
  const say = (severity: Diagnostic['severity'], code: string, params?: Diagnostic['params']) =>
    diagnostics.push({ severity, path: '', code, ...(params === undefined ? {} : { params }) });
  try {
    const { body } = await reading.client.call('token', {}, run);
    const key = readDoc(readDoc(body['result'], 'token.result')['apiKey'], 'token.apiKey');
    const scopes = new Set(readList(key['authScopes'], 'token.authScopes').map(readText));
    for (const { scope, write } of RIGHTS) {
      if (scopes.has(ALL) || scopes.has(scope)) continue;
      const reads = scopes.has(`${ALL}${READ_ONLY}`) || scopes.has(`${scope}${READ_ONLY}`);
      if (!reads) say('error', 'yandex-market.scope-missing', { scope });
      else if (write) say('warning', 'yandex-market.scope-read-only', { scope });
    }
    const cabinet = await reading.cabinet.get(run);
    await checkStore(reading, cabinet, say, run);
    if (stockWarehouse(await reading.stocks.warehouses(run)) === undefined) say('warning', 'yandex-market.no-warehouse');
    if (cabinet.currency === '') say('warning', 'yandex-market.currency-unknown');
  } catch (error) {
    if (!(error instanceof Unauthorised)) throw error;
    say('error', 'yandex-market.key-refused', { message: error.message });
  }
  return { ok: !diagnostics.some((diagnostic) => diagnostic.severity === 'error'), diagnostics };
}

type Say = (severity: Diagnostic['severity'], code: string, params?: Diagnostic['params']) => unknown;

async function checkStore(reading: Reading, cabinet: Cabinet, say: Say, run: Run): Promise<void> {
  const store = (await reading.cabinet.stores(run)).find((one) => one.campaignId === cabinet.campaignId);
  if (store === undefined || store.businessId !== cabinet.businessId) return void say('error', 'yandex-market.store-unknown', { campaignId: cabinet.campaignId });
  if (store.availability !== 'AVAILABLE') say('error', 'yandex-market.store-closed', { campaignId: store.campaignId, reason: store.availability });
  if (store.placement === 'FBY') say('warning', 'yandex-market.store-of-market', { campaignId: store.campaignId });
}
