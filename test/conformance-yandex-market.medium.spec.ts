import { describeChannel } from '#channels/testkit';
import { yandexMarketDriver } from './conformance-yandex-market.js';

describeChannel('yandex-market', yandexMarketDriver);
