import type { Warehouse } from '../cabinet.js';
import { done, endpoint, listOf, ok, shape, whole, type Call, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import { marketplaceProblem, Problem } from '../problem.js';
import { beforeChange, meanings, noteWrite } from '../writes.js';

const PATH = { host: 'marketplace-api', path: '/api/v3/stocks/{warehouseId}' } as const;
const MOST_PIECES = 100_000;
const chrtIds = shape({ chrtIds: listOf(whole, 1000, 1) }, ['chrtIds']);

interface Row {
  chrtId?: unknown;
  amount?: unknown;
  sku?: unknown;
}

/** Pieces in the seller's warehouses, by size. */
export const stockEndpoints: Endpoint[] = [
  endpoint<{ stocks: Row[] }>(
    { ...PATH, verb: 'PUT', bucket: 'stocks', writes: true, body: shape({ stocks: listOf({ type: 'object' }, 1000, 1) }, ['stocks']) },
    (call, { stocks }) => {
      const { office } = call;
      const warehouse = named(call);
      if (stocks.some((row) => row.sku !== undefined && row.chrtId === undefined)) {
        throw marketplaceProblem(400, 'SKUUploadDisabled', "Uploading stock is not allowed by 'sku'. Please use the 'chrtId' key");
      }
      // Names are not checked: a row that names nothing known is passed over in silence.
      const rows = stocks.flatMap((row) => (Number.isInteger(row.chrtId) && Number.isInteger(row.amount) ? [{ chrtId: row.chrtId as number, amount: row.amount as number }] : []));
      if (rows.some((row) => row.amount < 0)) throw marketplaceProblem(400, 'IncorrectParameter', 'IncorrectParameter');
      const tooMany = rows.filter((row) => row.amount > MOST_PIECES);
      if (tooMany.length > 0) throw conflict('UploadDataLimit', 'Upload limit exceeded.', tooMany);
      if (office.cabinet.current.banned) throw marketplaceProblem(406, 'StatusNotAcceptable', 'Обновление остатков заблокировано в связи с баном поставщика');
      if (warehouse.processingUntil > office.clock.now()) throw conflict('StoreIsProcessing', 'The store is processing', rows);
      for (const [card, pieces] of byCard(call, rows)) write(call, card, warehouse, (stock) => Object.assign(stock, pieces));
      return done;
    },
  ),

  endpoint<{ chrtIds: number[] }>({ ...PATH, verb: 'POST', bucket: 'stocks', body: chrtIds }, (call, { chrtIds: ids }) => {
    const { id } = named(call);
    const stocks = [...new Set(ids)].flatMap((chrtId) => {
      const found = call.office.cards.byChrtId(chrtId);
      const shown = found && call.office.cards.shown.see(found.card.nmID);
      const amount = shown?.stocks[String(id)]?.[String(chrtId)];
      return amount === undefined ? [] : [{ chrtId, amount }];
    });
    return ok({ stocks });
  }),

  endpoint<{ chrtIds: number[] }>({ ...PATH, verb: 'DELETE', bucket: 'stocks-delete', writes: true, body: chrtIds }, (call, { chrtIds: ids }) => {
    const warehouse = named(call);
    const rows = ids.map((chrtId) => ({ chrtId, amount: 0 }));
    for (const [card, gone] of byCard(call, rows)) {
      write(call, card, warehouse, (stock) => {
        for (const chrtId of Object.keys(gone)) delete stock[chrtId];
      });
    }
    return done;
  }),
];

function named({ office, params }: Call): Warehouse {
  const warehouse = office.cabinet.warehouse(Number(params['warehouseId']));
  if (!warehouse) throw marketplaceProblem(404, 'NotFound', 'Склад не найден');
  return warehouse;
}

/** A 409 of stocks comes as a list. */
export function conflict(code: string, message: string, data: readonly { chrtId: number; amount: number }[]): Problem {
  return new Problem(409, [{ code, message, data }]);
}

function byCard({ office }: Call, rows: readonly { chrtId: number; amount: number }[]): Map<Card, Record<string, number>> {
  const cards = new Map<Card, Record<string, number>>();
  for (const { chrtId, amount } of rows) {
    const card = office.cards.byChrtId(chrtId)?.card;
    if (card && !office.faults.failsItem(card.vendorCode)) cards.set(card, { ...cards.get(card), [String(chrtId)]: amount });
  }
  return cards;
}

function write({ office, key, method }: Call, card: Card, { id }: Warehouse, change: (stock: Record<string, number>) => void): void {
  const before = meanings(card, ['stock']);
  beforeChange(office, card);
  const stock = { ...card.stocks[String(id)] };
  change(stock);
  card.stocks = { ...card.stocks, [String(id)]: stock };
  card.lastDelaySeconds = 0;
  office.cards.save(card);
  noteWrite(office, { key, method, taskId: 0 }, card, before);
}
