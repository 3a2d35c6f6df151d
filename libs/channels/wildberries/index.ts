import { Unauthorised, Unsupported } from '#kernel';
import type { Channel, ChannelModule } from '#channels/contract';
import { adoption } from './wildberries.adoption.js';
import { keyOf } from './wildberries.card-keys.js';
import { descriptor } from './wildberries.channel.js';
import { WildberriesClient } from './wildberries.client.js';
import { compose } from './wildberries.compose.js';
import { confirm } from './wildberries.confirm.js';
import { isEcho } from './wildberries.echo.js';
import { health } from './wildberries.health.js';
import { teachLimits } from './wildberries.limits.js';
import { normalise } from './wildberries.normalise.js';
import { OfferReader } from './wildberries.offers.js';
import { peek } from './wildberries.peek.js';
import { push } from './wildberries.push.js';
import { fetchReferences } from './wildberries.references.js';
import { needs, render } from './wildberries.render.js';
import { choices, stockPlaces } from './wildberries.rule-choices.js';
import { sweepContent, sweepOffers } from './wildberries.sweep.js';
import { readToken, sellerOf } from './wildberries.token.js';
import { Underway } from './wildberries.underway.js';

/** Wildberries' Seller API. What it really does, dated: docs/channels/wildberries.md. */
export const wildberries: ChannelModule = {
  descriptor,
  needs,
  render,
  normalise,
  isEcho,
  compose,
  keyOf,
  adoption,
  choices,
  stockPlaces,
  sellerOf: ({ token = '', baseUrl = '' }) => sellerOf(token, baseUrl),
  connect(config, ports): Channel {
    const { token = '' } = config;
    if (token === '') throw new Unauthorised('Wildberries needs an API token');
    const known = readToken(token);
    teachLimits(ports.budget, known.type);
    const client = new WildberriesClient({ token, baseUrl: (config['baseUrl'] ?? '').replace(/\/+$/, '') }, known, ports);
    const offers = new OfferReader(client, ports);
    const underway = new Underway(ports.clock);
    return {
      sweep(lane, resume, run) {
        if (lane === 'offers') return sweepOffers(client, offers, resume, run);
        if (lane === 'content') return sweepContent(client, resume, run);
        throw new Unsupported(`Wildberries has no lane "${lane}"`);
      },
      peek: (keys, facets, run) => peek(client, offers, keys, facets, run),
      push(operation, calls, run) {
        if (operation === 'card' || operation === 'create') offers.noteSent(calls.map((call) => call.item.key));
        return push(client, operation, calls, ports.clock, run, underway);
      },
      confirm: (receipts, run) => confirm(client, ports, receipts, run, underway),
      references: (keys, run) => fetchReferences(client, keys, run),
      health: (run) => health(client, ports, run),
    };
  },
};
