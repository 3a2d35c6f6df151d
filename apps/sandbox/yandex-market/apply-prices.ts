import { priceOf } from './offer-input.js';
import type { Card } from './model.js';
import { kopecks } from './money.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { ConfirmWork, PriceInput, PricesWork, StorePricesWork } from './work.js';
import { changeBy } from './writes.js';

/** Sets prices of offers; one that nobody knows is passed over in silence. */
export function applyPrices(office: Office, task: Task, { prices }: PricesWork): void {
  for (const { offerId, price } of prices) {
    const card = office.cards.find(offerId);
    if (card && !office.faults.failsItem(offerId)) applyPrice(office, task, card, price);
  }
}

/** Sets the price of an offer. One that jumps goes to the quarantine, and the old one stays live. */
export function applyPrice(office: Office, task: Task, card: Card, input: PriceInput): void {
  const price = priceOf(input, office.clock.now());
  changeBy(office, task, card, ['price'], () => {
    const held = jumps(card.lastValid, price.value, office.cabinet.current.quarantine_percent);
    if (held) card.quarantine = price;
    else Object.assign(card, { price, lastValid: price.value, quarantine: null });
    return { excused: held };
  });
}

/** What is in the quarantine becomes the price. */
export function applyConfirmation(office: Office, task: Task, { offerIds }: ConfirmWork): void {
  for (const offerId of offerIds) {
    const card = office.cards.find(offerId);
    if (!card?.quarantine) continue;
    changeBy(office, task, card, ['price'], () => {
      Object.assign(card, { price: card.quarantine, lastValid: card.quarantine?.value ?? 0, quarantine: null });
    });
  }
}

/** Sets prices of one store. */
export function applyStorePrices(office: Office, task: Task, { campaignId, prices }: StorePricesWork): void {
  for (const { offerId, price } of prices) {
    const card = office.cards.find(offerId);
    if (!card || office.faults.failsItem(offerId)) continue;
    changeBy(office, task, card, ['price'], () => {
      const { value = 0, discountBase = 0, vat = card.vats[String(campaignId)] ?? 0 } = price;
      card.storePrices = { ...card.storePrices, [campaignId]: { value: kopecks(value), base: kopecks(discountBase), vat, at: office.clock.now() } };
      card.absent = card.absent.filter((id) => id !== campaignId);
    });
  }
}

function jumps(last: number, next: number, percent: number): boolean {
  const left = 100 - percent;
  return last > 0 && (next * 100 < last * left || last * 100 < next * left);
}
