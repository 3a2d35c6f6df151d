import type { ChannelModule } from '#channels/contract';
import { ozon } from '#channels/ozon';
import { wildberries } from '#channels/wildberries';
import { woocommerce } from '#channels/woocommerce';
import { yandexMarket } from '#channels/yandex-market';
import type { Least } from './least.js';
import * as onOzon from './least/ozon.js';
import * as onWildberries from './least/wildberries.js';
import * as onWoocommerce from './least/woocommerce.js';
import * as onYandexMarket from './least/yandex-market.js';

/** A channel with the arithmetic of its own API. */
export interface CountedChannel {
  readonly module: ChannelModule;
  /** How many times a thousand goods a look is taken at: enough for the channel's limits to bind. */
  readonly thousands: number;
  /** Cards that so many goods make on the simulated market. */
  cardsOf(goods: number): number;
  leastSweep(goods: number): Least;
  leastPush(cards: number): Least;
}

const oneEach = (goods: number): number => goods;

export const COUNTED_CHANNELS: readonly CountedChannel[] = [
  { module: ozon, thousands: 20, cardsOf: oneEach, ...onOzon },
  { module: wildberries, thousands: 10, cardsOf: oneEach, ...onWildberries },
  { module: yandexMarket, thousands: 10, cardsOf: oneEach, ...onYandexMarket },
  { module: woocommerce, thousands: 5, ...onWoocommerce },
];
