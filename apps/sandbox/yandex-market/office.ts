import type { Ledger } from '../ledger.js';
import type { MarketFrame } from '../market.js';
import type { PictureHouse } from '../pictures/picture-house.js';
import type { CabinetOffice } from './cabinet.js';
import type { CardBook } from './cards.js';
import type { YandexMarketFaults } from './faults.js';
import type { Limits } from './limits.js';
import type { LastPages } from './paging.js';
import type { ParallelRequests } from './parallel-requests.js';
import type { TaskOffice } from './tasks.js';

/** Everything this market's methods and its control surface work on. */
export interface Office extends MarketFrame {
  readonly cabinet: CabinetOffice;
  readonly cards: CardBook;
  readonly tasks: TaskOffice;
  readonly pictures: PictureHouse;
  readonly limits: Limits;
  readonly parallel: ParallelRequests;
  readonly ledger: Ledger;
  readonly faults: YandexMarketFaults;
  readonly pages: LastPages;
}
