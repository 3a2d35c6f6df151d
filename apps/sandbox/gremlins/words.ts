import type { Random } from '../random.js';

const FOREIGN_WORDS = ['уценка', 'реплика', 'подделка', 'витринный', 'дефект', 'детский', 'автомобильный', 'бывший', 'импортный'];
const FOREIGN_SENTENCES = ['Внимание: комплектация может отличаться от описания.', 'Товар поставляется без гарантии производителя.', 'Заказывайте только оптом от десяти штук!'];

/** A sentence that says what the seller never said. */
export function foreignSentence(random: Random): string {
  return random.pick(FOREIGN_SENTENCES);
}

/** Replaces up to `most` words outside markup, leaving at least one; undefined when there are fewer than two. */
export function replaceWords(text: string, most: number, random: Random): { text: string; count: number } | undefined {
  const words = text.split(' ');
  if (words.length < 2) return undefined;
  const count = Math.min(words.length - 1, random.int(1, most));
  for (let i = 0; i < count; i++) {
    const plain = words.flatMap((word, n) => (/[<>&]/.test(word) ? [] : [n]));
    if (plain.length > 0) words[random.pick(plain)] = random.pick(FOREIGN_WORDS);
  }
  return { text: words.join(' '), count };
}
