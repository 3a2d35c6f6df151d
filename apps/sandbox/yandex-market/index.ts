import { Ledger } from '../ledger.js';
import type { Market, MarketFrame, MarketKind } from '../market.js';
import { PictureHouse } from '../pictures/picture-house.js';
import { serveCdn } from '../pictures/serve-cdn.js';
import { Stats } from '../stats.js';
import { serveBuyer } from './buyer.js';
import { CabinetOffice } from './cabinet.js';
import { CardBook } from './cards.js';
import { controlOf } from './control/index.js';
import { YandexMarketFaults } from './faults.js';
import { serveYandexMarket } from './http.js';
import { Limits } from './limits.js';
import type { Office } from './office.js';
import { LastPages } from './paging.js';
import { ParallelRequests } from './parallel-requests.js';
import { runTask } from './run-task.js';
import { SHOP } from './shop.js';
import { TaskOffice } from './tasks.js';

const PICTURES = { prefix: '/yandex-market-cdn/', path: (number: number) => `get-mpic/${number % 10_000}/img_id${number}/orig`, first: 4_210_001 };

/** The simulated Yandex Market: its API under /yandex-market, pictures under /yandex-market-cdn, buyer pages under /yandex-market-shop. */
export const yandexMarket: MarketKind = { id: 'yandex-market', open };

function open(frame: MarketFrame): Market {
  const { clock, store } = frame;
  const cabinet = new CabinetOffice(store);
  const office: Office = {
    ...frame,
    cabinet,
    cards: new CardBook(frame),
    tasks: new TaskOffice(frame),
    pictures: new PictureHouse(store, PICTURES, () => frame.baseUrl()),
    limits: new Limits(clock, cabinet),
    parallel: new ParallelRequests(cabinet),
    ledger: new Ledger(store),
    faults: new YandexMarketFaults(clock, frame.seed()),
    pages: new LastPages(),
  };
  const stats = new Stats();
  const control = controlOf(office, stats);
  office.tasks.start((task) => runTask(office, task));
  return {
    id: yandexMarket.id,
    control,
    shop: SHOP,
    arrived: () => office.pictures.arrived(),
    routes: (app) => {
      serveYandexMarket(app, office, stats);
      serveCdn(app, office.pictures);
      serveBuyer(app, office);
    },
    reset: () => {
      for (const part of [office.cards, office.tasks, office.pictures, office.limits, office.parallel, office.ledger, office.pages, control.injections, stats]) part.reset();
      office.faults.set([], frame.seed());
      cabinet.reset();
    },
  };
}
