import { Unauthorised, Unsupported } from '#kernel';
import type { Channel, ChannelModule } from '#channels/contract';
import { adoption } from './woocommerce.adoption.js';
import { descriptor } from './woocommerce.channel.js';
import { WooClient } from './woocommerce.client.js';
import { compose } from './woocommerce.compose.js';
import { isEcho } from './woocommerce.echo.js';
import { BUCKET } from './woocommerce.errors.js';
import { health } from './woocommerce.health.js';
import { readDelivery } from './woocommerce.hooks.js';
import { keepHooks, removeHooks } from './woocommerce.hooks-subscription.js';
import { normalise } from './woocommerce.normalise.js';
import { peek } from './woocommerce.peek.js';
import { Pusher } from './woocommerce.push.js';
import { fetchReferences } from './woocommerce.references.js';
import { needs, render } from './woocommerce.render.js';
import { choices } from './woocommerce.rule-choices.js';
import { ShopReader } from './woocommerce.shop.js';
import { Sweeper } from './woocommerce.sweep.js';

/** A seller's own site on WooCommerce (REST v3). What it really does, dated: docs/channels/woocommerce.md. */
export const woocommerce: ChannelModule = {
  descriptor,
  needs,
  render,
  normalise,
  isEcho,
  compose,
  adoption,
  choices,
  // One host bears the requests of all its keys.
  sellerOf: ({ siteUrl = '' }) => (URL.canParse(siteUrl) ? new URL(siteUrl).host : undefined),
  hints: { read: readDelivery },
  connect(config, ports): Channel {
    const { siteUrl = '', consumerKey = '', consumerSecret = '', requestsPerSecond = '' } = config;
    if (!/^https?:\/\/./.test(siteUrl.trim())) throw new Unauthorised('WooCommerce needs the address of the site, with https://');
    if (consumerKey === '' || consumerSecret === '') throw new Unauthorised('WooCommerce needs a consumer key and its secret');
    const perSecond = Number(requestsPerSecond);
    if (perSecond >= 1) ports.budget.learn(BUCKET, Math.floor(perSecond), undefined, 1000);
    const client = new WooClient({ siteUrl: homeOf(siteUrl), consumerKey, consumerSecret }, ports);
    const shop = new ShopReader(client, ports.clock);
    const sweeper = new Sweeper(client, shop);
    const pusher = new Pusher(client, shop);
    return {
      sweep(lane, resume, run) {
        if (lane === 'all') return sweeper.all(resume, run);
        if (lane === 'changed') return sweeper.changed(resume, run);
        throw new Unsupported(`WooCommerce has no lane "${lane}"`);
      },
      peek: (keys, facets, run) => peek(client, shop, keys, facets, run),
      push: (operation, calls, run) => pusher.push(operation, calls, run),
      confirm: () => Promise.reject(new Unsupported('WooCommerce answers at once: there are no tasks to ask for')),
      references: (keys, run) => fetchReferences(client, keys, run),
      health: (run) => health(client, run),
      hints: { keep: (address, renew, run) => keepHooks(client, address, renew, run), remove: (url, run) => removeHooks(client, url, run) },
    };
  },
};

/** The address of the site, whether its own, that of its back office or that of its API was given. */
function homeOf(address: string): string {
  return address
    .trim()
    .replace(/\/wp-(?:json|admin)(?:\/.*)?$/, '')
    .replace(/\/+$/, '');
}
