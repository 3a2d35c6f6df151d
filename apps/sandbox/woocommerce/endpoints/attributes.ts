import { link } from '../answers/item.js';
import { runBatch } from '../batch.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Body, type Call, type Endpoint } from '../endpoint.js';
import { checkParams, flag, isSent, oneOf, text, truthy, type Shapes } from '../params.js';
import { missingParams, Problem } from '../problem.js';
import type { Attribute } from '../terms.js';
import { looseSlug, plainLine } from '../text.js';

const SHAPES: Shapes = { name: text, slug: text, type: oneOf(['select', 'text']), order_by: oneOf(['menu_order', 'name', 'name_num', 'id']), has_archives: flag };
/** Bytes of a slug, its "pa_" left out. */
const LONGEST_SLUG = 28;

const answer = ({ office }: Call, { id, name, slug, type, orderBy, hasArchives }: Attribute): object => ({
  ...{ id, name, slug, type, order_by: orderBy, has_archives: hasArchives },
  _links: { self: link(office, `/products/attributes/${id}`), collection: link(office, '/products/attributes') },
});

export const attributeEndpoints: readonly Endpoint[] = [
  // The one list without pages.
  { verbs: READING, path: '/products/attributes', act: 'list', run: (call) => ok(call.office.terms.allAttributes().map((one) => answer(call, one))) },
  { verbs: CREATING, path: '/products/attributes', act: 'create', run: (call) => created(answer(call, create(call, call.body))) },
  { verbs: READING, path: '/products/attributes/{id}', act: 'view', run: (call) => ok(answer(call, attributeOf(call, call.ids['id'] ?? 0))) },
  { verbs: EDITING, path: '/products/attributes/{id}', act: 'edit', run: (call) => ok(answer(call, edit(call, call.ids['id'] ?? 0, call.body))) },
  {
    ...{ verbs: DELETING, path: '/products/attributes/{id}', act: 'delete' },
    run: (call) => {
      if (!truthy(call.query['force'] ?? call.body['force'])) throw new Problem(501, 'woocommerce_rest_trash_not_supported', 'Resource does not support trashing.');
      return ok(answer(call, remove(call, call.ids['id'] ?? 0)));
    },
  },
  {
    ...{ verbs: BATCHING, path: '/products/attributes/batch', act: 'batch' },
    run: (call) =>
      runBatch(call, {
        create: (body) => answer(call, create(call, body)),
        edit: (id, body) => answer(call, edit(call, id, body)),
        remove: (id) => answer(call, remove(call, id)),
      }),
  },
];

function attributeOf({ office }: Call, id: number): Attribute {
  const attribute = office.terms.attribute(id);
  if (!attribute) throw new Problem(404, 'woocommerce_rest_taxonomy_invalid', 'Resource does not exist.');
  return attribute;
}

function create(call: Call, body: Body): Attribute {
  if (!isSent(body['name'])) throw missingParams(['name']);
  checkParams(body, SHAPES);
  const name = plainLine(String(body['name']));
  return call.office.terms.addAttribute({
    name,
    slug: freeSlug(call, String(body['slug'] || name)),
    type: String(body['type'] ?? 'select'),
    orderBy: String(body['order_by'] ?? 'menu_order'),
    hasArchives: truthy(body['has_archives']),
  });
}

function edit(call: Call, id: number, body: Body): Attribute {
  checkParams(body, SHAPES);
  const attribute = attributeOf(call, id);
  const changed = {
    ...attribute,
    ...(isSent(body['name']) ? { name: plainLine(String(body['name'])) } : {}),
    ...(isSent(body['type']) ? { type: String(body['type']) } : {}),
    ...(isSent(body['order_by']) ? { orderBy: String(body['order_by']) } : {}),
    ...(isSent(body['has_archives']) ? { hasArchives: truthy(body['has_archives']) } : {}),
  };
  call.office.terms.saveAttribute(changed);
  return changed;
}

function remove(call: Call, id: number): Attribute {
  const attribute = attributeOf(call, id);
  call.office.terms.removeAttribute(attribute);
  return attribute;
}

function freeSlug({ office }: Call, wanted: string): string {
  const slug = looseSlug(wanted.replace(/^pa_/, ''));
  const refuse = (why: string): Problem => new Problem(400, 'woocommerce_rest_cannot_create', why);
  if (Buffer.byteLength(slug) > LONGEST_SLUG) throw refuse(`Slug "${slug}" is too long (${LONGEST_SLUG} characters max). Shorten it, please.`);
  if (office.terms.allAttributes().some((one) => one.slug === `pa_${slug}`)) throw refuse(`Slug "${slug}" is already in use. Change it, please.`);
  return `pa_${slug}`;
}
