import type { ChannelDescriptor, WriteOperation } from '#channels/contract';
import { type BucketName, BUCKETS } from './yandex-market.limits.js';

/** "Within several minutes", and Market looks at every change of content. */
const CONTENT_MS = 35 * 60_000;
const OFFER_MS = 15 * 60_000;

/** What goes together: so many cards as one question reads before their change, or as one request may hold. */
const BATCH = { content: 200, prices: 500, stocks: 2000, archive: 200, release: 200 } as const;

const perItem = (bucket: BucketName) => [{ bucket, per: 'item', of: 'any' }] as const;
const UPDATE = { creates: false, when: 'listed' } as const;
const shared = { ...UPDATE, moderates: false, immediate: true } as const;
const content = { moderates: true, immediate: false, batch: BATCH.content, costs: perItem('updateOffers'), settleMs: CONTENT_MS } as const;

const OPERATIONS: readonly WriteOperation[] = [
  { ...shared, id: 'stocks', writes: ['stock'], replaces: ['stock'], batch: BATCH.stocks, costs: perItem('setStocks'), settleMs: OFFER_MS },
  // The floor for promotions is erased by a price that does not name it, and has no facet.
  {
    ...shared,
    id: 'prices',
    writes: ['price'],
    replaces: ['price'],
    reads: ['price'],
    batch: BATCH.prices,
    costs: perItem('commonPrices'),
    settleMs: OFFER_MS,
    needsDocument: true,
  },
  // Of characteristics the full set goes, for which the cards alone are read.
  {
    ...content,
    ...UPDATE,
    id: 'offer',
    writes: ['title', 'description', 'media', 'attributes', 'dimensions'],
    replaces: [],
    needsDocument: ['attributes'],
    reads: [],
  },
  // A list that is sent takes the place of the old one, with what others put on it.
  { ...content, ...UPDATE, id: 'barcodes', writes: ['barcodes'], replaces: ['barcodes'], needsDocument: true },
  {
    ...content,
    id: 'card',
    // A price that comes with an offer cannot name the floor for promotions: it goes by its own call, which can.
    writes: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes'],
    replaces: ['category', 'attributes', 'barcodes'],
    creates: true,
    needsDocument: true,
  },
  { ...shared, id: 'unarchive', writes: ['presence'], replaces: ['presence'], when: 'archived', batch: BATCH.archive, costs: perItem('unarchive'), settleMs: OFFER_MS },
  { ...shared, id: 'archive', writes: ['presence'], replaces: ['presence'], batch: BATCH.archive, costs: perItem('archive'), settleMs: OFFER_MS },
  // Which call brings a card back on sale depends on what keeps it from it.
  {
    ...shared,
    id: 'release',
    writes: ['status'],
    replaces: ['status'],
    reads: ['presence', 'status', 'price'],
    batch: BATCH.release,
    costs: perItem('show'),
    settleMs: OFFER_MS,
    needsDocument: true,
    lifts: ['price-quarantine'],
  },
];

/** What Yandex Market is to the engine. Figures and their dates: docs/channels/yandex-market.md, "Limits" and "Writing". */
export const descriptor: ChannelDescriptor = {
  id: 'yandex-market',
  title: { ru: 'Яндекс Маркет', en: 'Yandex Market', zh: 'Yandex Market' },
  credentials: [
    { key: 'apiKey', title: { ru: 'API-ключ', en: 'API key', zh: 'API 密钥' }, secret: true, required: true },
    { key: 'campaignId', title: { ru: 'Номер магазина (campaignId)', en: 'Store number (campaignId)', zh: '店铺编号（campaignId）' }, secret: false, required: false },
    { key: 'businessId', title: { ru: 'Номер кабинета (businessId)', en: 'Cabinet number (businessId)', zh: '商家后台编号（businessId）' }, secret: false, required: false },
    { key: 'baseUrl', title: { ru: 'Адрес API', en: 'API address', zh: 'API 地址' }, secret: false, required: false },
  ],
  facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence', 'status', 'price', 'stock'],
  lanes: [
    { id: 'offers', facets: ['status', 'price', 'stock'], everyMs: 60_000 },
    { id: 'content', facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence'], everyMs: 300_000 },
  ],
  operations: OPERATIONS,
  buckets: BUCKETS,
  projection: 2,
  // Warehouses, and which characteristics tell variants apart, are each cabinet's own.
  ownReferences: true,
  hosts: ['api.partner.market.yandex.ru', 'avatars.mds.yandex.net'],
};
