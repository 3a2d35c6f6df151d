import { ozon } from '#channels/ozon';
import { wildberries } from '#channels/wildberries';
import { woocommerce } from '#channels/woocommerce';
import { yandexMarket } from '#channels/yandex-market';
import { ChannelRegistry } from '#listings';

/** The channels of this build. A new channel is registered here, and nowhere else. */
export function knownChannels(): ChannelRegistry {
  return new ChannelRegistry([ozon, wildberries, woocommerce, yandexMarket]);
}
