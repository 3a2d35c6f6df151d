import { drawnPicture } from '../../pictures/drawn-picture.js';
import { seeded, type Random } from '../../random.js';
import { newProduct } from '../fields/apply-product.js';
import { newVariation } from '../fields/apply-variation.js';
import { settleStock } from '../fields/apply-item.js';
import { fromMinor } from '../minor-units.js';
import type { Item, Product, ProductAttribute, Variation } from '../model.js';
import type { Office } from '../office.js';
import { CATEGORY, type Attribute, type Term } from '../terms.js';
import { slugOf } from '../text.js';

const SHELVES = ['Чайники', 'Кружки', 'Пледы', 'Рюкзаки', 'Свечи', 'Корзины', 'Фонари', 'Блокноты'];
const ATTRIBUTES = [
  { name: 'Цвет', slug: 'pa_color', words: ['белый', 'синий', 'зелёный', 'красный', 'серый'] },
  { name: 'Материал', slug: 'pa_material', words: ['хлопок', 'дерево', 'сталь', 'керамика', 'стекло'] },
  { name: 'Страна', slug: 'pa_country', words: ['Россия', 'Беларусь', 'Армения', 'Казахстан'] },
];
const SIZES = ['S', 'M', 'L'];
const SENTENCES = [
  'Подходит для ежедневного использования и легко моется.',
  'Материалы проверены временем и приятны на ощупь.',
  'Компактная упаковка удобна для хранения и подарка.',
  'Изделие прошло проверку качества на производстве.',
  'Продуманная конструкция служит много сезонов.',
  'Инструкция на русском языке входит в комплект.',
];
/** Every so many goods come in sizes. */
const SIZED = 8;

interface Shop {
  readonly office: Office;
  readonly shelves: readonly Term[];
  readonly attributes: readonly (Attribute & { words: readonly string[] })[];
}

/** Puts finished goods straight into the shop, without any request: for load and for tests of reading. */
export function addSyntheticProducts(office: Office, count: number, seed: string): void {
  const shop = furnish(office);
  for (let i = 0; i < count; i++) office.products.save(productOf(shop, i, seed));
}

function furnish(office: Office): Shop {
  const { terms } = office;
  const shelves = SHELVES.map((name) => terms.twin(CATEGORY, name, 0) ?? terms.add(CATEGORY, name));
  const attributes = ATTRIBUTES.map(({ name, slug, words }) => {
    const attribute = terms.allAttributes().find((one) => one.slug === slug) ?? terms.addAttribute({ name, slug, type: 'select', orderBy: 'menu_order', hasArchives: false });
    for (const word of words) if (!terms.twin(slug, word, 0)) terms.add(slug, word);
    return { ...attribute, words };
  });
  return { office, shelves, attributes };
}

function productOf({ office, shelves, attributes }: Shop, i: number, seed: string): Product {
  const { library, pictures, clock } = office;
  const random = seeded(seed, 'card', i);
  const shelf = random.pick(shelves);
  const product = newProduct(office);
  const shared = attributes.map(({ id, name, words }): ProductAttribute => ({ id, name, visible: true, variation: false, options: [random.pick(words)] }));
  const name = `${shelf.name} ${random.pick(['Волна', 'Север', 'Лада', 'Кедр', 'Искра', 'Заря'])} ${1000 + i}`;
  Object.assign(product, {
    ...{ sku: `SYN-${String(i + 1).padStart(6, '0')}`, name, slug: `${slugOf(name)}-${product.id}`, categories: [shelf.id] },
    description: `<p><strong>${name}</strong>.</p><p>${random.shuffle(SENTENCES).slice(0, 4).join(' ')}</p>`,
    attributes: [...shared, { id: 0, name: 'Гарантия', visible: true, variation: false, options: [`${random.int(1, 36)} мес.`] }],
    images: Array.from({ length: random.int(1, 3) }, (_, n) =>
      library.add(pictures.host(drawnPicture(seed, i, n), `seed://${i}/${n}`), { name: `seed-${i}-${n}`, alt: '' }, clock.now()),
    ),
  } satisfies Partial<Product>);
  measure(product, random);
  if (i % SIZED === SIZED - 1) return sized(office, product, random);
  product.gtin = gtinOf(product.id);
  sell(product, random);
  return product;
}

/** Goods in sizes, each with a price and pieces of its own. */
function sized(office: Office, product: Product, random: Random): Product {
  product.type = 'variable';
  product.attributes.push({ id: 0, name: 'Размер', visible: true, variation: true, options: SIZES });
  product.variations = SIZES.map((size): Variation => {
    const variation = { ...newVariation(office), sku: `${product.sku}-${size}`, attributes: [{ id: 0, name: 'Размер', option: size }] };
    variation.gtin = gtinOf(variation.id);
    sell(variation, random);
    return variation;
  });
  return product;
}

function sell(item: Item, random: Random): void {
  Object.assign(item, { regularPrice: fromMinor(random.int(15_000, 2_500_000)), manageStock: true, stockQuantity: random.int(1, 90) } satisfies Partial<Item>);
  settleStock(item);
}

function measure(item: Item, random: Random): void {
  item.weight = fromMinor(random.int(5, 900));
  item.dimensions = { length: String(random.int(5, 90)), width: String(random.int(5, 90)), height: String(random.int(5, 90)) };
}

/** Thirteen digits with a check digit. */
function gtinOf(id: number): string {
  const digits = `460${String(id).padStart(9, '0')}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
