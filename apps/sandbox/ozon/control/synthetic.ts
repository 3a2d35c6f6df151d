import { allTypes, attributeSchema, dictionary, type AttributeSchema } from '../categories.js';
import type { Market } from '../market.js';
import { ATTR_DESCRIPTION, ATTR_HASHTAGS, ATTR_MODEL, ATTR_RICH, ATTR_TITLE, type Attribute, type AttributeValue, type Card } from '../model.js';
import { drawnPicture } from '../../pictures/drawn-picture.js';
import { seeded, type Random } from '../../random.js';

const SENTENCES = [
  'Подходит для ежедневного использования и легко моется.',
  'Материалы проверены временем и приятны на ощупь.',
  'Компактная упаковка удобна для хранения и подарка.',
  'Изделие прошло проверку качества на производстве.',
  'Продуманная конструкция служит много сезонов.',
  'Инструкция на русском языке входит в комплект.',
];

/** Puts finished, approved cards straight into the store, without any request: for load and for tests of reading. */
export function addSyntheticCards(market: Market, count: number, seed: string): void {
  const types = allTypes();
  const now = market.clock.now();
  const warehouse = market.cabinet.current.warehouses.find((w) => w.active);
  for (let i = 0; i < count; i++) {
    const random = seeded(seed, 'card', i);
    const type = random.pick(types);
    const productId = market.cards.newProductId();
    const name = `${type.typeName} ${random.pick(['Волна', 'Север', 'Лада', 'Кедр', 'Искра', 'Заря'])} ${1000 + i}`;
    const price = random.int(150, 25_000) * 100;
    const card: Card = {
      productId,
      offerId: `SYN-${String(i + 1).padStart(6, '0')}`,
      sku: productId + 1_000_000_000,
      createdAt: now,
      updatedAt: now,
      statusAt: now,
      live: {
        name,
        categoryId: type.categoryId,
        typeId: type.typeId,
        attributes: attributeSchema(type.typeId).flatMap((a) => attributeOfCard(a, name, random)),
        complexAttributes: [],
        pictures: Array.from({ length: random.int(1, 3) }, (_, n) => market.pictures.host(drawnPicture(seed, i, n), `seed://${i}/${n}`)),
        colorPicture: null,
        depth: random.int(20, 900),
        width: random.int(20, 900),
        height: random.int(20, 900),
        dimensionUnit: 'mm',
        weight: random.int(50, 9000),
        weightUnit: 'g',
        pdf: [],
        defaults: [],
      },
      pending: null,
      barcodes: [`46${String(10_000_000_000 + i)}`],
      price: { price, oldPrice: 0, minPrice: 0, netPrice: 0, vat: '0.22', currency: 'RUB', autoAction: false, autoAdd: false, floorUntil: 0, base: price, decimals: 2 },
      stocks: warehouse ? { [String(warehouse.id)]: { present: random.int(1, 90), reserved: 0 } } : {},
      archived: '',
      hidden: '',
      stuck: false,
      declined: false,
      quarantined: false,
      removed: false,
      errors: [],
      lostUrls: [],
      pictureErrors: [],
      lastTaskSeconds: 0,
      lastModerationSeconds: 0,
    };
    market.cards.save(card);
  }
}

function attributeOfCard(schema: AttributeSchema, name: string, random: Random): Attribute[] {
  if (schema.id === ATTR_RICH) return [];
  return [{ id: schema.id, complex_id: 0, values: [valueOfCard(schema, name, random)] }];
}

function valueOfCard(schema: AttributeSchema, name: string, random: Random): AttributeValue {
  if (schema.dictionaryId) {
    const { id, value } = random.pick(dictionary(schema.dictionaryId));
    return { dictionary_value_id: id, value };
  }
  return { dictionary_value_id: 0, value: freeValueOfCard(schema, name, random) };
}

function freeValueOfCard(schema: AttributeSchema, name: string, random: Random): string {
  if (schema.id === ATTR_TITLE || schema.id === ATTR_MODEL) return name;
  if (schema.id === ATTR_DESCRIPTION) return `${name}. ${random.shuffle(SENTENCES).slice(0, 4).join('<br/>')}`;
  if (schema.id === ATTR_HASHTAGS) return '#дом #подарок';
  if (schema.type === 'Boolean') return random.next() < 0.5 ? 'true' : 'false';
  const [low, high] = schema.range ?? [1, 10];
  if (schema.type === 'Integer') return String(random.int(Math.ceil(low), Math.floor(high)));
  if (schema.type === 'Decimal') return (random.int(low * 10, high * 10) / 10).toString();
  return random.pick(['стандарт', 'есть', 'универсальный', 'по запросу']);
}
