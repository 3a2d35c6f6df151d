import { drawnPicture } from '../../pictures/drawn-picture.js';
import { lineOf, place } from '../endpoints/orders.js';
import { keyOf, takeBack, throwAway, type FacetName, type Product } from '../model.js';
import type { Office } from '../office.js';
import type { Owned } from '../products.js';
import { wholeSecond } from '../site-time.js';
import { meanings, noteWrite, touch } from '../writes.js';

/** What a person, a plugin or a buyer does to one product, by name; false when there is no such product. */
export function cardActions(office: Office): Readonly<Record<string, (key: string) => boolean>> {
  const find = (key: string): Owned | undefined => {
    const found = office.products.evenRemoved(key);
    return found?.product.removed ? undefined : found;
  };
  /** Whatever is named, it happens to the goods as a whole. */
  const act = (name: string, facets: readonly FacetName[], change: (product: Product) => void) => (key: string) => {
    const product = find(key)?.product;
    if (!product) return false;
    const before = meanings(office, product, facets);
    change(product);
    office.products.save(product);
    noteWrite(office, { key: 'gremlin', method: name }, product, before);
    return true;
  };
  return {
    trash: act('trash', ['presence'], (product) => {
      if (product.status === 'trash') return;
      throwAway(product);
      office.webhooks.happened('product.deleted', product.id);
    }),
    restore: act('restore', ['presence'], (product) => {
      if (product.status !== 'trash') return;
      takeBack(product);
      touch(office, product);
      office.webhooks.happened('product.restored', product.id);
    }),
    hide: act('hide', ['status'], (product) => {
      product.status = product.statusBeforeTrash = 'draft';
      touch(office, product);
      office.webhooks.happened('product.updated', product.id);
    }),
    /** Published and shown everywhere again. */
    release: act('release', ['status', 'presence'], (product) => {
      Object.assign(product, { status: 'publish', statusBeforeTrash: 'publish', visibility: 'visible' });
      touch(office, product);
      office.webhooks.happened('product.updated', product.id);
    }),
    /** Other bytes behind every address of the pictures. */
    repaint: act('repaint', ['media'], (product) => {
      product.images = product.images.map((image, at) => {
        const repainted = { ...image, picture: office.pictures.repaint(image.picture, drawnPicture('repainted', keyOf(product), at)) };
        office.library.keep(repainted);
        return repainted;
      });
    }),
    /** A member that programs of yesterday do not know. */
    plugin: act('plugin', [], (product) => {
      product.meta.push({ id: office.counters.meta.next(), key: '_vendor_document', value: { number: `RU-${product.id}`, valid: true } });
      touch(office, product);
    }),
    /** A buyer orders one piece and pays. */
    order: (key) => {
      const found = find(key);
      const line = found && lineOf(office, (found.variation ?? found.product.variations[0] ?? found.product).id, 1);
      if (!line) return false;
      const now = wholeSecond(office.clock.now());
      place(office, [line], {
        status: 'processing',
        createdAt: now,
        modifiedAt: now,
        paidAt: now,
        customerNote: '',
        billing: {},
        shipping: {},
        paymentMethod: 'cod',
        paymentTitle: 'Оплата при доставке',
      });
      return true;
    },
  };
}
