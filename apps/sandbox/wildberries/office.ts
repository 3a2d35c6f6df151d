import type { MarketFrame } from '../market.js';
import type { Ledger } from '../ledger.js';
import type { PictureHouse } from '../pictures/picture-house.js';
import type { CabinetOffice } from './cabinet.js';
import type { CardBook } from './cards.js';
import type { DraftBook } from './drafts.js';
import type { WildberriesFaults } from './faults.js';
import type { Limits } from './limits.js';
import type { LastPages } from './pages.js';
import type { TagBook } from './tags.js';
import type { TaskOffice } from './tasks.js';
import type { UploadBook } from './uploads.js';

/** Everything this market's methods and its control surface work on. */
export interface Office extends MarketFrame {
  readonly cabinet: CabinetOffice;
  readonly cards: CardBook;
  readonly drafts: DraftBook;
  readonly uploads: UploadBook;
  readonly tags: TagBook;
  readonly tasks: TaskOffice;
  readonly pictures: PictureHouse;
  readonly limits: Limits;
  readonly ledger: Ledger;
  readonly faults: WildberriesFaults;
  readonly pages: LastPages;
}
