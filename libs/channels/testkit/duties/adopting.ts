import assert from 'node:assert/strict';
import { adoptedProduct, changedByAdoption, NO_RULES } from '../adopted-again.js';
import type { Bench } from '../bench.js';
import type { Duty } from './duty.js';

export const adopting: Duty = {
  name: 'a card made into a product is shown unchanged',
  skip: (bench) => (bench.driver.module.adoption === undefined ? 'no products are made of cards of this channel' : undefined),
  async check(bench) {
    const { module, cards } = bench.driver;
    const shown = await bench.peek(...cards);
    assert.equal(shown.size, cards.length);
    const known = new Map<string, unknown>();
    const references = (key: string): unknown => known.get(key);
    for (const card of shown.values()) {
      await learn(bench, known, () => module.adoption?.needs(card.values, references) ?? []);
      await learn(bench, known, () => module.needs(adoptedProduct(module, card, references), NO_RULES, references));
      assert.deepEqual(changedByAdoption(module, card, references), []);
    }
  },
};

/** Fetches what is asked for until nothing more is. */
async function learn(bench: Bench, known: Map<string, unknown>, ask: () => readonly string[]): Promise<void> {
  const missing = () => ask().filter((key) => !known.has(key));
  for (let keys = missing(); keys.length > 0; keys = missing()) {
    for (const [key, body] of await bench.channel.references(keys, bench.run())) known.set(key, body);
    assert.ok(
      keys.every((key) => known.has(key)),
      `references were not answered: ${keys.join(', ')}`,
    );
  }
}

export const ADOPTING: readonly Duty[] = [adopting];
