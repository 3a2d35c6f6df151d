import { type Doc, readDoc, readDocOrEmpty, readKey, readList, readText } from '#kernel';
import type { CardValues, Facet, PriceValue, Run } from '#channels/contract';
import type { Cabinet, CabinetReader } from './yandex-market.cabinet.js';
import type { YandexClient } from './yandex-market.client.js';
import { Kept } from './yandex-market.kept.js';
import { minorOf } from './yandex-market.money.js';
import { priceOf } from './yandex-market.observe.js';
import { readAll, readNamed } from './yandex-market.paging.js';
import { type Trouble, TROUBLED, statusOf } from './yandex-market.status.js';

/** A price that waits for somebody's word, in minor units; 0 when the answer does not tell it. */
export type Quarantine = ReadonlyMap<string, number>;

/** What no offer tells about itself, by article. */
interface Reports {
  readonly quarantine: Quarantine;
  readonly troubles: ReadonlyMap<string, Trouble>;
}

const MINUTE_MS = 60_000;
const PAGE = 200;
/** What a card has against it from before our last change of it says nothing about that change until Market has looked again. */
export const RECHECK_MS = 5 * MINUTE_MS;
const SENT_KEPT = 50_000;

/** Turns offers of the store into their status and price. */
export class OfferReader {
  private readonly kept: Kept<Reports>;
  private readonly sentAt = new Map<string, number>();

  constructor(
    private readonly client: YandexClient,
    private readonly cabinet: CabinetReader,
  ) {
    this.kept = new Kept(client.ports.clock, MINUTE_MS, async (run) => {
      const { businessId } = await cabinet.get(run);
      const call = { ids: { businessId }, query: { limit: PAGE } };
      return {
        quarantine: quarantineOf(await readAll(client, quarantineMethod(await cabinet.get(run)), 'offers', { ids: await this.ids(run), query: call.query, body: {} }, run)),
        troubles: troublesOf(await readAll(client, 'cards', 'offerCards', { ...call, body: { cardStatuses: TROUBLED } }, run)),
      };
    });
  }

  /** Remembers that these cards have just been changed. */
  noteSent(keys: readonly string[]): void {
    const now = this.client.ports.clock.now();
    if (this.sentAt.size > SENT_KEPT) for (const [key, at] of this.sentAt) if (now - at > RECHECK_MS) this.sentAt.delete(key);
    for (const key of keys) this.sentAt.set(key, now);
  }

  /** The lists that no offer tells, at most a minute old. */
  reports(run: Run): Promise<Reports> {
    return this.kept.get(run);
  }

  /** The same for some articles, as it is now. */
  async reportsOf(keys: readonly string[], run: Run): Promise<Reports> {
    const ids = await this.ids(run);
    const quarantined = await readNamed(this.client, quarantineMethod(await this.cabinet.get(run)), { list: 'offers', ids, most: PAGE }, keys, run);
    const cards = await readNamed(this.client, 'cards', { list: 'offerCards', ids, most: PAGE }, keys, run);
    return { quarantine: quarantineOf(quarantined.items), troubles: troublesOf(cards.items) };
  }

  async ids(run: Run): Promise<{ readonly businessId: string; readonly campaignId: string }> {
    const { businessId, campaignId } = await this.cabinet.get(run);
    return { businessId, campaignId };
  }

  /** Status and price of one item of `campaigns/{id}/offers`. */
  values(offer: Doc, facets: ReadonlySet<Facet>, cabinet: Cabinet, reports: Reports): CardValues {
    const key = readText(offer['offerId']);
    const price = shownPrice(offer, cabinet);
    const recent = this.client.ports.clock.now() - (this.sentAt.get(key) ?? -Infinity) < RECHECK_MS;
    const trouble = recent ? undefined : reports.troubles.get(key);
    return {
      ...(facets.has('status') ? { status: statusOf({ offer, priced: price !== undefined, quarantined: reports.quarantine.has(key), trouble }) } : {}),
      ...(facets.has('price') && price !== undefined ? { price } : {}),
    };
  }
}

/** The price that buyers of this store see: its own where stores may have one, else that of all stores. */
function shownPrice(offer: Doc, cabinet: Cabinet): PriceValue | undefined {
  const own = cabinet.onlyDefaultPrice ? undefined : priceOf(offer['campaignPrice'], 'campaign offers.campaignPrice');
  return own ?? priceOf(offer['basicPrice'], 'campaign offers.basicPrice');
}

/** Prices wait where they were sent. */
export function quarantineMethod(cabinet: Cabinet): 'quarantine' | 'storeQuarantine' {
  return cabinet.onlyDefaultPrice ? 'quarantine' : 'storeQuarantine';
}

function quarantineOf(items: readonly unknown[]): Quarantine {
  return new Map(
    items.map((value) => {
      const doc = readDoc(value, 'quarantine.offers');
      const params = readList(doc['verdicts'], 'quarantine.verdicts')
        .flatMap((verdict) => readList(readDocOrEmpty(verdict)['params'], 'quarantine.params'))
        .map(readDocOrEmpty);
      const current = params.find((param) => readText(param['name']) === 'CURRENT_PRICE')?.['value'] ?? readDocOrEmpty(doc['currentPrice'])['value'];
      return [readKey(doc['offerId'], 'quarantine.offerId'), minorOf(current, 'RUB', 'quarantine.CURRENT_PRICE')];
    }),
  );
}

function troublesOf(items: readonly unknown[]): ReadonlyMap<string, Trouble> {
  const found = new Map<string, Trouble>();
  for (const value of items) {
    const doc = readDoc(value, 'offer cards');
    const cardStatus = readText(doc['cardStatus']);
    if (TROUBLED.includes(cardStatus))
      found.set(readKey(doc['offerId'], 'offer cards.offerId'), { cardStatus, errors: readList(doc['errors'], 'offer cards.errors').map(readDocOrEmpty) });
  }
  return found;
}
