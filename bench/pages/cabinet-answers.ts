import { categoryOf, WAREHOUSE_ID } from './card-bodies.js';

const far = '2027-06-01T00:00:00Z';

/** Everything an account is asked beside its cards; small, the same for every account. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/v1/roles': { expires_at: far, roles: [] },
  '/v1/seller/info': { company: { name: 'Bench', currency: 'RUB', country: 'RU' } },
  '/v4/product/info/limit': {
    daily_create: { limit: 20_000, usage: 0, reset_at: far },
    daily_update: { limit: 20_000, usage: 0, reset_at: far },
    total: { limit: -1, usage: 0 },
    operation_limits: { limit_type: 'RATE_LIMIT_PER_MINUTE', limit: 300 },
  },
  '/v2/warehouse/list': { warehouses: [{ warehouse_id: WAREHOUSE_ID, name: 'FBS', status: 'created', is_rfbs: false }], has_next: false, cursor: '' },
  '/v1/description-category/tree': {
    result: Array.from({ length: 40 }, (_, place) => ({
      description_category_id: categoryOf(place).category,
      category_name: `Категория ${place}`,
      disabled: false,
      children: [{ type_id: categoryOf(place).type, type_name: `Тип ${place}`, disabled: false, children: [] }],
    })),
  },
  '/v1/description-category/attribute': { result: [] },
};

const bodies = new Map(Object.entries(ANSWERS).map(([path, answer]) => [path, Buffer.from(JSON.stringify(answer))]));

/** The answer of a method that has nothing to do with cards. */
export function cabinetAnswer(path: string): Buffer | undefined {
  return bodies.get(path);
}

/** Names of the category a card is in, as the master writes them. */
export function categoryPath(place: number): string {
  return `Категория ${place % 40} / Тип ${place % 40}`;
}
