import iconv from 'iconv-lite';
import type { Random } from './random.js';

const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшщъыьэюя';
const LATIN = 'abcdefghijklmnopqrstuvwxyz';

function randomLetters(random: Random, alphabet: string) {
  return (part: string): string =>
    part.replace(/\p{L}/gu, (letter) => {
      const drawn = alphabet[random.below(alphabet.length)] ?? letter;
      return letter === letter.toUpperCase() ? drawn.toUpperCase() : drawn;
    });
}

const misread = (written: string, read: string) => (part: string) => iconv.decode(iconv.encode(part, written), read);

/** Ways a text is broken, each applied to a part of it. Made with other means than the detector's character maps where there are any. */
export const GARBLERS: Readonly<Record<string, (part: string, random: Random) => string>> = {
  'utf8 as cp1251': (part) => new TextDecoder('windows-1251').decode(Buffer.from(part, 'utf8')),
  'cp1251 as utf8': (part) => Buffer.from(iconv.encode(part, 'windows-1251')).toString('utf8'),
  'utf8 as latin1': (part) => Buffer.from(part, 'utf8').toString('latin1'),
  'utf8 as cp1252': (part) => new TextDecoder('windows-1252').decode(Buffer.from(part, 'utf8')),
  'utf8 as cp866': misread('utf8', 'cp866'),
  'cp1251 as cp866': misread('windows-1251', 'cp866'),
  'cp866 as cp1251': misread('cp866', 'windows-1251'),
  'cp1251 as koi8-r': misread('windows-1251', 'koi8-r'),
  'koi8-r as cp1251': misread('koi8-r', 'windows-1251'),
  'cp1251 as latin1': misread('windows-1251', 'latin1'),
  'utf8 as cp1251 twice': (part) => misread('utf8', 'windows-1251')(misread('utf8', 'windows-1251')(part)),
  'question marks': (part) => part.replace(/[^\x00-\x7f]/gu, '?'),
  'question marks by byte': (part) => part.replace(/[^\x00-\x7f]/gu, '??'),
  'only question marks': (part) => part.replace(/\S/gu, '?'),
  'random Cyrillic letters': (part, random) => randomLetters(random, CYRILLIC)(part),
  'random Latin letters': (part, random) => randomLetters(random, LATIN)(part),
  'random letters of both': (part, random) => randomLetters(random, CYRILLIC + LATIN)(part),
  'random letters for letters and figures': (part, random) => part.replace(/[\p{L}\p{N}]/gu, () => random.pick([...'абвгдежзиклмнопрстуфхцчшщэюяqwxzvkjh'])),
  'utf8 as latin1 with controls shown': (part) =>
    Buffer.from(part, 'utf8')
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, '¿'),
  'every letter a question mark': (part) => part.replace(/\p{L}/gu, '?'),
  'letters shuffled in words': (part, random) => part.replace(/\p{L}{4,}/gu, (word) => random.shuffle([...word]).join('')),
  'random words of any length': (part, random) => part.replace(/\p{L}+/gu, () => randomLetters(random, CYRILLIC)('x'.repeat(5 + random.below(7)))),
  'wrong keyboard layout': (part) => part.replace(/[а-я]/g, (letter) => "f,dult;pbqrkvyjghcnea[wxio]sm'.z"[letter.charCodeAt(0) - 0x430] ?? letter),
};

/** Which part is broken: one stretch of characters, whole words from the start, or words here and there. */
export const PLACES: Readonly<Record<string, (text: string, share: number, random: Random, garble: (part: string) => string) => string>> = {
  stretch: (text, share, random, garble) => {
    const letters = [...text];
    const length = Math.max(1, Math.round(letters.length * share));
    const from = random.below(letters.length - length + 1);
    return letters.slice(0, from).join('') + garble(letters.slice(from, from + length).join('')) + letters.slice(from + length).join('');
  },
  beginning: (text, share, _random, garble) => {
    const words = text.split(' ');
    const count = Math.max(1, Math.ceil(words.length * share));
    return [garble(words.slice(0, count).join(' ')), ...words.slice(count)].join(' ');
  },
  scattered: (text, share, random, garble) => {
    const words = text.split(' ');
    const chosen = new Set(random.shuffle(words.map((_, at) => at)).slice(0, Math.max(1, Math.round(words.length * share))));
    return words.map((word, at) => (chosen.has(at) ? garble(word) : word)).join(' ');
  },
};

const INSERTS = [
  'АКЦИЯ! Скидка только сегодня',
  'Распродажа, успейте купить',
  'Новинка сезона 2026',
  'Доставка в подарок',
  'Хит продаж',
  'SALE -50%',
  'Звоните: +7 900 123-45-67',
  'Лучшая цена на рынке!!!',
];
const WORDS = [
  'уценка',
  'реплика',
  'подделка',
  'витринный',
  'дефект',
  'детский',
  'автомобильный',
  'бывший',
  'импортный',
  'оптом',
  'женский',
  'запчасть',
  'ремонт',
  'брак',
  'распродажа',
];
const OTHER_TEXTS = [
  'Товар временно не описан, обратитесь к продавцу за подробностями.',
  'Оригинальное изделие от производителя. Быстрая отправка со склада в Москве, возврат в течение 30 дней.',
  'Best choice for your family. Easy to use and easy to clean.',
  'Уточняйте наличие у менеджера.',
];

/** Honest, readable changes that are nobody else's text. */
export const EDITORS: Readonly<Record<string, (text: string, random: Random) => string>> = {
  'insert before': (text, random) => `${random.pick(INSERTS)} ${text}`,
  'insert after': (text, random) => `${text} ${random.pick(INSERTS)}`,
  'insert inside': (text, random) => {
    const words = text.split(' ');
    const at = random.below(words.length);
    return [...words.slice(0, at), random.pick(INSERTS), ...words.slice(at)].join(' ');
  },
  'words replaced': (text, random) => {
    const words = text.split(' ');
    for (let count = 1 + random.below(4); count > 0; count--) words[random.below(words.length)] = random.pick(WORDS);
    return words.join(' ');
  },
  'another text': (_text, random) => random.pick(OTHER_TEXTS),
  'cut off': (text) => (text.includes(' ') ? text.slice(0, text.lastIndexOf(' ', Math.ceil(text.length * 0.7))) : `${text} оптом`),
  'numbers changed': (text, random) => (/\d/.test(text) ? text.replace(/\d+/g, () => String(3 + random.below(900))) : `${text} 2 шт.`),
  'brand put in': (text, random) => `${random.pick(['Xiaomi', 'Samsung', 'Braun', 'Philips', 'Krups', 'Rowenta', 'Ikea', 'Dyson'])} ${text}`,
  emptied: () => '',
};
