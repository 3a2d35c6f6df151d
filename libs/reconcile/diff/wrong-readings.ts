import iconv from 'iconv-lite';

/** One way a text goes wrong between two programs: what becomes of each character. */
export interface WrongReading {
  /** "utf8 read as windows-1251". */
  readonly name: string;
  /** What stands for `character` afterwards, blanks and invisible signs dropped; '' when nothing visible is left. */
  of(character: string): string;
}

/**
 * Blanks, soft hyphens, controls and replacement signs go on both sides before comparing: half of a broken letter is often
 * one of these, and channels trim and merge them.
 */
export function squash(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\ufeff\ufffd]/gu, '');
}

const WRITTEN_AS = ['utf8', 'windows-1251', 'cp866', 'koi8-r', 'macCyrillic', 'iso-8859-5'] as const;
const READ_AS = ['windows-1251', 'latin1', 'windows-1252', 'cp866', 'koi8-r', 'macCyrillic', 'iso-8859-5'] as const;

const QWERTY = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>';
const JCUKEN = 'ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ';

function remembered(name: string, of: (character: string) => string): WrongReading {
  const known = new Map<string, string>();
  return {
    name,
    of(character) {
      const seen = known.get(character);
      if (seen !== undefined) return seen;
      const shown = squash(of(character));
      known.set(character, shown);
      return shown;
    },
  };
}

/** Letters and signs that become a question mark where an encoding lacks them; an ellipsis made one is honest editing. */
const LOSABLE = /\p{L}|(?=[№×°±²³½®™])/u;

/** A character the first encoding lacks is lost on the way. */
const misread = (written: string, read: string) => (character: string) => {
  const bytes = iconv.encode(character, written);
  return bytes.length === 1 && bytes[0] === 0x3f ? (LOSABLE.test(character) ? '?' : character) : iconv.decode(bytes, read);
};
const beyondAscii = (of: (character: string) => string) => (character: string) => ((character.codePointAt(0) ?? 0) < 0x80 ? character : of(character));

const encodings = WRITTEN_AS.flatMap((written) => READ_AS.filter((read) => read !== written).map((read) => remembered(`${written} read as ${read}`, misread(written, read))));
const twice = (['windows-1251', 'latin1', 'windows-1252'] as const).map((read) =>
  remembered(`utf8 read as ${read}, twice`, (character) => [...misread('utf8', read)(character)].map(misread('utf8', read)).join('')),
);
const shownControls = ['¿', '?', '□'].map((sign) =>
  remembered(`utf8 read as latin1, controls shown as ${sign}`, (character) => misread('utf8', 'latin1')(character).replace(/[\u0080-\u009f]/g, sign)),
);
const sevenBit = (['koi8-r', 'windows-1251', 'utf8'] as const).map((written) =>
  remembered(`${written} cut to 7 bits`, (character) =>
    LOSABLE.test(character) ? String.fromCharCode(...[...iconv.encode(character, written)].map((byte) => byte & 0x7f)) : character,
  ),
);
const escapes = [
  remembered(
    'escaped as \\u0000',
    beyondAscii((character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`),
  ),
  remembered(
    'percent-encoded',
    beyondAscii((character) => [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')),
  ),
  remembered(
    'escaped as &#0;',
    beyondAscii((character) => `&#${character.codePointAt(0) ?? 0};`),
  ),
];
const keyboards = [
  remembered('typed in the Latin layout', (character) => QWERTY[JCUKEN.indexOf(character)] ?? character),
  remembered('typed in the Cyrillic layout', (character) => JCUKEN[QWERTY.indexOf(character)] ?? character),
];
const fillers = [
  ...['?', '??', '□', '■', '*', '#', '_', '•', '¿', '▯'].map((filler) =>
    remembered(
      `letters lost to ${filler}`,
      beyondAscii((character) => (LOSABLE.test(character) ? filler : character)),
    ),
  ),
  remembered('everything lost to ?', (character) => (character === '…' ? character : '?')),
];

/** Every known way, the common ones first. Pure character maps, so a text broken in any part of it can be proven. */
export const WRONG_READINGS: readonly WrongReading[] = [...encodings, ...shownControls, ...fillers, ...twice, ...sevenBit, ...escapes, ...keyboards];

export interface Proof {
  readonly reading: string;
  /** Letters of the expected text that went through the wrong reading. */
  readonly letters: number;
  /** Signs that stand for them, and letters that left none. */
  readonly shown: number;
  /** Length of the live text explained, 0..1. */
  readonly explained: number;
}

interface Step {
  readonly offset: number;
  readonly letters: number;
  readonly shown: number;
}

/** How much of `live` is `expected` with any of its characters gone through `reading`; undefined when it does not begin so. */
function explain(expected: readonly string[], live: string, reading: WrongReading): Proof | undefined {
  let steps: readonly Step[] = [{ offset: 0, letters: 0, shown: 0 }];
  let best: Step = { offset: 0, letters: 0, shown: 0 };
  for (const character of expected) {
    const next = new Map<number, Step>();
    const keep = (step: Step): void => {
      if ((next.get(step.offset)?.letters ?? -1) < step.letters) next.set(step.offset, step);
    };
    const broken = reading.of(character);
    for (const { offset, letters, shown } of steps) {
      if (live.startsWith(character, offset)) keep({ offset: offset + character.length, letters, shown });
      // A letter that became a blank proves nothing by itself: any cut text would be proven.
      if (broken === '') keep({ offset, letters, shown: shown + 1 });
      else if (broken !== character && live.startsWith(broken, offset)) keep({ offset: offset + broken.length, letters: letters + 1, shown: shown + broken.length });
    }
    if (next.size === 0) break;
    steps = [...next.values()];
    for (const step of steps) if (step.offset > best.offset || (step.offset === best.offset && step.letters > best.letters)) best = step;
  }
  return best.letters === 0 ? undefined : { reading: reading.name, letters: best.letters, shown: best.shown, explained: best.offset / live.length };
}

/** The wrong readings that turn `expected` into `live` (at least four fifths of it). */
export function provenReadings(expected: string, live: string): readonly Proof[] {
  const shown = squash(live);
  const meant = [...squash(expected)];
  if (shown === '' || meant.length === 0) return [];
  return WRONG_READINGS.flatMap((reading) => {
    const proof = explain(meant, shown, reading);
    return proof && proof.explained >= 0.8 ? [proof] : [];
  });
}
