import { drawnPicture } from '../../pictures/drawn-picture.js';
import { seeded, type Random } from '../../random.js';
import type { Card, Characteristic } from '../model.js';
import type { Office } from '../office.js';
import { allSubjects, characteristicsOf, directories, type CharacteristicSchema } from '../subjects.js';

const SENTENCES = [
  'Подходит для ежедневного использования и легко моется.',
  'Материалы проверены временем и приятны на ощупь.',
  'Компактная упаковка удобна для хранения и подарка.',
  'Изделие прошло проверку качества на производстве.',
  'Продуманная конструкция служит много сезонов.',
  'Инструкция на русском языке входит в комплект.',
];

/** Puts finished cards straight into the store, without any request: for load and for tests of reading. */
export function addSyntheticCards(office: Office, count: number, seed: string): void {
  const { cards, clock, pictures } = office;
  const subjects = allSubjects();
  const now = clock.now();
  const warehouse = office.cabinet.current.warehouses[0];
  for (let i = 0; i < count; i++) {
    const random = seeded(seed, 'card', i);
    const subject = random.pick(subjects);
    const nmID = cards.next('nmID');
    const chrtID = cards.next('chrtID');
    const title = `${subject.name} ${random.pick(['Волна', 'Север', 'Лада', 'Кедр', 'Искра', 'Заря'])} ${1000 + i}`.slice(0, 60);
    const card: Card = {
      brand: random.pick(directories.brands),
      title,
      description: `${title}. ${random.shuffle(SENTENCES).slice(0, 4).join(' ')}`,
      kizMarked: false,
      dimensions: { length: random.int(5, 90), width: random.int(5, 90), height: random.int(5, 90), grams: random.int(50, 9000) },
      characteristics: characteristicsOf(subject.id).map((schema) => valueOf(schema, random)),
      more: {},
      nmID,
      imtID: cards.next('imtID'),
      nmUUID: cards.newUuid(nmID),
      vendorCode: `SYN-${String(i + 1).padStart(6, '0')}`,
      subjectID: subject.id,
      needKiz: false,
      wholesale: { enabled: false, quantum: 0 },
      sizes: [{ chrtID, techSize: subject.sized ? '42' : '0', wbSize: subject.sized ? '42' : '', skus: [cards.newBarcode()], price: random.int(150, 25_000) }],
      pictures: Array.from({ length: random.int(1, 3) }, (_, n) => pictures.host(drawnPicture(seed, i, n), `seed://${i}/${n}`)),
      video: '',
      tags: [],
      createdAt: now,
      updatedAt: now,
      trashedAt: 0,
      discount: random.int(0, 30),
      clubDiscount: 0,
      editableSizePrice: false,
      quarantine: null,
      forcedSale: false,
      stocks: warehouse ? { [String(warehouse.id)]: { [String(chrtID)]: random.int(1, 90) } } : {},
      blocked: '',
      shadowed: false,
      removed: false,
      lastDelaySeconds: 0,
    };
    cards.save(card);
  }
}

function valueOf({ id, type, usual, range }: CharacteristicSchema, random: Random): Characteristic {
  if (type === 4) {
    const [low, high] = range ?? [1, 10];
    return { id, value: random.int(Math.ceil(low), Math.floor(high)) };
  }
  return { id, value: [usual.length > 0 ? random.pick(usual) : random.pick(['стандарт', 'есть', 'универсальный', 'по запросу'])] };
}
