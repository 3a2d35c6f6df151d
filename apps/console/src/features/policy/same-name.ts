/** Titles hold signs that no keyboard has, such as "·": letters and digits tell. A title without any is compared as it stands. */
const told = (name: string): string => {
  const plain = name.normalize('NFKC').toLowerCase();
  const letters = plain.replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return letters === '' ? plain.trim() : letters;
};

/** Whether somebody typed this title; case, spaces and signs do not matter. */
export const sameName = (typed: string, title: string): boolean => told(typed) === told(title);
