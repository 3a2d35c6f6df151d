import { offerCard } from '../answers/card.js';
import { findLeaf, isBranch, parametersOf, treeAnswer, type Parameter } from '../categories.js';
import { contentRating } from '../content-rating.js';
import { endpoint, ok, unlessEmpty, type Endpoint } from '../endpoint.js';
import { perHour, perMinute } from '../limits.js';
import { categoryFault } from '../offer-input.js';
import { listed, meets, OFFER_FILTER, type OfferFilter } from '../offer-filter.js';
import { parameterFaults, type ItemFault } from '../parameters.js';
import { badRequest, notFound } from '../problem.js';
import { filterOf, flag, listOf, offerId, offerIds, shape } from '../shapes.js';
import type { ParametersWork } from '../work.js';
import { result } from './catalog.js';
import { PARAMETERS_SHAPE } from './offer-shape.js';

const PATH = '/v2/businesses/{businessId}/offer-cards';
const READ = { areas: ['offers-and-cards-management'] } as const;
const WRITE = { ...READ, writes: true } as const;

type ContentInput = ParametersWork['offers'][number] & { categoryId: number };

/** Content of cards, the tree of categories and their characteristics. */
export const contentEndpoints: Endpoint[] = [
  endpoint<(OfferFilter & { withRecommendations?: boolean }) | undefined>(
    {
      ...{ verb: 'POST', path: PATH, need: READ, limit: perMinute('offer-cards', 100, 600) },
      body: shape({
        offerIds: filterOf(offerId, 200),
        cardStatuses: OFFER_FILTER.cardStatuses,
        categoryIds: { ...OFFER_FILTER.categoryIds, maxItems: 200 },
        withRecommendations: flag,
      }),
    },
    (call, filter) => {
      const { office } = call;
      const page = listed(call, 'offer-cards', filter ?? {}, { usual: 100, most: 200, over: 'refuse' }, (card) => !card.archived && meets(office, card, filter ?? {}));
      const rated = page.cards.filter((card) => card.market.sku > 0).map(contentRating);
      const average = rated.length > 0 ? Math.round(rated.reduce((sum, one) => sum + one, 0) / rated.length) : 0;
      return ok(page.answer('offerCards', (card) => offerCard(office, card, filter?.withRecommendations ? { average } : undefined)));
    },
  ),

  endpoint<{ offersContent: ContentInput[] }>(
    {
      ...{ verb: 'POST', path: `${PATH}/update`, need: WRITE, limit: perMinute('offer-cards/update', 5000, 10_000) },
      units: ({ offersContent }) => offersContent.length,
      bodyNeeded: true,
      body: shape(
        {
          offersContent: listOf(
            shape({ offerId, categoryId: { type: 'integer', exclusiveMinimum: 0 }, parameterValues: PARAMETERS_SHAPE({ type: 'array' }) }, [
              'offerId',
              'categoryId',
              'parameterValues',
            ]),
            100,
          ),
        },
        ['offersContent'],
      ),
    },
    ({ office, key, method }, { offersContent }) => {
      const offers = offersContent.map((one) => ({ ...one, offerId: one.offerId.trim() }));
      const results = offers.flatMap((one) => {
        const faults = contentFaults(one, office.cards.find(one.offerId) !== undefined);
        if (office.faults.failsItem(one.offerId)) faults.push({ type: 'OFFER_NOT_FOUND', message: 'Внутренняя ошибка, повторите запрос' });
        return result(one.offerId, faults);
      });
      if (results.length > 0) return { body: { status: 'ERROR', results } };
      const work = { kind: 'parameters', offers: offers.map(({ offerId: id, parameterValues }) => ({ offerId: id, parameterValues })) } as const;
      office.tasks.add({ key, method, within: office.cabinet.current.catalog_seconds, work });
      return ok();
    },
  ),

  endpoint({ verb: 'POST', path: '/v2/categories/tree', need: {}, limit: perHour('categories/tree', 50, 100), body: shape({ language: { enum: ['RU', 'EN'] } }) }, () =>
    ok(treeAnswer()),
  ),

  endpoint({ verb: 'POST', path: '/v2/category/{categoryId}/parameters', need: READ, limit: perMinute('category/parameters', 100) }, ({ params }) => {
    const id = Number(params['categoryId']);
    if (isBranch(id)) throw badRequest('Category is not a leaf.');
    if (!findLeaf(id)) throw notFound('Unknown category');
    return ok({ categoryId: id, ...unlessEmpty('parameters', parametersOf(id).map(parameterAnswer)) });
  }),

  endpoint<{ offerIds: string[]; skipIfExists?: boolean }>(
    {
      ...{ verb: 'POST', path: '/v1/businesses/{businessId}/offer-mappings/barcodes/generate', need: WRITE, limit: perMinute('barcodes/generate', 5000, 10_000) },
      units: (body) => body.offerIds.length,
      bodyNeeded: true,
      body: shape({ offerIds: offerIds(100), skipIfExists: flag }, ['offerIds']),
    },
    ({ office, key, method }, { offerIds: named, skipIfExists = false }) => {
      const cards = named.map((id) => ({ id, card: office.cards.find(id) }));
      const offers = cards
        .filter(({ card }) => card && !(skipIfExists && card.barcodes.length > 0))
        .map(({ id, card }) => ({ offerId: id, barcodes: [...(card?.barcodes ?? []), office.cards.newBarcode()] }));
      if (offers.length > 0) office.tasks.add({ key, method, within: office.cabinet.current.catalog_seconds, work: { kind: 'offers', offers } });
      return ok({ unprocessedOfferIds: cards.filter(({ card }) => !card).map(({ id }) => id) });
    },
  ),
];

function contentFaults({ categoryId, parameterValues }: ContentInput, exists: boolean): ItemFault[] {
  if (!exists) return [{ type: 'OFFER_NOT_FOUND', message: 'Товара нет в каталоге' }];
  const wrong = categoryFault(categoryId);
  return wrong ? [wrong] : parameterFaults(categoryId, parameterValues);
}

function parameterAnswer(parameter: Parameter): object {
  const { id, name, type, units, defaultUnit, values, required, filtering = false, distinctive = false, multivalue = false, custom = false, maxLength, recommendation } = parameter;
  return {
    id,
    name,
    type,
    ...(units.length > 0 ? { unit: { defaultUnitId: defaultUnit, units: units.map(({ id: unitId, name: symbol, fullName }) => ({ id: unitId, name: symbol, fullName })) } } : {}),
    ...(recommendation ? { recommendationTypes: [recommendation] } : {}),
    required,
    filtering,
    distinctive,
    multivalue,
    allowCustomValues: custom,
    ...unlessEmpty('values', values),
    ...(maxLength === undefined ? {} : { constraints: { maxLength } }),
  };
}
