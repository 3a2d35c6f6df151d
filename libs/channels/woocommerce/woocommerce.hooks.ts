import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Doc, readDocOrEmpty, readText } from '#kernel';
import type { CardName, Delivery, Hint } from '#channels/contract';
import { isGroup } from './woocommerce.observe.js';

const SIGNATURE = 'x-wc-webhook-signature';
const TOPIC = 'x-wc-webhook-topic';
/** A new webhook says hello with a form, without signature and topic. */
const GREETING = /^webhook_id=\d{1,20}$/;
const LONGEST_GREETING = 40;
const NUMBER = /^[1-9]\d{0,19}$/;

/** What a delivery of the site says: the goods it names, once the secret proves it. */
export function readDelivery({ headers, body }: Delivery, secret: string): Hint {
  const signature = headers[SIGNATURE];
  if (signature === undefined) return { kind: isGreeting(body) ? 'nothing' : 'forged' };
  if (!isSigned(body, signature, secret)) return { kind: 'forged' };
  if (headers[TOPIC]?.startsWith('product.') !== true) return { kind: 'nothing' };
  const cards = namesIn(parsed(body));
  return cards.length === 0 ? { kind: 'nothing' } : { kind: 'cards', cards };
}

function isGreeting(body: Uint8Array): boolean {
  return body.byteLength <= LONGEST_GREETING && GREETING.test(Buffer.from(body).toString('latin1'));
}

function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
  const told = Buffer.from(signature, 'base64');
  const due = createHmac('sha256', secret).update(body).digest();
  return told.byteLength === due.byteLength && timingSafeEqual(told, due);
}

/** A signed body that is no JSON names nothing. */
function parsed(body: Uint8Array): Doc {
  try {
    return readDocOrEmpty(JSON.parse(Buffer.from(body).toString('utf8')));
  } catch {
    return {};
  }
}

/**
 * The cards of a product: itself and, of a group, the variations. A deletion tells the number alone, which may be a group's. A SKU is
 * told besides the number, because the card under it may be another one than before.
 */
function namesIn(product: Doc): readonly CardName[] {
  const id = numberOf(product['id']);
  if (id === undefined) return [];
  if (product['type'] === undefined) return [{ externalId: id }, { id: { name: 'group', value: id } }];
  if (!isGroup(product)) {
    const sku = readText(product['sku']).trim();
    return [{ externalId: id }, ...(sku === '' ? [] : [{ key: sku }])];
  }
  const variations = Array.isArray(product['variations']) ? (product['variations'] as readonly unknown[]) : [];
  return [id, ...variations.flatMap((variation) => numberOf(variation) ?? [])].map((externalId) => ({ externalId }));
}

function numberOf(value: unknown): string | undefined {
  const text = readText(value);
  return NUMBER.test(text) ? text : undefined;
}
