import { Ledger } from '../ledger.js';
import type { Market, MarketFrame, MarketKind } from '../market.js';
import { PictureHouse } from '../pictures/picture-house.js';
import { Stats } from '../stats.js';
import { applyCreate, applyEdit } from './apply-content.js';
import { applyMedia } from './apply-media.js';
import { applyPrices } from './apply-prices.js';
import { serveBuyer, SHOP } from './buyer.js';
import { CabinetOffice } from './cabinet.js';
import { CardBook } from './cards.js';
import { controlOf } from './control/index.js';
import { DraftBook } from './drafts.js';
import { WildberriesFaults } from './faults.js';
import { serveWildberries } from './http.js';
import { Limits } from './limits.js';
import type { Office } from './office.js';
import { LastPages } from './pages.js';
import { servePhotos } from './serve-photos.js';
import { TagBook } from './tags.js';
import { TaskOffice, type Task } from './tasks.js';
import { emptyTrash } from './trash.js';
import { UploadBook } from './uploads.js';

const PICTURES = {
  prefix: '/wildberries-cdn/',
  path: (number: number) => `vol${Math.floor(number / 100_000)}/part${Math.floor(number / 1000)}/${number}/images/big/1`,
  first: 310_000_001,
};

/** The simulated Wildberries: hosts of the API as folders under /wildberries, pictures under /wildberries-cdn, buyer pages under /wildberries-shop. */
export const wildberries: MarketKind = { id: 'wildberries', tables: ['drafts', 'uploads', 'tags'], open };

function open(frame: MarketFrame): Market {
  const { clock, store } = frame;
  const cabinet = new CabinetOffice(store, clock.now());
  const office: Office = {
    ...frame,
    cabinet,
    cards: new CardBook(frame),
    drafts: new DraftBook(store),
    uploads: new UploadBook(store),
    tags: new TagBook(store),
    tasks: new TaskOffice(frame),
    pictures: new PictureHouse(store, PICTURES, () => frame.baseUrl()),
    limits: new Limits(clock, cabinet),
    ledger: new Ledger(store),
    faults: new WildberriesFaults(clock, frame.seed()),
    pages: new LastPages(),
  };
  const stats = new Stats();
  const control = controlOf(office, stats);
  office.tasks.start((task) => run(office, task));
  emptyTrash(office);
  return {
    id: wildberries.id,
    control,
    shop: SHOP,
    arrived: () => office.pictures.arrived(),
    routes: (app) => {
      serveWildberries(app, office, stats);
      servePhotos(app, office.pictures);
      serveBuyer(app, office);
    },
    reset: () => {
      for (const part of [
        office.cards,
        office.drafts,
        office.uploads,
        office.tags,
        office.tasks,
        office.pictures,
        office.limits,
        office.ledger,
        office.pages,
        control.injections,
        stats,
      ])
        part.reset();
      office.faults.set([], frame.seed());
      cabinet.reset(clock.now());
      emptyTrash(office);
    },
  };
}

function run(office: Office, task: Task): void | Promise<void> {
  const { work } = task;
  switch (work.kind) {
    case 'create':
      return applyCreate(office, task, work);
    case 'edit':
      return applyEdit(office, task, work);
    case 'media':
      return applyMedia(office, task, work);
    case 'price':
      return applyPrices(office, task, work);
  }
}
