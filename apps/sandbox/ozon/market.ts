import type { Logger } from 'pino';
import type { ChannelClock } from '../clock.js';
import type { Ledger } from '../ledger.js';
import type { PictureHouse } from '../pictures/picture-house.js';
import type { Schedule } from '../schedule.js';
import type { Store } from '../store.js';
import type { CabinetOffice } from './cabinet.js';
import type { CardBook } from './cards.js';
import type { OzonFaults } from './faults.js';
import type { Limits } from './limits.js';

/** One marketplace: everything its methods and its control surface work on. */
export interface Market {
  seed: () => string;
  clock: ChannelClock;
  store: Store;
  schedule: Schedule;
  cabinet: CabinetOffice;
  cards: CardBook;
  pictures: PictureHouse;
  limits: Limits;
  ledger: Ledger;
  faults: OzonFaults;
  logger: Logger;
}
