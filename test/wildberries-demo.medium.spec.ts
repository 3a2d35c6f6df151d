import { expect, it } from '@jest/globals';
import { wildberries } from '#channels/wildberries';
import { wildberries as market } from '../apps/sandbox/wildberries/index.js';
import { demoRendering } from './demo-rendering.js';

/** What Wildberries has no place for, and what it can hold only nearly. */
const TOLD = ['attributes.#Хештеги wildberries.attribute-unknown', 'price wildberries.old-price-rounded', 'price wildberries.price-rounded', 'title wildberries.title-cut'];

it('the demo catalog renders without an error, and every attribute finds its place or is told', async () => {
  expect(await demoRendering(market, wildberries, 300)).toEqual({ rendered: 300, told: TOLD });
}, 120_000);
