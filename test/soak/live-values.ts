import { plainText } from '../../apps/sandbox/ozon/meaning.js';
import type { EditedField } from './edit-journal.js';
import { fieldValue, numericAttribute } from './field-values.js';
import type { MasterDocument } from './hub-door.js';
import type { LiveCard } from './marketplace.js';

/** The working warehouse of the sandbox's cabinet. */
export const MARKET_WAREHOUSE = 22142605386000;

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {});

/** Free pieces of a live card over all warehouses. */
export function liveStock(card: LiveCard): number {
  return Object.values(record(card.facets['stock']?.value)).reduce<number>((sum, one) => sum + Number(record(one)['present'] ?? 0) - Number(record(one)['reserved'] ?? 0), 0);
}

/** Minor units. */
export function livePrice(card: LiveCard): number {
  return Math.round(Number(record(card.facets['price']?.value)['price']) * 100);
}

/** Says how a live card differs from the master in a field; undefined when it does not, as far as a reader can tell. */
export function difference(document: MasterDocument, field: EditedField, card: LiveCard): string | undefined {
  const facet = field === 'attribute' ? 'attributes' : field;
  const value = card.facets[facet]?.value;
  const say = (wanted: unknown, live: unknown) => `${field} should be ${JSON.stringify(wanted).slice(0, 120)}, live is ${JSON.stringify(live).slice(0, 120)}`;
  switch (field) {
    case 'title':
    case 'description': {
      const [wanted, live] = [plainText(document[field]), plainText(String(value))];
      return wanted === live ? undefined : say(wanted.slice(-100), live.slice(-100));
    }
    case 'price':
      return document.price?.minor === livePrice(card) ? undefined : say(document.price?.minor, livePrice(card));
    case 'stock': {
      const wanted = Number(fieldValue(document, 'stock'));
      return wanted === liveStock(card) ? undefined : say(wanted, liveStock(card));
    }
    case 'media': {
      const live = Array.isArray(value) ? value.map((picture) => String(record(picture)['content'])) : [];
      const wanted = document.media.map((picture) => picture.digest.slice(0, live[0]?.length ?? 32));
      return wanted.join() === live.join() ? undefined : say(wanted, live);
    }
    case 'attribute': {
      const wanted = numericAttribute(document);
      if (wanted === undefined || !Array.isArray(value)) return undefined;
      const shown = value.some((attribute) => {
        const values = record(attribute)['values'];
        return Array.isArray(values) && values.some((one) => Number(record(one)['value']) === wanted.value);
      });
      return shown ? undefined : say(wanted, 'no such value');
    }
  }
}
