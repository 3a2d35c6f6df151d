import { priceAnswer } from '../answers/offer.js';
import { stamp } from '../clock-text.js';
import { CURRENCY, type Campaign } from '../cabinet.js';
import { endpoint, ok, unlessEmpty, type Call, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import type { Card } from '../model.js';
import { wire } from '../money.js';
import type { Office } from '../office.js';
import { listed, meets, OFFER_FILTER, type OfferFilter } from '../offer-filter.js';
import { checkPrice } from '../price-input.js';
import { badRequest, notFound } from '../problem.js';
import { CAMPAIGN_STATUSES, filterOf, flag, listOf, offerId, offerIds, shape, whole, type CampaignStatus } from '../shapes.js';
import { campaignStatus, storeErrors } from '../status.js';
import type { VisibilityWork } from '../work.js';

const PATH = '/v2/campaigns/{campaignId}';
const READ = { areas: ['offers-and-cards-management'] } as const;
const WRITE = { ...READ, writes: true } as const;
const hidden = shape({ hiddenOffers: listOf(shape({ offerId }, ['offerId']), 500) }, ['hiddenOffers']);

interface Hidden {
  hiddenOffers: { offerId: string }[];
}

/** What is placed in one store, and what the seller hides there. */
export const storeEndpoints: Endpoint[] = [
  endpoint<OfferFilter & { statuses?: CampaignStatus[] | null }>(
    {
      ...{ verb: 'POST', path: `${PATH}/offers`, need: READ, limit: perMinute('campaign offers', 1000, 10_000), bodyNeeded: true },
      body: shape({ ...OFFER_FILTER, offerIds: filterOf(offerId, 200), statuses: filterOf({ enum: CAMPAIGN_STATUSES }) }),
    },
    (call, filter) => {
      const { office } = call;
      const campaign = store(call);
      const isIn = (card: Card): boolean => {
        const status = campaignStatus(office, card, campaign);
        return status !== undefined && (!filter.statuses || filter.statuses.includes(status));
      };
      const page = listed(call, `offers ${campaign.id}`, filter, { usual: 100, most: 200, over: 'refuse' }, (card) => isIn(card) && meets(office, card, filter));
      return ok(page.answer('offers', (card) => placed(office, card, campaign)));
    },
  ),

  endpoint<{ offers: { offerId: string; vat?: number; available?: boolean }[] }>(
    {
      ...{
        verb: 'POST',
        path: `${PATH}/offers/update`,
        need: WRITE,
        limit: perMinute('campaign offers/update', 5000, 10_000),
        units: ({ offers }) => offers.length,
        bodyNeeded: true,
      },
      body: shape({ offers: listOf(shape({ offerId, vat: whole, available: flag }, ['offerId']), 500) }, ['offers']),
    },
    (call, { offers }) => {
      const { office } = call;
      const { id } = store(call);
      offers.forEach(({ offerId: article, vat }, index) => checkPrice({ value: 1, vat }, article, index));
      for (const { offerId: article, vat } of offers) {
        const card = office.cards.find(article.trim());
        if (!card || vat === undefined) continue;
        card.vats = { ...card.vats, [id]: vat };
        office.cards.save(card);
      }
      order(
        call,
        'put-in',
        offers.map((one) => one.offerId),
      );
      return ok();
    },
  ),

  endpoint<{ offerIds: string[] }>(
    {
      ...{
        verb: 'POST',
        path: `${PATH}/offers/delete`,
        need: WRITE,
        limit: perMinute('campaign offers/delete', 5000, 10_000),
        units: (body) => body.offerIds.length,
        bodyNeeded: true,
      },
      body: shape({ offerIds: offerIds(500) }, ['offerIds']),
    },
    (call, { offerIds: named }) => {
      const refused = named.filter((article) => !call.office.cards.find(article) || call.office.faults.failsItem(article));
      order(
        call,
        'take-out',
        named.filter((article) => !refused.includes(article)),
      );
      return ok(unlessEmpty('notDeletedOfferIds', refused));
    },
  ),

  ...(['hide', 'show'] as const).map((change) =>
    endpoint<Hidden>(
      {
        ...{ verb: 'POST', path: `${PATH}/hidden-offers${change === 'show' ? '/delete' : ''}`, need: WRITE, limit: perMinute(`hidden-offers ${change}`, 5000, 10_000) },
        units: ({ hiddenOffers }) => hiddenOffers.length,
        bodyNeeded: true,
        body: hidden,
      },
      (call, { hiddenOffers }) => {
        order(call, change, distinct(hiddenOffers));
        return ok();
      },
    ),
  ),

  endpoint({ verb: 'GET', path: `${PATH}/hidden-offers`, need: READ, limit: perMinute('hidden-offers', 100, 10_000) }, (call) => {
    const { id } = store(call);
    const named = call.query['offer_id']?.split(',').map((one) => one.trim());
    const isHidden = (card: Card): boolean => card.hidden.includes(id);
    const page = listed(call, `hidden ${id}`, named ? { offerIds: named } : {}, { usual: 250, most: 500, over: 'refuse' }, isHidden);
    return ok({ paging: page.paging, hiddenOffers: page.cards.filter(isHidden).map((card) => ({ offerId: card.offerId })) });
  }),
];

function store({ campaign }: Call): Campaign {
  if (!campaign) throw notFound('Campaign not found');
  return campaign;
}

function placed(office: Office, card: Card, campaign: Campaign): object {
  const own = card.storePrices[String(campaign.id)];
  const vat = own?.vat || card.vats[String(campaign.id)];
  return {
    offerId: card.offerId,
    ...(card.price ? { basicPrice: priceAnswer(card.price) } : {}),
    ...(own
      ? {
          campaignPrice: {
            value: wire(own.value),
            currencyId: CURRENCY,
            ...(own.base > 0 ? { discountBase: wire(own.base) } : {}),
            ...(vat ? { vat } : {}),
            updatedAt: stamp(own.at),
          },
        }
      : vat
        ? { campaignPrice: { vat, updatedAt: stamp(card.updatedAt) } }
        : {}),
    status: campaignStatus(office, card, campaign) ?? 'NO_CARD',
    ...unlessEmpty('errors', [...storeErrors(card), ...card.errors]),
    ...unlessEmpty('warnings', card.warnings),
  };
}

function distinct(offers: readonly { offerId: string }[]): string[] {
  const articles = offers.map((one) => one.offerId.trim());
  for (const article of articles) {
    const places = articles.flatMap((one, at) => (one === article ? [at] : []));
    if (places.length > 1) throw badRequest(`Duplicate offerId='${article}' at positions '${places.join(', ')}'.`);
  }
  return articles;
}

function order(call: Call, change: VisibilityWork['change'], articles: readonly string[]): void {
  if (articles.length === 0) return;
  const { office, key, method } = call;
  const offers = articles.map((one) => one.trim()).filter((one) => change === 'take-out' || !office.faults.failsItem(one));
  office.tasks.add({ key, method, within: office.cabinet.current.visibility_seconds, work: { kind: 'visibility', change, campaignId: store(call).id, offerIds: offers } });
}
