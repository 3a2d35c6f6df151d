import iconv from 'iconv-lite';
import type { Random } from '../random.js';

type Garbler = (text: string, random: Random) => string;

const LETTERS = 'абвгдежзиклмнопрстуфхцчшщэюяqwxzvkjh';

/** The ways a text turns to mush on its way through encodings. */
const GARBLERS: Record<string, Garbler> = {
  'utf8-as-cp1251': (text) => iconv.decode(Buffer.from(text, 'utf8'), 'win1251'),
  'cp1251-as-utf8': (text) => iconv.encode(text, 'win1251').toString('utf8'),
  'cp1251-as-cp866': (text) => iconv.decode(iconv.encode(text, 'win1251'), 'cp866'),
  'utf8-as-latin1': (text) =>
    Buffer.from(text, 'utf8')
      .toString('latin1')
      .replace(/[\u0080-\u009f]/g, '¿'),
  'question-marks': (text) => text.replace(/[\p{L}]/gu, '?'),
  'random-letters': (text, random) => text.replace(/[\p{L}\p{N}]/gu, () => random.pick([...LETTERS])),
};

/** Garbles between a tenth and all of a text; answers the text and the name of the way it went. */
export function garble(text: string, random: Random): { text: string; way: string; share: number } {
  const way = random.pick(Object.keys(GARBLERS));
  const share = random.int(10, 100);
  const length = Math.max(3, Math.ceil((text.length * share) / 100));
  const start = random.int(0, Math.max(0, text.length - length));
  const garbler = GARBLERS[way];
  const middle = text.slice(start, start + length);
  return { text: text.slice(0, start) + (garbler ? garbler(middle, random) : middle) + text.slice(start + length), way, share };
}
