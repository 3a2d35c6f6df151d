import type { ChannelDescriptor, Spend, WriteOperation } from '#channels/contract';

/** Everything a task may take: the queue, then moderation (usually minutes; a day at worst is the engine's deadline, not ours). */
const MODERATED_MS = 30 * 60_000;
const CALL = { bucket: 'rps', per: 'call', of: 'any' } as const;
const ITEM = { bucket: 'items', per: 'item', of: 'any' } as const;
const DAILY_CREATE = { bucket: 'daily_create', per: 'item', of: 'create' } as const;
const DAILY_UPDATE = { bucket: 'daily_update', per: 'item', of: 'update' } as const;

const OPERATIONS: readonly WriteOperation[] = [
  {
    id: 'stocks',
    writes: ['stock'],
    replaces: ['stock'],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL, { bucket: 'stock_calls', per: 'call', of: 'any' }],
    settleMs: 2 * 60_000,
    perCard: { times: 1, perMs: 30_000 },
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
    costs: [CALL],
    settleMs: 5 * 60_000,
    perCard: { times: 10, perMs: 3_600_000 },
    moderates: false,
    immediate: true,
  },
  {
    id: 'pictures',
    writes: ['media'],
    replaces: ['media'],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL, ITEM, DAILY_UPDATE],
    settleMs: MODERATED_MS,
    moderates: true,
    immediate: false,
  },
  {
    id: 'attributes',
    writes: ['title', 'description', 'attributes'],
    onlyAdds: ['attributes'],
    replaces: [],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL, ITEM, DAILY_UPDATE],
    settleMs: MODERATED_MS,
    moderates: true,
    immediate: false,
  },
  {
    id: 'barcodes',
    writes: ['barcodes'],
    replaces: [],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL, { bucket: 'barcode_calls', per: 'call', of: 'any' }],
    settleMs: 5 * 60_000,
    moderates: false,
    immediate: true,
  },
  {
    id: 'import',
    writes: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'price'],
    replaces: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'price'],
    // Attributes of others, video, colour picture, files: what the body does not name is washed away.
    keeps: ['attributes'],
    creates: true,
    partly: ['price'],
    batch: 100,
    costs: [CALL, ITEM, DAILY_CREATE, DAILY_UPDATE],
    settleMs: MODERATED_MS,
    moderates: true,
    immediate: false,
  },
  {
    id: 'unarchive',
    writes: ['presence'],
    replaces: ['presence'],
    creates: false,
    when: 'archived',
    batch: 100,
    costs: [CALL, ITEM, DAILY_UPDATE],
    settleMs: 10 * 60_000,
    moderates: false,
    immediate: true,
  },
  {
    id: 'archive',
    writes: ['presence'],
    replaces: ['presence'],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL],
    settleMs: 10 * 60_000,
    moderates: false,
    immediate: true,
  },
  {
    id: 'revalidate',
    writes: ['status'],
    // Attributes are named so that the live ones are carried in: one of them is sent back as it is.
    replaces: ['status', 'attributes'],
    creates: false,
    when: 'listed',
    batch: 100,
    costs: [CALL, ITEM, DAILY_UPDATE],
    settleMs: MODERATED_MS,
    perCard: { times: 3, perMs: 24 * 3_600_000 },
    moderates: true,
    immediate: false,
  },
];

export const OZON_API = 'https://api-seller.ozon.ru';

/** What Ozon is to the engine. Figures and their dates: docs/channels/ozon.md, "Limits" and "Writing". */
export const descriptor: ChannelDescriptor = {
  id: 'ozon',
  title: { ru: 'Ozon', en: 'Ozon', zh: 'Ozon' },
  credentials: [
    { key: 'clientId', title: { ru: 'Client ID', en: 'Client ID', zh: 'Client ID' }, secret: false, required: true },
    { key: 'apiKey', title: { ru: 'API-ключ', en: 'API key', zh: 'API 密钥' }, secret: true, required: true },
    { key: 'baseUrl', title: { ru: 'Адрес API', en: 'API address', zh: 'API 地址' }, secret: false, required: false },
  ],
  facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes', 'presence', 'status', 'price', 'stock'],
  lanes: [
    { id: 'offers', facets: ['presence', 'status', 'price', 'stock'], everyMs: 60_000 },
    { id: 'content', facets: ['category', 'title', 'description', 'media', 'attributes', 'dimensions', 'barcodes'], everyMs: 300_000 },
  ],
  operations: OPERATIONS,
  buckets: [
    { name: 'rps', kind: 'rate', limit: 50, perMs: 1000 },
    { name: 'items', kind: 'rate', limit: 300, perMs: 60_000 },
    { name: 'stock_calls', kind: 'rate', limit: 80, perMs: 60_000 },
    { name: 'barcode_calls', kind: 'rate', limit: 20, perMs: 60_000 },
    { name: 'daily_create', kind: 'daily', limit: 1000, reserve: 0.1 },
    { name: 'daily_update', kind: 'daily', limit: 10_000, reserve: 0.1 },
  ],
  projection: 2,
  hosts: ['api-seller.ozon.ru', 'cdn1.ozone.ru', 'cdn1.ozonru.me', 'ir.ozone.ru', 'ir-20.ozone.ru', 'ir-3.ozone.ru'],
};

/** What one request of an operation draws from the budget. */
export function spendsOf(operation: string, creates: number, updates: number): readonly Spend[] {
  const costs = OPERATIONS.find((candidate) => candidate.id === operation)?.costs ?? [CALL];
  const items = { create: creates, update: updates, any: creates + updates };
  return costs.map((cost) => ({ bucket: cost.bucket, cost: cost.per === 'call' ? 1 : items[cost.of] })).filter((spend) => spend.cost > 0);
}

/** How many items one request of an operation may hold. */
export function batchOf(operation: string): number {
  return OPERATIONS.find((candidate) => candidate.id === operation)?.batch ?? 1;
}
