import { link } from '../answers/item.js';
import { runBatch } from '../batch.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Body, type Call, type Endpoint } from '../endpoint.js';
import { idsIn, pageOf } from '../list-query.js';
import { checkParams, flag, isSent, object, oneOf, text, truthy, whole, type Shapes } from '../params.js';
import { missingParams, Problem } from '../problem.js';
import { CATEGORY, TAG, type Term } from '../terms.js';
import { plainLine, slugOf } from '../text.js';

/** Where terms of one kind are, and what they have. */
interface Shelf {
  readonly path: string;
  readonly hasParents: boolean;
  /** Throws where the path names a shelf that is none. */
  taxonomy(call: Call): string;
}

const SHELVES: readonly Shelf[] = [
  { path: '/products/categories', hasParents: true, taxonomy: () => CATEGORY },
  { path: '/products/tags', hasParents: false, taxonomy: () => TAG },
  {
    ...{ path: '/products/attributes/{attribute_id}/terms', hasParents: false },
    taxonomy: ({ office, ids }) => {
      const attribute = office.terms.attribute(ids['attribute_id'] ?? 0);
      if (!attribute) throw new Problem(404, 'woocommerce_rest_taxonomy_invalid', 'Taxonomy does not exist.');
      return attribute.slug;
    },
  },
];

const SHAPES: Shapes = {
  name: text,
  slug: text,
  description: text,
  parent: whole,
  menu_order: whole,
  display: oneOf(['default', 'products', 'subcategories', 'both']),
  image: object({ id: whole, src: text, name: text, alt: text }),
};
const FINDING: Shapes = { orderby: oneOf(['id', 'include', 'name', 'slug', 'term_group', 'description', 'count', 'menu_order']), hide_empty: flag, parent: whole };

export const termEndpoints: readonly Endpoint[] = SHELVES.flatMap((shelf): Endpoint[] => {
  const one = `${shelf.path}/{id}`;
  const answer = (call: Call, term: Term): unknown => termAnswer(call, shelf, term);
  return [
    { verbs: READING, path: shelf.path, act: 'list', run: (call) => pageOf(call, FINDING, find(call, shelf), (term) => answer(call, term)) },
    { verbs: CREATING, path: shelf.path, act: 'create', run: (call) => created(answer(call, create(call, shelf, call.body))) },
    { verbs: READING, path: one, act: 'view', run: (call) => ok(answer(call, termOf(call, shelf, call.ids['id'] ?? 0))) },
    { verbs: EDITING, path: one, act: 'edit', run: (call) => ok(answer(call, edit(call, shelf, call.ids['id'] ?? 0, call.body))) },
    {
      ...{ verbs: DELETING, path: one, act: 'delete' },
      run: (call) => {
        if (!truthy(call.query['force'] ?? call.body['force'])) throw new Problem(501, 'woocommerce_rest_trash_not_supported', 'Resource does not support trashing.');
        return ok(answer(call, remove(call, shelf, call.ids['id'] ?? 0)));
      },
    },
    {
      ...{ verbs: BATCHING, path: `${shelf.path}/batch`, act: 'batch' },
      run: (call) =>
        runBatch(call, {
          create: (body) => answer(call, create(call, shelf, body)),
          edit: (id, body) => answer(call, edit(call, shelf, id, body)),
          remove: (id) => answer(call, remove(call, shelf, id)),
        }),
    },
  ];
});

function find(call: Call, shelf: Shelf): Term[] {
  const { office, query } = call;
  const include = idsIn(query['include']);
  const exclude = idsIn(query['exclude']);
  const { search, slug, parent, orderby = 'name', order = 'asc' } = query;
  const found = office.terms
    .of(shelf.taxonomy(call))
    .filter((term) => (!include || include.includes(term.id)) && !exclude?.includes(term.id))
    .filter((term) => (search === undefined || term.name.toLowerCase().includes(search.toLowerCase())) && (slug === undefined || term.slug === slug))
    .filter((term) => (parent === undefined || term.parent === Number(parent)) && (!truthy(query['hide_empty']) || countOf(call, term) > 0));
  const sign = order === 'asc' ? 1 : -1;
  const by = (a: Term, b: Term): number => (orderby === 'id' ? a.id - b.id : a.name.localeCompare(b.name) || a.id - b.id);
  return found.sort((a, b) => sign * by(a, b));
}

function termOf(call: Call, shelf: Shelf, id: number): Term {
  const term = call.office.terms.term(id, shelf.taxonomy(call));
  if (!term) throw new Problem(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.');
  return term;
}

function create(call: Call, shelf: Shelf, body: Body): Term {
  if (!isSent(body['name'])) throw missingParams(['name']);
  checkParams(body, SHAPES);
  const taxonomy = shelf.taxonomy(call);
  const name = plainLine(String(body['name']));
  const parent = shelf.hasParents ? Number(body['parent'] ?? 0) : 0;
  if (parent > 0 && !call.office.terms.term(parent, taxonomy)) throw new Problem(400, 'woocommerce_rest_term_invalid', 'Parent term does not exist.');
  refuseTwin(call, taxonomy, name, parent);
  return call.office.terms.add(taxonomy, name, { parent, ...membersOf(body) });
}

function edit(call: Call, shelf: Shelf, id: number, body: Body): Term {
  checkParams(body, SHAPES);
  const term = termOf(call, shelf, id);
  const name = isSent(body['name']) ? plainLine(String(body['name'])) : term.name;
  const parent = shelf.hasParents && isSent(body['parent']) ? Number(body['parent']) : term.parent;
  refuseTwin(call, term.taxonomy, name, parent, id);
  Object.assign(term, { name, parent, ...membersOf(body) });
  call.office.terms.save(term);
  return term;
}

/** Goods that were in it are so no longer. */
function remove(call: Call, shelf: Shelf, id: number): Term {
  const { office } = call;
  const term = termOf(call, shelf, id);
  if (id === office.terms.uncategorized) throw new Problem(500, 'woocommerce_rest_cannot_delete', 'The resource cannot be deleted.');
  for (const product of [...office.products.all()]) {
    if (!product.categories.includes(id) && !product.tags.includes(id)) continue;
    const left = product.categories.filter((one) => one !== id);
    Object.assign(product, { categories: left.length > 0 ? left : [office.terms.uncategorized], tags: product.tags.filter((one) => one !== id) });
    office.products.save(product);
  }
  office.terms.remove(id);
  return term;
}

function refuseTwin({ office }: Call, taxonomy: string, name: string, parent: number, except = 0): void {
  const twin = office.terms.twin(taxonomy, name, parent, except);
  if (twin) throw new Problem(400, 'term_exists', 'A term with the name provided already exists with this parent.', { resource_id: twin.id });
}

function membersOf(body: Body): Partial<Term> {
  return {
    ...(isSent(body['slug']) ? { slug: slugOf(String(body['slug'])) } : {}),
    ...(isSent(body['description']) ? { description: String(body['description']) } : {}),
    ...(isSent(body['menu_order']) ? { menuOrder: Number(body['menu_order']) } : {}),
    ...(isSent(body['display']) ? { display: String(body['display']) } : {}),
  };
}

function countOf({ office }: Call, { id, taxonomy, name }: Term): number {
  let count = 0;
  for (const product of office.products.all()) {
    if (product.status !== 'publish') continue;
    const global = (): boolean => product.attributes.some((one) => one.id > 0 && office.terms.attribute(one.id)?.slug === taxonomy && one.options.includes(name));
    if (taxonomy === CATEGORY ? product.categories.includes(id) : taxonomy === TAG ? product.tags.includes(id) : global()) count++;
  }
  return count;
}

function termAnswer(call: Call, shelf: Shelf, term: Term): object {
  const { id, name, slug, description, menuOrder } = term;
  const path = shelf.path.replace('{attribute_id}', String(call.ids['attribute_id']));
  const _links = { self: link(call.office, `${path}/${id}`), collection: link(call.office, path) };
  const count = countOf(call, term);
  if (shelf.hasParents) return { id, name, slug, parent: term.parent, description, display: term.display, image: null, menu_order: menuOrder, count, _links };
  return { id, name, slug, description, ...(shelf.path.endsWith('/terms') ? { menu_order: menuOrder } : {}), count, _links };
}
