import { fingerprint, Unauthorised, Unsupported } from '#kernel';
import type { Channel, ChannelModule } from '#channels/contract';
import { adoption } from './yandex-market.adoption.js';
import { CabinetReader } from './yandex-market.cabinet.js';
import { descriptor } from './yandex-market.channel.js';
import { YANDEX_API, YandexClient } from './yandex-market.client.js';
import { compose } from './yandex-market.compose.js';
import { confirm } from './yandex-market.confirm.js';
import { isEcho } from './yandex-market.echo.js';
import { health } from './yandex-market.health.js';
import { normalise } from './yandex-market.normalise.js';
import { OfferReader } from './yandex-market.offers.js';
import { peek } from './yandex-market.peek.js';
import { push } from './yandex-market.push.js';
import { YandexReferences } from './yandex-market.references.js';
import { needs, render } from './yandex-market.render.js';
import { choices, stockPlaces } from './yandex-market.rule-choices.js';
import { StockReader } from './yandex-market.stock-reading.js';
import { type Reading, sweepContent, sweepOffers } from './yandex-market.sweep.js';

/** Yandex Market's Partner API. What it really does, dated: docs/channels/yandex-market.md. */
export const yandexMarket: ChannelModule = {
  descriptor,
  needs,
  render,
  normalise,
  isEcho,
  compose,
  adoption,
  choices,
  stockPlaces,
  // A key opens one cabinet, whether or not it is named.
  sellerOf: ({ apiKey, businessId, baseUrl = YANDEX_API }) => (businessId ? `${businessId} ${baseUrl}` : apiKey ? `key ${fingerprint(apiKey)} ${baseUrl}` : undefined),
  connect(config, ports): Channel {
    const { apiKey = '', businessId = '', campaignId = '' } = config;
    if (apiKey === '') throw new Unauthorised('Yandex Market needs an Api-Key');
    const client = new YandexClient({ apiKey, baseUrl: (config['baseUrl'] || YANDEX_API).replace(/\/+$/, '') }, ports);
    const cabinet = new CabinetReader(client, { businessId, campaignId });
    const stocks = new StockReader(client, cabinet);
    const references = new YandexReferences(client, cabinet, stocks);
    const reading: Reading = { client, cabinet, stocks, references, offers: new OfferReader(client, cabinet) };
    return {
      sweep(lane, resume, run) {
        if (lane === 'offers') return sweepOffers(reading, resume, run);
        if (lane === 'content') return sweepContent(reading, resume, run);
        throw new Unsupported(`Yandex Market has no lane "${lane}"`);
      },
      peek: (keys, facets, run) => peek(reading, keys, facets, run),
      push: (_operation, calls, run) => push(reading, calls, run),
      confirm: (receipts, run) => confirm(reading, receipts, run),
      references: (keys, run) => references.fetch(keys, run),
      health: (run) => health(reading, run),
    };
  },
};
