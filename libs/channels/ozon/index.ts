import type { Channel, ChannelModule } from '#channels/contract';
import { adoption } from './ozon.adoption.js';
import { OZON_API, descriptor } from './ozon.channel.js';
import { OzonClient } from './ozon.client.js';
import { compose } from './ozon.compose.js';
import { confirm } from './ozon.confirm.js';
import { isEcho } from './ozon.echo.js';
import { floorKeeper } from './ozon.floors.js';
import { health } from './ozon.health.js';
import { normalise } from './ozon.normalise.js';
import { peek } from './ozon.peek.js';
import { push } from './ozon.push.js';
import { OzonReferences } from './ozon.references.js';
import { needs, render } from './ozon.render.js';
import { choices, stockPlaces } from './ozon.rule-choices.js';
import { StockReader } from './ozon.stock-reading.js';
import { type OfferReads, readQuarantined, sweepContent, sweepOffers } from './ozon.sweep.js';
import { Unauthorised, Unsupported } from '#kernel';

export type { CategoryLeaf, CategoryTree } from './ozon.categories.js';

/** Quarantine moves when prices do: once a minute is as often as anything reads it. */
const QUARANTINE_MS = 60_000;

/** Ozon's Seller API. What it really does, dated: docs/channels/ozon.md. */
export const ozon: ChannelModule = {
  descriptor,
  needs,
  render,
  normalise,
  isEcho,
  compose,
  adoption,
  choices,
  stockPlaces,
  sellerOf: ({ clientId, baseUrl = OZON_API }) => (clientId ? `${clientId} ${baseUrl}` : undefined),
  connect(config, ports): Channel {
    const { clientId = '', apiKey = '' } = config;
    if (clientId === '' || apiKey === '') throw new Unauthorised('Ozon needs a Client ID and an API key');
    const client = new OzonClient({ clientId, apiKey, baseUrl: (config['baseUrl'] || OZON_API).replace(/\/+$/, '') }, ports);
    const references = new OzonReferences(client, () => ports.clock.now());
    let quarantine: { readonly at: number; readonly ids: ReadonlySet<string> } | undefined;
    const reads: OfferReads = {
      stock: new StockReader(client, () => ports.clock.now()),
      async quarantined(run) {
        if (quarantine === undefined || ports.clock.now() - quarantine.at >= QUARANTINE_MS) {
          const at = ports.clock.now();
          quarantine = { at, ids: await readQuarantined(client, run) };
        }
        return quarantine.ids;
      },
    };
    return {
      sweep(lane, resume, run) {
        if (lane === 'offers') return sweepOffers(client, reads, resume, run);
        if (lane === 'content') return sweepContent(client, resume, run);
        throw new Unsupported(`Ozon has no lane "${lane}"`);
      },
      peek: (keys, facets, run) => peek(client, reads, keys, facets, run),
      push: (operation, calls, run) => push(client, operation, calls, run),
      confirm: (receipts, run) => confirm(client, ports, receipts, run),
      references: (keys, run) => references.fetch(keys, run),
      health: (run) => health(client, ports, run),
      floors: floorKeeper(client),
    };
  },
};
