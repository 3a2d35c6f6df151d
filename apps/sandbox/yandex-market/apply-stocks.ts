import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { StocksWork } from './work.js';
import { changeBy } from './writes.js';

/** Sets what can be ordered; reserved pieces come on top. An article that nobody knows is passed over in silence. */
export function applyStocks(office: Office, task: Task, { stocks }: StocksWork): void {
  const { campaigns, warehouse_groups: grouped } = office.cabinet.current;
  for (const { offerId, warehouseId, count, at } of stocks) {
    const card = office.cards.find(offerId);
    if (!card || office.faults.failsItem(offerId)) continue;
    const warehouses = grouped ? campaigns.map(({ warehouse }) => warehouse.id) : [warehouseId];
    changeBy(office, task, card, ['stock'], () => {
      const next = warehouses.map((id) => {
        const freeze = card.stocks[String(id)]?.freeze ?? 0;
        return [String(id), { fit: count + freeze, freeze, at }] as const;
      });
      card.stocks = { ...card.stocks, ...Object.fromEntries(next) };
    });
  }
}
