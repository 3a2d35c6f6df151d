import { drawnPicture } from '../../pictures/drawn-picture.js';
import { seeded, type Random } from '../../random.js';
import { allLeaves, GROUP_PARAMETER, parametersOf, type Parameter } from '../categories.js';
import type { Card, CardPicture, ParameterValue } from '../model.js';
import type { Office } from '../office.js';

const SENTENCES = [
  'Подходит для ежедневного использования и легко моется.',
  'Материалы проверены временем и приятны на ощупь.',
  'Компактная упаковка удобна для хранения и подарка.',
  'Изделие прошло проверку качества на производстве.',
  'Продуманная конструкция служит много сезонов.',
  'Инструкция на русском языке входит в комплект.',
];
const VENDORS = ['Волна', 'Север', 'Лада', 'Кедр', 'Искра', 'Заря'];

/** Puts finished cards straight into the store, without any request: for load and for tests of reading. */
export function addSyntheticCards(office: Office, count: number, seed: string): void {
  const { cards, clock, pictures } = office;
  const now = clock.now();
  const warehouse = office.cabinet.current.campaigns[0]?.warehouse;
  for (let i = 0; i < count; i++) {
    const random = seeded(seed, 'card', i);
    const leaf = random.pick(allLeaves());
    const offerId = `SYN-${String(i + 1).padStart(6, '0')}`;
    const vendor = random.pick(VENDORS);
    const name = `${leaf.name} ${vendor} ${1000 + i}`;
    const value = random.int(150, 25_000) * 100;
    const picture = (n: number): CardPicture => ({ ...pictures.host(drawnPicture(seed, i, n), `https://pictures.example/${seed}/${i}/${n}.jpg`), state: 'UPLOADED' });
    const card: Card = {
      seq: cards.placeOf(offerId),
      offerId,
      name,
      description: `<p>${name}.</p><p>${random.shuffle(SENTENCES).slice(0, 4).join(' ')}</p>`,
      vendor,
      vendorCode: `V-${1000 + i}`,
      categoryId: leaf.id,
      pictures: Array.from({ length: random.int(1, 3) }, (_, n) => picture(n)),
      barcodes: [cards.newBarcode()],
      dimensions: { length: random.int(50, 900), width: random.int(50, 900), height: random.int(50, 900), grams: random.int(50, 9000) },
      parameters: parametersOf(leaf.id).flatMap((parameter) => valueOf(parameter, random)),
      more: {},
      market: { sku: cards.newSku(), categoryId: leaf.id },
      creating: false,
      foreignCard: false,
      errors: [],
      warnings: [],
      price: { value, base: 0, minimum: 0, at: now },
      lastValid: value,
      quarantine: null,
      storePrices: {},
      vats: {},
      stocks: warehouse ? { [String(warehouse.id)]: { fit: random.int(1, 90), freeze: 0, at: now } } : {},
      hidden: [],
      absent: [],
      archived: false,
      blocked: '',
      measured: false,
      createdAt: now,
      updatedAt: now,
      removed: false,
      lastDelaySeconds: 0,
    };
    cards.save(card);
  }
}

function valueOf({ id, type, values, range, defaultUnit }: Parameter, random: Random): ParameterValue[] {
  if (id === GROUP_PARAMETER) return [];
  switch (type) {
    case 'ENUM': {
      const chosen = random.pick(values);
      return [{ parameterId: id, valueId: chosen.id, value: chosen.value }];
    }
    case 'BOOLEAN':
      return [{ parameterId: id, value: random.pick(['true', 'false']) }];
    case 'NUMERIC': {
      const [low, high] = range ?? [1, 10];
      return [{ parameterId: id, value: String(random.int(Math.ceil(low), Math.floor(high))), ...(defaultUnit === undefined ? {} : { unitId: defaultUnit }) }];
    }
    default:
      return [{ parameterId: id, value: random.pick(['стандарт', 'универсальный', 'по запросу']) }];
  }
}
