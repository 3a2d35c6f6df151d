const LOOKALIKES_LATIN = 'aceopxyABCEHKMOPTXy';
const LOOKALIKES_CYRILLIC = 'асеорхуАВСЕНКМОРТХу';

/** How each Russian letter may be written in Latin ones. */
const SOUNDS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'vw',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'eoy',
  ж: 'jz',
  з: 'zs',
  и: 'iy',
  й: 'iyj',
  к: 'kcq',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 'sc',
  т: 't',
  у: 'uw',
  ф: 'f',
  х: 'hxk',
  ц: 'ct',
  ч: 'c',
  ш: 's',
  щ: 's',
  ъ: '',
  ы: 'yi',
  ь: '',
  э: 'e',
  ю: 'uy',
  я: 'aiy',
};

const isCyrillic = (text: string): boolean => /\p{Script=Cyrillic}/u.test(text);
const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);

function replaceAll(word: string, from: string, to: string): string {
  return [...word].map((letter) => to[from.indexOf(letter)] ?? letter).join('');
}

const asLatin = (word: string): string => replaceAll(word, LOOKALIKES_CYRILLIC, LOOKALIKES_LATIN);
const asCyrillic = (word: string): string => replaceAll(word, LOOKALIKES_LATIN, LOOKALIKES_CYRILLIC);

/** A word of both scripts brought to the one it can be read in, lookalike letters exchanged; left alone when it cannot. */
export function oneScript(word: string): string {
  if (!isCyrillic(word) || !isLatin(word)) return word;
  if (!isLatin(asCyrillic(word))) return asCyrillic(word);
  return isCyrillic(asLatin(word)) ? word : asLatin(word);
}

/** Both scripts inside one word, and not by letters that look alike. */
export function mixesScripts(word: string): boolean {
  const one = oneScript(word);
  return isCyrillic(one) && isLatin(one);
}

/** The same to the eye, whatever scripts its letters are from. */
export function looksAlike(left: string, right: string): boolean {
  return asLatin(left) === asLatin(right);
}

/** The one has Cyrillic letters, the other none. */
export function changesScript(meant: string, word: string): boolean {
  return isCyrillic(meant) !== isCyrillic(word);
}

/** Of two words of one length in different scripts: at least half of the letters sound the same in place. */
export function isTransliterated(meant: string, word: string): boolean {
  const [cyrillic, latin] = isCyrillic(meant) ? [meant.toLowerCase(), word.toLowerCase()] : [word.toLowerCase(), meant.toLowerCase()];
  const alike = [...cyrillic].filter((letter, at) => (SOUNDS[letter] ?? '').includes(latin[at] ?? ' ')).length;
  return alike * 2 >= cyrillic.length;
}

/** A foreign name written as it sounds ("Сяоми" for "Xiaomi"): about as long, and nearly every letter has its sound there. */
export function isSpelledAsHeard(cyrillic: string, latin: string): boolean {
  if (!isCyrillic(cyrillic) || isCyrillic(latin) || Math.abs(cyrillic.length - latin.length) > 3) return false;
  const heard = latin.toLowerCase();
  const alike = [...cyrillic.toLowerCase()].filter((letter) => [...(SOUNDS[letter] ?? '')].some((sound) => heard.includes(sound))).length;
  return alike >= cyrillic.length * 0.8;
}
