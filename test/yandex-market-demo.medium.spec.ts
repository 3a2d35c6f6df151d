import { expect, it } from '@jest/globals';
import { yandexMarket } from '#channels/yandex-market';
import { yandexMarket as market } from '../apps/sandbox/yandex-market/index.js';
import { demoRendering } from './demo-rendering.js';

/** What Yandex Market has no place for. */
const TOLD = [
  'attributes.#Хештеги yandex-market.attribute-unknown',
  'attributes.Артикул yandex-market.attribute-unknown',
  'attributes.Белки, г на 100 г yandex-market.attribute-unknown',
  'attributes.Жиры, г на 100 г yandex-market.attribute-unknown',
  'attributes.Углеводы, г на 100 г yandex-market.attribute-unknown',
  'attributes.Энергетическая ценность, ккал на 100 г yandex-market.attribute-unknown',
];

it('the demo catalog renders without an error, and every attribute finds its place or is told', async () => {
  expect(await demoRendering(market, yandexMarket, 300)).toEqual({ rendered: 300, told: TOLD });
}, 120_000);
