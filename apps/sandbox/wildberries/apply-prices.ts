import { discounted } from './money.js';
import type { Card } from './model.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { PriceItem, PriceOutcome } from './uploads.js';
import type { PriceWork } from './work.js';
import { beforeChange, meanings, noteWrite } from './writes.js';

/** A discounted price as many times lower than the present one is held back. */
const QUARANTINE_RATIO = 3;
const HELD_BACK = 'The new price is several times lower than the current price. Item has been moved to Price Quarantine';
const FORCED = "You can't change the item price. Item was added to the Sale due to high inventory";

/** Works off one upload, item by item. */
export function applyPrices(office: Office, task: Task, work: PriceWork): void {
  const upload = office.uploads.get(work.uploadID);
  if (!upload) return;
  const outcomes = upload.items.map((item) => outcome(office, task, item));
  const failed = outcomes.filter((one) => one.status === 3).length;
  office.uploads.save({ ...upload, outcomes, status: failed === 0 ? 3 : failed === outcomes.length ? 6 : 5 });
}

function outcome(office: Office, task: Task, item: PriceItem): PriceOutcome {
  const card = office.cards.byNmId(item.nmID);
  const errorText = card ? (refusal(office, card, item) ?? '') : 'Item not found';
  if (card && errorText === '') set(office, task, card, item);
  else if (card && errorText === HELD_BACK) hold(office, card, item);
  const size = card?.sizes.find((one) => one.chrtID === item.sizeID) ?? (card?.sizes.length === 1 ? card.sizes[0] : undefined);
  return {
    nmID: item.nmID,
    vendorCode: card?.vendorCode ?? '',
    sizeID: item.sizeID ?? null,
    techSizeName: size?.techSize ?? '',
    price: item.price ?? card?.sizes[0]?.price ?? null,
    discount: item.discount ?? card?.discount ?? 0,
    clubDiscount: item.clubDiscount ?? null,
    status: errorText === '' ? 2 : 3,
    errorText,
  };
}

function refusal(office: Office, card: Card, item: PriceItem): string | undefined {
  if (office.faults.failsItem(card.vendorCode)) return 'Internal error. Please try again';
  if (card.forcedSale) return FORCED;
  if (item.sizeID !== undefined) {
    if (!card.editableSizePrice) return 'The item does not have a price by size';
    return card.sizes.some((size) => size.chrtID === item.sizeID) ? undefined : 'Size not found';
  }
  return item.clubDiscount === undefined && !card.editableSizePrice && fallsTooFar(card, item) ? HELD_BACK : undefined;
}

function fallsTooFar(card: Card, { price, discount }: PriceItem): boolean {
  return card.sizes.some((size) => {
    const next = discounted(price ?? size.price, discount ?? card.discount);
    return size.price > 0 && next * QUARANTINE_RATIO <= discounted(size.price, card.discount);
  });
}

function set(office: Office, task: Task, card: Card, item: PriceItem): void {
  const before = meanings(card, ['price']);
  beforeChange(office, card);
  if (item.price !== undefined) for (const size of card.sizes) if (item.sizeID === undefined || item.sizeID === size.chrtID) size.price = item.price;
  if (item.discount !== undefined) card.discount = item.discount;
  if (item.clubDiscount !== undefined) card.clubDiscount = item.clubDiscount;
  card.quarantine = null;
  card.lastDelaySeconds = task.seconds;
  office.cards.save(card);
  noteWrite(office, { key: task.key, method: task.method, taskId: task.id }, card, before);
}

function hold(office: Office, card: Card, { price, discount }: PriceItem): void {
  card.quarantine = { price: price ?? card.sizes[0]?.price ?? 0, discount: discount ?? card.discount };
  office.cards.save(card);
}
