import type { Logger } from 'pino';
import type { ChannelClock } from '../clock.js';
import type { Ledger } from '../ledger.js';
import type { Schedule } from '../schedule.js';
import type { Store } from '../store.js';
import type { CabinetOffice } from './cabinet.js';
import type { CardBook } from './cards.js';
import type { FaultBoard } from './faults.js';
import type { Limits } from './limits.js';
import type { PictureHouse } from './pictures.js';

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
  faults: FaultBoard;
  logger: Logger;
}
