import type { ChannelDescriptor, Facet, WriteOperation } from '#channels/contract';
import { BATCH } from './woocommerce.batch-size.js';
import { BUCKET } from './woocommerce.errors.js';

/** The site answers when it is done; caches before it may show the old page a while. */
const SETTLE_MS = 2 * 60_000;
/** Products are read just before their pictures go one request after another: not so many that what was read is old. */
const MEDIA_BATCH = 50;

/** A call that names what it changes and replaces nothing else. */
const patch = (id: string, writes: readonly Facet[], more: Partial<WriteOperation> = {}): WriteOperation => ({
  id,
  writes,
  replaces: [],
  creates: false,
  when: 'listed',
  batch: BATCH,
  costs: [{ bucket: BUCKET, per: 'call', of: 'any' }],
  settleMs: SETTLE_MS,
  moderates: false,
  immediate: true,
  ...more,
});

const CARD = ['category', 'title', 'description', 'attributes', 'dimensions', 'barcodes'] as const;

const OPERATIONS: readonly WriteOperation[] = [
  patch('stock', ['stock']),
  patch('prices', ['price']),
  // Attributes are replaced whole, and a variation's name and category are its group's: the live ones are needed.
  patch('card', CARD, { needsDocument: true }),
  patch('media', ['media'], { needsDocument: true, batch: MEDIA_BATCH, costs: [{ bucket: BUCKET, per: 'request', of: 'any' }] }),
  patch('publish', ['presence'], { when: 'archived', needsDocument: true }),
  patch('archive', ['presence']),
  patch('create', [...CARD, 'price', 'stock'], { creates: true, when: 'absent' }),
];

const ALL: readonly Facet[] = ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence', 'status', 'price', 'stock'];

/** What a WooCommerce site is to the engine. Figures and their dates: docs/channels/woocommerce.md. */
export const descriptor: ChannelDescriptor = {
  id: 'woocommerce',
  title: { ru: 'WooCommerce (свой сайт)', en: 'WooCommerce (own site)', zh: 'WooCommerce（自有网站）' },
  credentials: [
    { key: 'siteUrl', title: { ru: 'Адрес сайта', en: 'Site address', zh: '网站地址' }, secret: false, required: true },
    { key: 'consumerKey', title: { ru: 'Ключ (ck_…)', en: 'Consumer key (ck_…)', zh: '用户密钥（ck_…）' }, secret: true, required: true },
    { key: 'consumerSecret', title: { ru: 'Секрет (cs_…)', en: 'Consumer secret (cs_…)', zh: '用户密码（cs_…）' }, secret: true, required: true },
    { key: 'requestsPerSecond', title: { ru: 'Запросов в секунду, не больше', en: 'Requests a second, at most', zh: '每秒最多请求数' }, secret: false, required: false },
  ],
  facets: ALL,
  lanes: [
    { id: 'all', facets: ALL, everyMs: 300_000 },
    { id: 'changed', facets: ALL, everyMs: 60_000, partial: true },
  ],
  operations: OPERATIONS,
  // No limit is published: this one is our own courtesy, and a setting of the account changes it.
  buckets: [{ name: BUCKET, kind: 'rate', limit: 4, perMs: 1000 }],
  projection: 2,
  hosts: [],
  ownReferences: true,
};
