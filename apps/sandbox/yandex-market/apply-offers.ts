import { DELETABLE, dimensionsOf, facetsOf, KEPT_AS_IS } from './offer-input.js';
import { applyPrice } from './apply-prices.js';
import { FACETS, type Card, type CardPicture, type Note } from './model.js';
import type { Office } from './office.js';
import { mergedParameters, missingParameters } from './parameters.js';
import type { Task } from './tasks.js';
import { cleanDescription, hasContacts } from './text.js';
import type { OfferInput, OffersWork, ParametersWork } from './work.js';
import { changeBy } from './writes.js';

/** What a new offer brings at once; its price has a way of its own. */
const OF_NEW = FACETS.filter((facet) => facet !== 'status' && facet !== 'stock' && facet !== 'price');

/** Makes the offers of a request that are new, changes the others by what it names. */
export function applyOffers(office: Office, task: Task, { offers }: OffersWork): void {
  for (const input of offers) {
    const known = office.cards.find(input.offerId);
    const card = known ?? newCard(office, input.offerId);
    const facets = known ? facetsOf(input).filter((facet) => facet !== 'category' || !namesItAlong(card, input)) : OF_NEW;
    if (facets.length > 0) changeBy(office, task, card, facets, () => ({ excused: !takeIn(office, card, input) || !known }));
    if (input.basicPrice) applyPrice(office, task, card, input.basicPrice);
    goOn(office, task, card);
  }
}

/** Characteristics are to come with the category they are of: where that is the card's own, nobody meant to change it. */
function namesItAlong({ categoryId, market }: Card, { marketCategoryId, parameterValues }: OfferInput): boolean {
  return Boolean(parameterValues) && marketCategoryId === categoryId && (market.sku === 0 || market.categoryId === categoryId);
}

/** Changes characteristics of offers; an offer that is gone by now is passed over. */
export function applyParameters(office: Office, task: Task, { offers }: ParametersWork): void {
  for (const { offerId, parameterValues } of offers) {
    const card = office.cards.find(offerId);
    if (!card) continue;
    changeBy(office, task, card, ['attributes'], () => {
      setParameters(card, parameterValues);
      card.errors = card.market.sku > 0 ? [] : refusalsOfNew(card);
    });
    goOn(office, task, card);
  }
}

/** The first card of offers that may have one. */
export function applyCards(office: Office, offerIds: readonly string[]): void {
  for (const offerId of offerIds) {
    const card = office.cards.find(offerId);
    if (!card?.creating) continue;
    card.creating = false;
    card.market = { sku: office.cards.newSku(), categoryId: card.categoryId };
    office.cards.save(card);
  }
}

/** What follows of a change by itself: pictures are fetched, a first card is made. */
function goOn(office: Office, { key, method }: Task, card: Card): void {
  const { media_seconds: media, card_seconds: first } = office.cabinet.current;
  if (card.pictures.some(({ state }) => state === 'UPLOADING')) office.tasks.add({ key, method, within: media, work: { kind: 'media', offerIds: [card.offerId] } });
  const isReady = card.market.sku === 0 && !card.creating && !card.foreignCard && card.errors.length === 0 && missingParameters(card.categoryId, card.parameters).length === 0;
  if (!isReady) return;
  card.creating = true;
  office.cards.save(card);
  office.tasks.add({ key, method, within: first, work: { kind: 'card', offerIds: [card.offerId] } });
}

/** False when the change was refused: what a live card says changes as a whole or not at all. */
function takeIn(office: Office, card: Card, input: OfferInput): boolean {
  const refusals = card.market.sku > 0 ? textRefusals(input) : [];
  card.errors = refusals;
  if (refusals.length > 0) return false;
  change(office, card, input);
  if (card.market.sku === 0) card.errors = refusalsOfNew(card);
  return true;
}

function change(office: Office, card: Card, input: OfferInput): void {
  card.removed = false;
  for (const name of input.deleteParameters ?? []) clear(card, DELETABLE[name] ?? '');
  card.name = input.name?.trim() ?? card.name;
  card.description = input.description === undefined ? card.description : cleanDescription(input.description);
  card.vendor = input.vendor?.trim() ?? card.vendor;
  card.vendorCode = input.vendorCode?.trim() ?? card.vendorCode;
  card.barcodes = input.barcodes ? [...input.barcodes] : card.barcodes;
  if (input.marketCategoryId !== undefined) {
    card.categoryId = input.marketCategoryId;
    if (card.market.sku > 0) card.market = { ...card.market, categoryId: input.marketCategoryId };
  }
  if (input.weightDimensions && !card.measured) card.dimensions = dimensionsOf(input.weightDimensions);
  if (input.pictures) card.pictures = input.pictures.map((url) => pictureOf(office, card, url));
  for (const name of KEPT_AS_IS) if (input[name] !== undefined && input[name] !== null) card.more = { ...card.more, [name]: input[name] };
  card.warnings = [];
  if (input.parameterValues) setParameters(card, input.parameterValues);
}

function clear(card: Card, name: string): void {
  switch (name) {
    case 'pictures':
      card.pictures = [];
      break;
    case 'barcodes':
      card.barcodes = [];
      break;
    case 'parameterValues':
      card.parameters = [];
      break;
    case 'description':
    case 'vendorCode':
      card[name] = '';
      break;
    default: {
      const { [name]: _gone, ...rest } = card.more;
      card.more = rest;
    }
  }
}

function setParameters(card: Card, values: ParametersWork['offers'][number]['parameterValues']): void {
  const { parameters, dropped } = mergedParameters(card.categoryId, card.parameters, values);
  card.parameters = parameters;
  card.warnings = dropped;
}

/** A picture the card already has is not fetched again; one of the market's own addresses brings the same bytes. */
function pictureOf({ pictures }: Office, card: Card, url: string): CardPicture {
  const known = card.pictures.find(({ source, state }) => source === url && state === 'UPLOADED');
  if (known) return known;
  const link = pictures.linkOf(pictures.cdnOf(url) ?? '');
  if (link) return { ...pictures.host(link.hash, url), state: 'UPLOADED' };
  return { cdn: '', hash: '', source: url, quality: 0, half: false, state: 'UPLOADING' };
}

function textRefusals({ name = '', description = '' }: Pick<OfferInput, 'name' | 'description'>): Note[] {
  const of = (text: string, where: string): Note[] => (hasContacts(text) ? [{ message: `${where} содержит контактные данные`, comment: 'Удалите телефоны и адреса' }] : []);
  return [...of(name, 'Название'), ...of(description, 'Описание')];
}

/** Why an offer gets no first card. */
function refusalsOfNew(card: Card): Note[] {
  const given = { name: card.name, marketCategoryId: card.categoryId, pictures: card.pictures.length, vendor: card.vendor, description: card.description };
  const missing = Object.entries(given).filter(([, value]) => !value);
  return [...textRefusals(card), ...missing.map(([member]) => ({ message: `Не заполнено обязательное поле ${member}`, comment: 'Передайте его, чтобы карточка появилась' }))];
}

/** Not in any list yet. */
function newCard({ cards, clock }: Office, offerId: string): Card {
  const now = clock.now();
  return {
    seq: cards.placeOf(offerId),
    offerId,
    name: '',
    description: '',
    vendor: '',
    vendorCode: '',
    categoryId: 0,
    pictures: [],
    barcodes: [],
    dimensions: null,
    parameters: [],
    more: {},
    market: { sku: 0, categoryId: 0 },
    creating: false,
    foreignCard: false,
    errors: [],
    warnings: [],
    price: null,
    lastValid: 0,
    quarantine: null,
    storePrices: {},
    vats: {},
    stocks: {},
    hidden: [],
    absent: [],
    archived: false,
    blocked: '',
    measured: false,
    createdAt: now,
    updatedAt: now,
    removed: true,
    lastDelaySeconds: 0,
  };
}
