import type { ChannelDescriptor, WriteOperation } from '#channels/contract';
import { API_HOSTS } from './wildberries.client.js';
import { BUCKETS } from './wildberries.limits.js';

/** Creation and its way through the site take up to 30 minutes, an update as long. */
const SLOW_MS = 35 * 60_000;

/** Everything `cards/update` replaces. The subject, pictures, tags and prices of a card it leaves alone. */
const CARD = ['title', 'description', 'attributes', 'dimensions', 'barcodes'] as const;

const OPERATIONS: readonly WriteOperation[] = [
  {
    id: 'stocks',
    writes: ['stock'],
    replaces: ['stock'],
    creates: false,
    when: 'listed',
    batch: 1000,
    costs: [{ bucket: 'stocks', per: 'call', of: 'any' }],
    settleMs: 2 * 60_000,
    moderates: false,
    immediate: true,
  },
  {
    id: 'prices',
    writes: ['price'],
    replaces: ['price'],
    creates: false,
    when: 'listed',
    batch: 1000,
    costs: [{ bucket: 'prices', per: 'call', of: 'any' }],
    settleMs: 10 * 60_000,
    moderates: false,
    immediate: false,
  },
  {
    id: 'media',
    writes: ['media'],
    replaces: ['media'],
    creates: false,
    when: 'listed',
    // A minute of the bucket: the cards are read just before, and every read walks over all of them.
    batch: 100,
    costs: [{ bucket: 'media', per: 'request', of: 'any' }],
    settleMs: 15 * 60_000,
    moderates: false,
    immediate: true,
    // The video goes with the pictures and has no facet.
    needsDocument: true,
  },
  {
    id: 'card',
    writes: CARD,
    replaces: CARD,
    creates: false,
    when: 'listed',
    batch: 500,
    costs: [{ bucket: 'update', per: 'call', of: 'any' }],
    settleMs: SLOW_MS,
    moderates: false,
    immediate: false,
    needsDocument: true,
  },
  {
    id: 'create',
    writes: ['category', ...CARD, 'price'],
    replaces: ['category', ...CARD, 'price'],
    creates: true,
    partly: ['price'],
    when: 'absent',
    batch: 100,
    costs: [{ bucket: 'upload', per: 'call', of: 'any' }],
    settleMs: SLOW_MS,
    moderates: false,
    immediate: false,
  },
  {
    id: 'recover',
    writes: ['presence'],
    replaces: ['presence'],
    creates: false,
    when: 'archived',
    batch: 1000,
    costs: [{ bucket: 'recover', per: 'call', of: 'any' }],
    settleMs: 10 * 60_000,
    moderates: false,
    immediate: true,
  },
  {
    id: 'trash',
    writes: ['presence'],
    replaces: ['presence'],
    creates: false,
    when: 'listed',
    batch: 1000,
    costs: [{ bucket: 'trash', per: 'call', of: 'any' }],
    settleMs: 10 * 60_000,
    moderates: false,
    immediate: true,
  },
];

/** What Wildberries is to the engine. Figures and their dates: docs/channels/wildberries.md, "Limits" and "Writing". */
export const descriptor: ChannelDescriptor = {
  id: 'wildberries',
  title: { ru: 'Wildberries', en: 'Wildberries', zh: 'Wildberries' },
  credentials: [
    { key: 'token', title: { ru: 'Токен API', en: 'API token', zh: 'API 令牌' }, secret: true, required: true },
    { key: 'baseUrl', title: { ru: 'Адрес API', en: 'API address', zh: 'API 地址' }, secret: false, required: false },
  ],
  facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence', 'status', 'price', 'stock'],
  lanes: [
    { id: 'offers', facets: ['status', 'price', 'stock'], everyMs: 60_000 },
    { id: 'content', facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence'], everyMs: 300_000 },
  ],
  operations: OPERATIONS,
  buckets: BUCKETS,
  projection: 3,
  hosts: API_HOSTS,
};

/** How many items one request of an operation may hold. */
export function batchOf(operation: string): number {
  return OPERATIONS.find((candidate) => candidate.id === operation)?.batch ?? 1;
}
