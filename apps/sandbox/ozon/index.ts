import type { Market, MarketFrame, MarketKind } from '../market.js';
import { Ledger } from '../ledger.js';
import { PictureHouse } from '../pictures/picture-house.js';
import { serveCdn } from '../pictures/serve-cdn.js';
import { Stats } from '../stats.js';
import { serveBuyer } from './buyer.js';
import { CabinetOffice } from './cabinet.js';
import { CardBook } from './cards.js';
import { controlOf } from './control/index.js';
import { OzonFaults } from './faults.js';
import { serveOzon } from './http.js';
import { Limits } from './limits.js';
import type { Market as Parts } from './market.js';
import { watchModeration } from './moderation.js';
import { TaskOffice } from './tasks.js';

const PICTURES = { prefix: '/ozon-cdn/s3/', path: (number: number) => `multimedia-1-${(number % 36).toString(36)}/${number}`, first: 7_000_000_001 };

/** The simulated Ozon: API under /ozon, pictures under /ozon-cdn, buyer pages under /ozon-shop. */
export const ozon: MarketKind = {
  id: 'ozon',
  // Folders made when there was one market keep its tables under their plain names.
  room: '',
  open: openOzon,
};

function openOzon(frame: MarketFrame): Market {
  const { clock, store, schedule, logger } = frame;
  const cabinet = new CabinetOffice(store, clock.now());
  const parts: Parts = {
    seed: () => frame.seed(),
    clock,
    store,
    schedule,
    cabinet,
    cards: new CardBook(store),
    pictures: new PictureHouse(store, PICTURES, () => frame.baseUrl()),
    limits: new Limits(clock, cabinet, store),
    ledger: new Ledger(store),
    faults: new OzonFaults(clock, frame.seed()),
    logger,
  };
  for (const card of parts.cards.all()) watchModeration(parts, card);
  const tasks = new TaskOffice(parts);
  const stats = new Stats();
  const control = controlOf(parts, tasks, stats, () => frame.baseUrl());
  return {
    id: ozon.id,
    shop: '/ozon-shop/',
    control,
    arrived: () => parts.pictures.arrived(),
    routes: (app) => {
      serveOzon(app, parts, tasks, stats);
      serveCdn(app, parts.pictures);
      serveBuyer(app, parts);
    },
    reset: () => {
      parts.cards.reset();
      tasks.reset();
      control.injections.reset();
      parts.ledger.reset();
      parts.pictures.reset();
      parts.limits.reset();
      parts.faults.set([], frame.seed());
      stats.reset();
      cabinet.reset(clock.now());
    },
  };
}
