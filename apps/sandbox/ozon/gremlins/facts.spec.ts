import { describe, expect, it } from '@jest/globals';
import { seeded } from '../../random.js';
import { allTypes, attributeSchema } from '../categories.js';
import type { Market } from '../market.js';
import type { Attribute, Card } from '../model.js';
import { attributeChanged, attributeLost } from './facts.js';

const COUNT = 'Единиц в одном товаре';
const type = allTypes().find(({ typeId }) => attributeSchema(typeId).some(({ name }) => name === COUNT));
const idOf = (name: string): number => attributeSchema(type?.typeId ?? 0).find((attribute) => attribute.name === name)?.id ?? 0;

const filled = (id: number, value: string): Attribute => ({ id, complex_id: 0, values: [{ dictionary_value_id: 0, value }] });
const draft = (defaults: number[]): Card => ({ live: { typeId: type?.typeId, attributes: [filled(idOf(COUNT), '1')], defaults } }) as unknown as Card;
const market = {} as Market;

describe('gremlins of attributes', () => {
  it('leave alone what the channel filled in by itself: no seller could notice', () => {
    expect(attributeChanged(market, draft([idOf(COUNT)]), seeded(1))).toBeUndefined();
    expect(attributeLost(market, draft([idOf(COUNT)]), seeded(1))).toBeUndefined();
  });

  it('break the same attribute where the seller said it', () => {
    expect(attributeChanged(market, draft([]), seeded(1))?.facet).toBe('attributes');
    expect(attributeLost(market, draft([]), seeded(1))?.facet).toBe('attributes');
  });
});
