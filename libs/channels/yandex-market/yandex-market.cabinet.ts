import { BrokenContract, Unauthorised, readDoc, readDocOrEmpty, readFlag, readId, readKey, readPresentList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { YandexClient } from './yandex-market.client.js';
import { Kept } from './yandex-market.kept.js';
import { type Tier, teachTier, tierOf } from './yandex-market.limits.js';
import { currencyOf } from './yandex-market.money.js';

/** A store: one way of delivery, with its own stock, visibility and orders. */
export interface Store {
  readonly campaignId: string;
  readonly businessId: string;
  readonly name: string;
  /** FBS, FBY, DBS or LAAS. */
  readonly placement: string;
  /** AVAILABLE, or why the API is closed to it. */
  readonly availability: string;
}

/** The cabinet and the one store of it that the account stands for, with what both allow. */
export interface Cabinet {
  readonly businessId: string;
  readonly campaignId: string;
  /** Stores have no prices of their own. */
  readonly onlyDefaultPrice: boolean;
  /** ISO 4217; '' when not told. */
  readonly currency: string;
  readonly tier: Tier;
}

export interface Chosen {
  readonly businessId: string;
  readonly campaignId: string;
}

/** Stores that deliver what the seller keeps himself, in the order they are preferred. */
const PREFERRED = ['FBS', 'DBS', 'FBY', 'LAAS'];
const PAGE = 100;
const HOUR_MS = 3_600_000;

/** Knows which cabinet and store a key opens; asked anew once an hour. */
export class CabinetReader {
  private readonly kept: Kept<Cabinet>;

  constructor(
    private readonly client: YandexClient,
    private readonly chosen: Chosen,
  ) {
    this.kept = new Kept(client.ports.clock, HOUR_MS, (run) => this.read(run));
  }

  get(run: Run): Promise<Cabinet> {
    return this.kept.get(run);
  }

  /** What was known turned out to be out of date. */
  forget(): void {
    this.kept.forget();
  }

  /** Every store that the key opens. */
  async stores(run: Run): Promise<readonly Store[]> {
    const found: Store[] = [];
    for (let pageToken: string | undefined; ;) {
      const { body } = await this.client.call('campaigns', { query: { limit: PAGE, pageToken } }, run);
      for (const value of readPresentList(body['campaigns'], 'campaigns')) found.push(storeOf(value));
      const next = readText(readDocOrEmpty(body['paging'])['nextPageToken']);
      if (next === '') return found;
      if (next === pageToken) throw new BrokenContract('campaigns: the same page came again', { pageToken });
      pageToken = next;
    }
  }

  private async read(run: Run): Promise<Cabinet> {
    const { businessId, campaignId } = this.chosen.businessId !== '' && this.chosen.campaignId !== '' ? this.chosen : chooseStore(await this.stores(run), this.chosen);
    const { body } = await this.client.call('settings', { ids: { businessId } }, run);
    const result = readDoc(body['result'], 'settings.result');
    const settings = readDoc(result['settings'], 'settings.settings');
    const tier = tierOf(readText(result['subscriptionLevel']));
    teachTier(this.client.ports.budget, tier);
    return { businessId, campaignId, onlyDefaultPrice: readFlag(settings['onlyDefaultPrice']), currency: currencyOf(readText(settings['currency'])), tier };
  }
}

/** The store that was named, else the first that can be worked with. Throws `Unauthorised` when the key opens none. */
export function chooseStore(stores: readonly Store[], chosen: Chosen): Store {
  const mine = stores.filter(
    (store) => (chosen.campaignId === '' || store.campaignId === chosen.campaignId) && (chosen.businessId === '' || store.businessId === chosen.businessId),
  );
  const rank = (store: Store) =>
    (store.availability === 'AVAILABLE' ? 0 : PREFERRED.length + 1) + ((PREFERRED.indexOf(store.placement) + PREFERRED.length + 1) % (PREFERRED.length + 1));
  const [best] = [...mine].sort((a, b) => rank(a) - rank(b));
  if (best !== undefined) return best;
  const named = chosen.campaignId === '' ? '' : ` ${chosen.campaignId}`;
  throw new Unauthorised(`The Api-Key opens no store${named}: name a store of its own cabinet by its campaignId`);
}

function storeOf(value: unknown): Store {
  const doc = readDoc(value, 'campaigns');
  return {
    campaignId: readKey(doc['id'], 'campaigns.id'),
    businessId: readId(readDocOrEmpty(doc['business'])['id'], 'campaigns.business.id'),
    name: readText(doc['domain']),
    placement: readText(doc['placementType']),
    availability: readText(doc['apiAvailability']) || 'AVAILABLE',
  };
}
