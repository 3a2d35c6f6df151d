import { randomFrom, type Random } from './random.js';

/** A card as a Russian seller writes it. Colour variants of one model share the description; titles differ by colour or not at all. */
export interface BelievableCard {
  readonly listingId: string;
  readonly sku: string;
  readonly title: string;
  readonly description: string;
}

const GOODS: readonly (readonly [string, 'm' | 'f' | 'n'])[] = [
  ['Чайник электрический', 'm'],
  ['Сковорода с антипригарным покрытием', 'f'],
  ['Плед', 'm'],
  ['Кружка', 'f'],
  ['Наушники беспроводные TWS', 'm'],
  ['Рюкзак городской', 'm'],
  ['Кроссовки для бега', 'm'],
  ['Постельное бельё', 'n'],
  ['Робот-пылесос', 'm'],
  ['Шампунь для волос', 'm'],
  ['Корм для кошек', 'm'],
  ['Перфоратор аккумуляторный', 'm'],
  ['Кашпо подвесное', 'n'],
  ['Чехол', 'm'],
  ['Кабель USB Type-C', 'm'],
  ['Фен', 'm'],
  ['Гель для душа', 'm'],
  ['Полотенце махровое', 'n'],
  ['Смарт-часы', 'm'],
  ['Конструктор магнитный', 'm'],
  ['Утюг', 'm'],
  ['Термос', 'm'],
  ['Куртка демисезонная', 'f'],
  ['Автошампунь бесконтактный', 'm'],
  ['Кофе в зёрнах', 'm'],
  ['Гирлянда светодиодная', 'f'],
  ['Стул', 'm'],
  ['Ёршик', 'm'],
];
const BRANDS = [
  'Bosch',
  'Тёплый дом',
  'Xiaomi',
  'Lamoda Home',
  'ЭКОЛАЙН',
  'Tefal',
  'Gorenje',
  'Мануфактура №1',
  'Hyundai',
  'SJCAM',
  'Zwilling',
  'Löwe',
  'Kärcher',
  'Pritt',
  'Nescafé',
  'ВкусВилл',
  'iRobot',
  'Ёлочка',
  '',
];
const MODELS = ['TWK-3A011', 'X100', 'Pro Max 2', 'WH-1000XM5', 'Mini', '№ 5', 'IP67', 'S8+', 'GB/T', 'ПВХ-32', ''];
const COLOURS = {
  m: ['красный', 'синий', 'чёрный', 'белый', 'бежевый', 'хаки'],
  f: ['красная', 'синяя', 'чёрная', 'белая', 'бежевая', 'хаки'],
  n: ['красное', 'синее', 'чёрное', 'белое', 'бежевое', 'хаки'],
};
const SIZES = ['1,7 л', '24 см', '200×220 см', '500 мл', 'размер 42', '2 шт.', '12 В / 2 А·ч', '3 в 1', '1000 г', '90 °C', ''];
const OPENINGS = [
  'прослужит много лет',
  'создан для тех, кто ценит комфорт',
  'станет отличным подарком близким',
  'подойдёт и для дома, и для дачи',
  'сочетает стиль и надёжность',
  'экономит место и время',
];
const QUALITIES = [
  'Прочные материалы не выцветают и не боятся влаги',
  'Изделие легко мыть под проточной водой',
  'Корпус выполнен из нержавеющей стали марки 18/10',
  'Швы обработаны оверлоком, нитки не торчат',
  'Ткань дышит и приятна к телу',
  'Съёмный фильтр упрощает уход',
  'Поддерживается быстрая зарядка Quick Charge 3.0',
  'Защита по стандарту IP54 спасает от брызг и пыли',
  'Совместимо с iOS и Android',
  'Механизм плавного закрывания защищает пальцы',
  'Не содержит BPA, сульфатов и парабенов',
  'Эргономичная ручка не скользит в руке',
];
const USES = ['на кухне', 'в офисе', 'в дороге', 'на пикнике', 'в детской', 'в ванной комнате', 'на балконе', 'в спортзале', 'в гараже', 'у бабушки в деревне'];
const CARES = [
  'Стирать при 30 °C, не отбеливать',
  'Протирать влажной тряпкой',
  'Хранить в сухом месте вдали от солнца',
  'Не мыть в посудомоечной машине',
  'Сушить на плоской поверхности',
  'Замена картриджа раз в 6 месяцев',
];
const KITS = [
  'инструкция',
  'гарантийный талон',
  'чехол',
  'кабель питания',
  'сменная насадка',
  'набор креплений',
  'подарочная коробка',
  'щётка для чистки',
  'запасной фильтр',
  'ремешок',
];
const CLOSINGS = [
  'Гарантия — 12 месяцев!',
  'Соответствует ГОСТ Р 51686.1-2000.',
  'Сделано в России 🇷🇺',
  'Возникли вопросы? Напишите нам — ответим 🙂',
  'Цвет на фото может отличаться от реального.',
  'Official store. Made for real life.',
  '',
];

function descriptionOf(random: Random, good: string, brand: string, size: string): string {
  const sentences = [
    `${good}${brand === '' ? '' : ` от ${brand}`} ${random.pick(OPENINGS)}`,
    ...random
      .shuffle(QUALITIES)
      .slice(0, 2 + random.below(4))
      .map((quality) => (random.chance(0.4) ? `${quality}, поэтому вещь удобна ${random.pick(USES)}` : quality)),
    `Размер и объём: ${size === '' ? 'стандарт' : size}, масса ${String(100 + random.below(4000))} г, срок службы ${String(1 + random.below(9))} года`,
    `Пригодится ${random.pick(USES)} и ${random.pick(USES)}`,
    random.pick(CARES),
    `В комплекте: ${random
      .shuffle(KITS)
      .slice(0, 2 + random.below(4))
      .join(', ')}`,
  ];
  const text = `${sentences.join('. ')}. ${random.pick(CLOSINGS)}`.trim();
  return random.chance(0.3) ? `<p>${text.replace(/\. /, '.</p><p><b>Важно:</b> ')}</p>` : text;
}

/** At least `count` cards, whole models at a time. */
export function believableCards(seed: number, count: number): readonly BelievableCard[] {
  const random = randomFrom(seed);
  const cards: BelievableCard[] = [];
  while (cards.length < count) {
    const [good, gender] = random.pick(GOODS);
    const brand = random.pick(BRANDS);
    const size = random.pick(SIZES);
    const short = random.chance(0.1);
    const stem = short ? good : [good, brand, random.pick(MODELS), size].filter((part) => part !== '').join(random.chance(0.5) ? ', ' : ' ');
    const description = descriptionOf(random, good, brand, size);
    const colours = random.chance(0.3) ? random.shuffle(COLOURS[gender]).slice(0, 2 + random.below(3)) : [random.pick(COLOURS[gender])];
    for (const colour of colours) {
      const number = cards.length + 1;
      const title = colours.length > 1 || !short ? `${stem}, ${colour}` : stem;
      cards.push({ listingId: String(number), sku: `KT-${String(number).padStart(5, '0')}`, title, description });
    }
  }
  return cards;
}
