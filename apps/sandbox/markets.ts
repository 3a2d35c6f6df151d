import type { MarketKind } from './market.js';
import { ozon } from './ozon/index.js';
import { wildberries } from './wildberries/index.js';
import { woocommerce } from './woocommerce/index.js';
import { yandexMarket } from './yandex-market/index.js';

/** Every simulated channel. */
export const MARKETS: readonly MarketKind[] = [ozon, wildberries, yandexMarket, woocommerce];
