import { applyMedia } from './apply-media.js';
import { applyCards, applyOffers, applyParameters } from './apply-offers.js';
import { applyConfirmation, applyPrices, applyStorePrices } from './apply-prices.js';
import { applyStocks } from './apply-stocks.js';
import { applyVisibility } from './apply-visibility.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';

/** Does what was promised. */
export function runTask(office: Office, task: Task): void | Promise<void> {
  const { work } = task;
  switch (work.kind) {
    case 'offers':
      return applyOffers(office, task, work);
    case 'parameters':
      return applyParameters(office, task, work);
    case 'card':
      return applyCards(office, work.offerIds);
    case 'media':
      return applyMedia(office, task, work);
    case 'prices':
      return applyPrices(office, task, work);
    case 'store-prices':
      return applyStorePrices(office, task, work);
    case 'confirm':
      return applyConfirmation(office, task, work);
    case 'stocks':
      return applyStocks(office, task, work);
    case 'visibility':
      return applyVisibility(office, task, work);
  }
}
