import { variationAnswer } from '../answers/variation.js';
import { runBatch } from '../batch.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Answer, type Call, type Endpoint } from '../endpoint.js';
import { createVariation, deleteVariation, editVariation, kinOf, parentOf, type Kin } from '../edit-variation.js';
import { FINDING, findLines, variationsOf } from '../find-products.js';
import { pageOf } from '../list-query.js';
import type { Product } from '../model.js';
import { contextOf } from './products.js';

const parentId = (call: Call): number => call.ids['product_id'] ?? 0;
const ownId = (call: Call): number => call.ids['id'] ?? 0;
const shown = ({ office }: Call, { parent, variation }: Kin): unknown => variationAnswer(office, parent, variation, 'edit');

function list(call: Call, parents: readonly Product[]): Answer {
  const { office, query } = call;
  return pageOf(call, FINDING, findLines(office, variationsOf(parents), query), ({ product, variation }) => variationAnswer(office, product, variation, contextOf(call)));
}

export const variationEndpoints: readonly Endpoint[] = [
  {
    ...{ verbs: READING, path: '/products/{product_id}/variations', act: 'list' },
    run: (call) => {
      const parent = call.office.products.see(parentOf(call, parentId(call)));
      return list(call, parent ? [parent] : []);
    },
  },
  {
    ...{ verbs: CREATING, path: '/products/{product_id}/variations', act: 'create' },
    run: async (call) => created(shown(call, await createVariation(call, parentId(call), call.body))),
  },
  {
    ...{ verbs: READING, path: '/products/{product_id}/variations/{id}', act: 'view' },
    run: (call) => {
      const kin = kinOf(call, parentId(call), ownId(call));
      const parent = call.office.products.see(kin.parent) ?? kin.parent;
      return ok(variationAnswer(call.office, parent, parent.variations.find((one) => one.id === kin.variation.id) ?? kin.variation, contextOf(call)));
    },
  },
  {
    ...{ verbs: EDITING, path: '/products/{product_id}/variations/{id}', act: 'edit' },
    run: async (call) => ok(shown(call, await editVariation(call, parentId(call), ownId(call), call.body))),
  },
  {
    ...{ verbs: DELETING, path: '/products/{product_id}/variations/{id}', act: 'delete' },
    run: (call) => ok(shown(call, deleteVariation(call, parentId(call), ownId(call)))),
  },
  {
    ...{ verbs: BATCHING, path: '/products/{product_id}/variations/batch', act: 'batch' },
    run: (call) =>
      runBatch(call, {
        create: async (body) => shown(call, await createVariation(call, parentId(call), body)),
        edit: async (id, body) => shown(call, await editVariation(call, parentId(call), id, body)),
        remove: (id) => shown(call, deleteVariation(call, parentId(call), id)),
      }),
  },
  {
    ...{ verbs: READING, path: '/variations', act: 'list', since: 11 },
    run: (call) => list(call, [...call.office.products.shown()]),
  },
];
