import { offerMapping } from '../answers/offer.js';
import { endpoint, ok, unlessEmpty, type Call, type Endpoint } from '../endpoint.js';
import { perMinute } from '../limits.js';
import { checkOffers, offerFaults } from '../offer-input.js';
import { listed, meets, OFFER_FILTER, type OfferFilter } from '../offer-filter.js';
import type { ItemFault } from '../parameters.js';
import { filterOf, flag, listOf, offerId, offerIds, shape } from '../shapes.js';
import type { OfferInput, VisibilityWork } from '../work.js';
import { OFFER_SHAPE } from './offer-shape.js';

const PATH = '/v2/businesses/{businessId}/offer-mappings';
const READ = { areas: ['offers-and-cards-management'] } as const;
const WRITE = { ...READ, writes: true } as const;
const ids = (most: number): object => shape({ offerIds: offerIds(most) }, ['offerIds']);

interface Named {
  offerIds: string[];
}

/** The catalog of the business: offers, the archive, the end. */
export const catalogEndpoints: Endpoint[] = [
  endpoint<(OfferFilter & { archived?: boolean }) | undefined>(
    {
      ...{ verb: 'POST', path: PATH, need: READ, limit: perMinute('offer-mappings', 100, 600) },
      body: shape({ ...OFFER_FILTER, offerIds: filterOf(offerId, 100), archived: flag }),
    },
    (call, filter) => {
      const { office } = call;
      const page = listed(
        call,
        'offer-mappings',
        filter ?? {},
        { usual: 50, most: 100, over: 'cut' },
        (card) => card.archived === (filter?.archived ?? false) && meets(office, card, filter ?? {}),
      );
      return ok(page.answer('offerMappings', (card) => offerMapping(office, card)));
    },
  ),

  endpoint<{ offerMappings: { offer: OfferInput }[] }>(
    {
      ...{ verb: 'POST', path: `${PATH}/update`, need: WRITE, limit: perMinute('offer-mappings/update', 5000, 10_000) },
      units: ({ offerMappings }) => offerMappings.length,
      bodyNeeded: true,
      body: shape(
        { offerMappings: listOf(shape({ offer: OFFER_SHAPE, mapping: shape({ marketSku: { type: 'integer', minimum: 1 } }) }, ['offer']), 500), onlyPartnerMediaContent: flag },
        ['offerMappings'],
      ),
    },
    ({ office, key, method }, { offerMappings }) => {
      const offers = offerMappings.map(({ offer }) => ({ ...offer, offerId: offer.offerId.trim() }));
      checkOffers(offers);
      const results = offers.flatMap((offer) => {
        const { errors, warnings } = offerFaults(office.cards.find(offer.offerId), offer);
        if (office.faults.failsItem(offer.offerId)) errors.push({ type: 'EMPTY_MARKET_CATEGORY', message: 'Внутренняя ошибка, повторите запрос' });
        return result(offer.offerId, errors, warnings);
      });
      // One offer in error, and nothing of the request is applied.
      if (results.some((one) => 'errors' in one)) return { body: { status: 'ERROR', results } };
      office.tasks.add({ key, method, within: office.cabinet.current.catalog_seconds, work: { kind: 'offers', offers } });
      return { body: { status: 'OK', ...unlessEmpty('results', results) } };
    },
  ),

  endpoint<Named>(
    {
      verb: 'POST',
      path: `${PATH}/archive`,
      need: WRITE,
      limit: perMinute('offer-mappings/archive', 5000, 10_000),
      units: (body) => body.offerIds.length,
      bodyNeeded: true,
      body: ids(200),
    },
    (call, { offerIds: named }) => {
      const { office } = call;
      const refused = named.flatMap((id) =>
        office.cards.find(id) ? (office.faults.failsItem(id) ? [{ offerId: id, error: 'OFFER_HAS_STOCKS' }] : []) : [{ offerId: id, error: 'UNKNOWN' }],
      );
      later(
        call,
        'archive',
        named.filter((id) => !refused.some((one) => one.offerId === id)),
      );
      return ok(unlessEmpty('notArchivedOffers', refused));
    },
  ),

  endpoint<Named>(
    {
      verb: 'POST',
      path: `${PATH}/unarchive`,
      need: WRITE,
      limit: perMinute('offer-mappings/unarchive', 5000, 10_000),
      units: (body) => body.offerIds.length,
      bodyNeeded: true,
      body: ids(200),
    },
    (call, { offerIds: named }) => ok(unlessEmpty('notUnarchivedOfferIds', eachKnown(call, 'unarchive', named))),
  ),

  endpoint<Named>(
    {
      verb: 'POST',
      path: `${PATH}/delete`,
      need: WRITE,
      limit: perMinute('offer-mappings/delete', 5000, 10_000),
      units: (body) => body.offerIds.length,
      bodyNeeded: true,
      body: ids(500),
    },
    (call, { offerIds: named }) => ok(unlessEmpty('notDeletedOfferIds', eachKnown(call, 'delete', named))),
  ),
];

export function result(id: string, errors: readonly ItemFault[], warnings: readonly ItemFault[] = []): object[] {
  return errors.length + warnings.length > 0 ? [{ offerId: id, ...unlessEmpty('errors', errors), ...unlessEmpty('warnings', warnings) }] : [];
}

/** Orders a change of the offers that exist; answers those it was not ordered for. */
function eachKnown(call: Call, change: VisibilityWork['change'], named: readonly string[]): string[] {
  const { cards, faults } = call.office;
  const refused = new Set(named.filter((id) => !cards.find(id) || faults.failsItem(id)));
  later(
    call,
    change,
    named.filter((id) => !refused.has(id)),
  );
  return [...refused];
}

function later({ office, key, method }: Call, change: VisibilityWork['change'], named: string[]): void {
  if (named.length === 0) return;
  office.tasks.add({ key, method, within: office.cabinet.current.visibility_seconds, work: { kind: 'visibility', change, campaignId: 0, offerIds: named } });
}
