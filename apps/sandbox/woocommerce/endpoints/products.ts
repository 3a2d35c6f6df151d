import { productAnswer, variationAsProduct, type Context } from '../answers/product.js';
import { runBatch } from '../batch.js';
import { createProduct, deleteProduct, editProduct, trashProduct } from '../edit-product.js';
import { BATCHING, created, CREATING, DELETING, EDITING, ok, READING, type Call, type Endpoint } from '../endpoint.js';
import { FINDING, findProducts } from '../find-products.js';
import { pageOf } from '../list-query.js';
import { truthy } from '../params.js';
import { invalidId } from '../problem.js';

export const contextOf = ({ query }: Call): Context => (query['context'] === 'edit' ? 'edit' : 'view');

export const productEndpoints: readonly Endpoint[] = [
  {
    ...{ verbs: READING, path: '/products', act: 'list' },
    run: (call) =>
      pageOf(call, FINDING, findProducts(call.office, call.query), ({ product, variation }) =>
        variation ? variationAsProduct(call.office, product, variation, contextOf(call)) : productAnswer(call.office, product, contextOf(call)),
      ),
  },
  { verbs: CREATING, path: '/products', act: 'create', run: async (call) => created(productAnswer(call.office, await createProduct(call, call.body), 'edit')) },
  {
    ...{ verbs: READING, path: '/products/{id}', act: 'view' },
    run: (call) => {
      const { office, ids } = call;
      const found = office.products.item(ids['id'] ?? 0);
      const product = found && office.products.see(found.product);
      if (!product) throw invalidId('product');
      const variation = found.variation && product.variations.find((one) => one.id === found.variation?.id);
      return ok(variation ? variationAsProduct(office, product, variation, contextOf(call)) : productAnswer(office, product, contextOf(call)));
    },
  },
  { verbs: EDITING, path: '/products/{id}', act: 'edit', run: async (call) => ok(productAnswer(call.office, await editProduct(call, call.ids['id'] ?? 0, call.body), 'edit')) },
  {
    ...{ verbs: DELETING, path: '/products/{id}', act: 'delete' },
    run: (call) => {
      const id = call.ids['id'] ?? 0;
      const force = truthy(call.query['force'] ?? call.body['force']);
      return ok(productAnswer(call.office, force ? deleteProduct(call, id) : trashProduct(call, id), 'edit'));
    },
  },
  {
    ...{ verbs: BATCHING, path: '/products/batch', act: 'batch' },
    run: (call) =>
      runBatch(call, {
        create: async (body) => productAnswer(call.office, await createProduct(call, body), 'edit'),
        edit: async (id, body) => productAnswer(call.office, await editProduct(call, id, body), 'edit'),
        remove: (id) => productAnswer(call.office, deleteProduct(call, id), 'edit'),
      }),
  },
];
