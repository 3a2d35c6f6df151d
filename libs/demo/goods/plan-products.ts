import { checkDigit, type ProductInput } from '#catalog';
import type { PictureSpec } from '../pictures/draw-picture.js';
import { SeededRandom } from '../seeded-random.js';
import { COLOUR, hasColour, modelAttributes, variantAttributes } from './demo-attributes.js';
import { goods, schemas, texts, typeSchema, type Goods } from './demo-data.js';
import { demoDescription, demoTitle } from './demo-texts.js';

/** A product before its pictures are drawn. */
export interface PlannedProduct {
  readonly document: ProductInput;
  readonly pictures: readonly PictureSpec[];
}

/** How far apart the colours of one model's variants must be, so that nobody takes one for another (distance in RGB). */
const COLOUR_DISTANCE = 120;
const PICTURE_COUNTS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 5];
const MANY_PICTURES = [5, 6, 7, 8];

/** The demo's products in order; the n-th depends only on the seed, whatever the total. */
export function* planProducts(seed: number, total: number): Generator<PlannedProduct> {
  const order = new SeededRandom(seed, 'order').sample(goods, goods.length);
  let index = 0;
  for (let model = 0; index < total; model++) {
    const kind = order[model % order.length];
    if (!kind) return;
    for (const product of planModel(seed, model, kind, index)) {
      if (index++ >= total) return;
      yield product;
    }
  }
}

/** Marketplaces refuse a struck-through price that is hardly higher; roubles. */
function leastDiscount(price: number): number {
  if (price <= 400) return 20;
  return price <= 10_000 ? price * 0.05 : 500;
}

function planModel(seed: number, model: number, kind: Goods, firstIndex: number): PlannedProduct[] {
  const random = new SeededRandom(seed, 'model', model);
  const brand = random.pick(texts.brands[typeSchema(kind.type).family] ?? []);
  const name = { brand, series: `${random.pick(texts.series)} ${model + 100}` };
  const traits = random.sample(kind.traits, 3);
  const shared = modelAttributes(kind, random);
  const colours = hasColour(kind) ? pickColours(random, random.chance(0.85) ? 1 : random.pick([2, 2, 3, 4])) : [undefined];
  const title = demoTitle(kind, name, traits);
  const description = demoDescription(kind, name, traits, shared, random);
  const price = roundPrice(kind.price[0] * Math.pow(kind.price[1] / kind.price[0], random.next()));
  const scale = random.between(0.85, 1.2);
  const shots = random.chance(0.04) ? random.pick(MANY_PICTURES) : random.pick(PICTURE_COUNTS);
  const paint = random.pick(Object.keys(texts.rgb));
  const oldPrice = random.chance(0.4) ? roundPrice(price * random.between(1.1, 1.5)) : undefined;
  const hasFloor = random.chance(0.5);
  const weight = Math.round(random.between(kind.weight[0], kind.weight[1]));
  const country = random.chance(0.6) ? 'Россия' : random.pick(schemas.dictionaries['country'] ?? ['Россия']);

  return colours.map((colour, i) => {
    const index = firstIndex + i;
    const sku = `${prefixOf(kind)}-${String(index + 1).padStart(5, '0')}`;
    const own = new SeededRandom(seed, 'product', index);
    const [length, width, height] = kind.size;
    const document: ProductInput = {
      sku,
      title,
      description,
      brand,
      category: typeSchema(kind.type).path,
      country,
      vat: vatOf(kind),
      attributes: { ...shared, ...variantAttributes(kind, sku, colour, own) },
      dimensions: { length: Math.round(length * scale), width: Math.round(width * scale), height: Math.max(8, Math.round(height * scale)) },
      weight,
      barcodes: [barcodeOf(seed, index)],
      price: { minor: price * 100, currency: 'RUB' },
      ...(oldPrice !== undefined && oldPrice - price > leastDiscount(price) && { oldPrice: { minor: oldPrice * 100, currency: 'RUB' } }),
      ...(hasFloor && { minPrice: { minor: Math.round(price * 0.7) * 100, currency: 'RUB' } }),
      stock: { main: own.chance(0.05) ? 0 : own.whole(1, 200) },
      ...(colours.length > 1 && { model: { code: `${prefixOf(kind)}-M${String(model + 1).padStart(5, '0')}`, title, axes: [COLOUR] } }),
      archived: false,
    };
    const pictures = Array.from({ length: shots }, (_, shot): PictureSpec => ({
      key: `${seed}/${model}`,
      shot,
      shape: kind.shape,
      colour: texts.rgb[colour ?? paint] ?? '#8d9298',
      caption: sku,
    }));
    return { document, pictures };
  });
}

function pickColours(random: SeededRandom, count: number): string[] {
  const chosen: string[] = [];
  for (const colour of random.sample(Object.keys(texts.rgb), 100)) {
    if (chosen.length < count && chosen.every((other) => colourDistance(colour, other) >= COLOUR_DISTANCE)) chosen.push(colour);
  }
  return chosen;
}

function colourDistance(left: string, right: string): number {
  const channels = (name: string) => [1, 3, 5].map((at) => parseInt((texts.rgb[name] ?? '#000000').slice(at, at + 2), 16));
  const other = channels(right);
  return Math.hypot(...channels(left).map((value, i) => value - (other[i] ?? 0)));
}

/** Shop prices: 349, 1 290, 12 990. Whole roubles. */
function roundPrice(roubles: number): number {
  const rounded = roubles < 1000 ? Math.floor(roubles / 10) * 10 + 9 : Math.floor(roubles / 100) * 100 + 90;
  return Math.max(150, Math.min(59_990, rounded));
}

function vatOf(kind: Goods): number {
  return ['food', 'books', 'toys', 'kids-gear'].includes(typeSchema(kind.type).family) ? 10 : 22;
}

/** An EAN-13 of the range kept for use inside a shop (first digit 2). */
function barcodeOf(seed: number, index: number): string {
  const body = `2${String(seed % 10_000).padStart(4, '0')}${String(index + 1).padStart(7, '0')}`;
  return body + String(checkDigit(body));
}

function prefixOf(kind: Goods): string {
  const consonants = kind.shape.replace(/[aeiou]/g, '') + kind.shape;
  return consonants.slice(0, 2).toUpperCase();
}
