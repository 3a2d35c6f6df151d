import { id, listOf, method, shape, text, whole, type Call, type Method } from '../method.js';
import { badRequest, notFound } from '../problem.js';
import type { TaskItem } from '../requests.js';
import { taskErrorView } from '../content-errors.js';
import type { TaskKind } from '../task-model.js';

const attributeShape = shape({
  id: whole,
  complex_id: whole,
  values: listOf(shape({ dictionary_value_id: whole, value: text }), 200),
});
const attributesShape = listOf(attributeShape, 1000);
const money = { type: 'string', maxLength: 20 };
const url = { type: 'string', maxLength: 2048 };
const offer = { type: 'string', minLength: 1, maxLength: 50 };

const importItem = shape(
  {
    offer_id: offer,
    name: { type: 'string', maxLength: 500 },
    description_category_id: whole,
    new_description_category_id: whole,
    type_id: whole,
    price: money,
    old_price: money,
    vat: text,
    currency_code: text,
    barcode: { type: 'string', maxLength: 100 },
    depth: whole,
    width: whole,
    height: whole,
    weight: whole,
    dimension_unit: text,
    weight_unit: text,
    images: listOf(url, 50),
    primary_image: url,
    color_image: url,
    attributes: attributesShape,
    complex_attributes: listOf(shape({ attributes: attributesShape }), 100),
    pdf_list: listOf(shape({ index: whole, name: text, src_url: url }), 20),
  },
  ['offer_id', 'description_category_id', 'type_id', 'price'],
);

/** Takes items under the limits and files a task; what goes over a daily limit fails inside the task. */
function file(call: Call, kind: TaskKind, items: TaskItem[], repeated: boolean): number {
  const { market, tasks } = call;
  if (items.length === 0) throw badRequest('items: value must contain at least 1 item(s)');
  const seen = new Set(items.map((i) => i.offer_id));
  if (!repeated && seen.size < items.length) throw badRequest('items: offer_id is repeated');
  market.limits.items(items.length);
  const over: number[] = [];
  const fresh = kind === 'import' ? positions(items, (i) => !market.cards.byOfferId(i.offer_id ?? '')) : [];
  const known = positions(items, (i) => kind !== 'import' || market.cards.byOfferId(i.offer_id ?? '') !== undefined);
  const total = market.cabinet.current.total;
  const room = total < 0 || market.cabinet.current.limits === 'off' ? fresh.length : Math.max(0, total - market.cards.listed);
  over.push(...fresh.slice(room));
  const toCreate = fresh.slice(0, room);
  if (toCreate.length > 0) over.push(...toCreate.slice(market.limits.daily('create', toCreate.length)));
  if (known.length > 0) over.push(...known.slice(market.limits.daily('update', known.length)));
  return tasks.submit(kind, call.key, items, over).id;
}

function positions(items: TaskItem[], test: (item: TaskItem) => boolean): number[] {
  return items.flatMap((item, i) => (test(item) ? [i] : []));
}

const productImport = method<{ items: TaskItem[] }>('/v3/product/import', shape({ items: listOf(importItem, 100) }, ['items']), (call, body) => ({
  result: { task_id: file(call, 'import', body.items, false) },
}));

const attributesUpdate = method<{ items: TaskItem[] }>(
  '/v1/product/attributes/update',
  shape({ items: listOf(shape({ offer_id: offer, attributes: attributesShape }, ['offer_id']), 100) }, ['items']),
  (call, body) => ({ task_id: file(call, 'attributes', body.items, false) }),
);

const picturesImport = method<{ items: TaskItem[] }>(
  '/v2/product/pictures/import',
  shape({ items: listOf(shape({ offer_id: offer, images: listOf(url, 50), primary_image: url, color_image: url }, ['offer_id']), 100) }, ['items']),
  (call, body) => ({ task_id: file(call, 'pictures', body.items, false) }),
);

const importInfo = method<{ task_id: number | string }>('/v1/product/import/info', shape({ task_id: id }, ['task_id']), ({ tasks }, body) => {
  const task = tasks.find(Number(body.task_id));
  if (!task) throw notFound('task not found');
  return {
    result: {
      items: task.results.map((r) => ({
        offer_id: r.offerId,
        product_id: r.productId,
        status: r.status,
        errors: r.errors.map(taskErrorView),
      })),
      total: task.results.length,
    },
  };
});

export const contentMethods: Method[] = [productImport, attributesUpdate, picturesImport, importInfo];
