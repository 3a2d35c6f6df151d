/** Signs that no author writes: each is counted, so that those a reference already has can be taken off. */
const SIGNS: readonly { readonly name: string; readonly pattern: RegExp; readonly least?: number }[] = [
  { name: 'replacement sign', pattern: /\ufffd/gu },
  { name: 'control character', pattern: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f]/gu },
  { name: 'private or unpaired character', pattern: /[\ue000-\uf8ff\ud800-\udfff]/gu },
  { name: 'question marks inside words', pattern: /(?<=\p{L}\?*)\?(?=\?*\p{Ll})/gu, least: 2 },
  { name: 'question marks for a word', pattern: /(?<=^|\s)\?{3,}(?=$|[\s.,])/gu },
  { name: 'box drawing inside text', pattern: /(?:\p{L}[\u2500-\u259f]|[\u2500-\u259f]\p{L}|([\u2500-\u259f])(?!\1)[\u2500-\u259f])/gu },
  { name: 'UTF-8 read as windows-1251', pattern: /(?:[РС](?:[\u0402-\u040f\u0452-\u045f\u0490\u0491\u2018-\u203a\u20ac\u2116\u2122°±Ііµ¶·»ј]|\s(?=[РС]))){2,}/gu },
  { name: 'UTF-8 read as Latin-1', pattern: /(?:[ÐÑ][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u203a\u20ac\u2122]\s?){2,}/gu },
];

/** The signs that `text` shows more often than `reference`. */
export function brokenSigns(text: string, reference: string): readonly string[] {
  const extra = (pattern: RegExp): number => (text.match(pattern) ?? []).length - (reference.match(pattern) ?? []).length;
  return SIGNS.filter(({ pattern, least = 1 }) => extra(pattern) >= least).map(({ name }) => name);
}
