import type { Office } from './office.js';

const DAY = 86_400_000;
const KEPT_DAYS = 30;
/** Nights are counted in Moscow. */
const MOSCOW = 3 * 3_600_000;

/** Every night what has lain in the trash for thirty days, and has nothing left to sell, is deleted for good. */
export function emptyTrash(office: Office): void {
  const { clock, schedule, cards } = office;
  const night = (Math.floor((clock.now() + MOSCOW) / DAY) + 1) * DAY - MOSCOW;
  schedule.at(night, () => {
    for (const card of [...cards.all()]) {
      const pieces = Object.values(card.stocks).flatMap((sizes) => Object.values(sizes));
      if (card.trashedAt > 0 && card.trashedAt <= clock.now() - KEPT_DAYS * DAY && pieces.every((amount) => amount === 0)) cards.erase(card);
    }
    emptyTrash(office);
  });
}
