import { describe } from '@jest/globals';
import { yandexMarket } from '#channels/yandex-market';
import { adoptsCards } from './adopt-market.js';
import { yandexMarketWorld } from './sandbox-yandex-market-world.js';

describe('a catalog made of the cards of Yandex Market', () => {
  adoptsCards(yandexMarket, () => yandexMarketWorld(), 6);
});
