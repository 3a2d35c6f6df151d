import { describe } from '@jest/globals';
import { wildberries } from '#channels/wildberries';
import { adoptsCards } from './adopt-market.js';
import { wildberriesWorld } from './sandbox-wildberries-world.js';

describe('a catalog made of the cards of Wildberries', () => {
  adoptsCards(wildberries, () => wildberriesWorld(), 6);
});
