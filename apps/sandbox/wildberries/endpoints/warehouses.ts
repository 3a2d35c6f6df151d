import { newWarehouse, OFFICE } from '../cabinet.js';
import { done, endpoint, ok, shape, whole, type Call, type Endpoint } from '../endpoint.js';
import type { Office } from '../office.js';
import { marketplaceProblem } from '../problem.js';

const HOST = { host: 'marketplace-api', bucket: 'warehouses' } as const;
const DAY = 86_400_000;
const FIRST_ID = 1_502_001;
const body = shape({ name: { type: 'string', minLength: 1, maxLength: 200 }, officeId: whole }, ['name', 'officeId']);

interface Written {
  name: string;
  officeId: number;
}

const OFFICES = [
  {
    id: OFFICE,
    name: 'Коледино',
    city: 'Подольск',
    address: 'Московская область, деревня Коледино, Троицкая улица, 20',
    longitude: 37.58,
    latitude: 55.38,
    federalDistrict: 'Центральный',
  },
  {
    id: 218,
    name: 'Казань',
    city: 'Зеленодольск',
    address: 'Республика Татарстан, Зеленодольск, промышленный парк, 1',
    longitude: 48.61,
    latitude: 55.85,
    federalDistrict: 'Приволжский',
  },
] as const;

/** Offices of the market and the seller's warehouses that deliver to them. */
export const warehouseEndpoints: Endpoint[] = [
  endpoint({ ...HOST, verb: 'GET', path: '/api/v3/offices' }, ({ office }) => {
    const used = new Set(office.cabinet.current.warehouses.map((one) => one.officeId));
    return ok(OFFICES.map((one) => ({ ...one, cargoType: 1, deliveryType: 1, selected: used.has(one.id) })));
  }),

  endpoint({ ...HOST, verb: 'GET', path: '/api/v3/warehouses' }, ({ office }) =>
    ok(
      office.cabinet.current.warehouses.map(({ id, name, officeId, cargoType, deliveryType, isDeleting, processingUntil }) => ({
        ...{ id, name, officeId, cargoType, deliveryType, isDeleting },
        isProcessing: processingUntil > office.clock.now(),
      })),
    ),
  ),

  endpoint<Written>({ ...HOST, verb: 'POST', path: '/api/v3/warehouses', writes: true, body }, ({ office }, { name, officeId }) => {
    requireOffice(officeId);
    const id = Math.max(FIRST_ID, ...office.cabinet.current.warehouses.map((one) => one.id + 1));
    office.cabinet.setWarehouse(id, newWarehouse(id, name, officeId));
    return { status: 201, body: { id } };
  }),

  endpoint<Written>({ ...HOST, verb: 'PUT', path: '/api/v3/warehouses/{warehouseId}', writes: true, body }, (call, { name, officeId }) => {
    const { office } = call;
    const warehouse = named(call);
    requireOffice(officeId);
    const moved = officeId !== warehouse.officeId;
    const now = office.clock.now();
    if (moved && warehouse.officeChangedAt > now - DAY) throw marketplaceProblem(409, 'OfficeChangeLimit', 'Офис можно менять не чаще одного раза в сутки');
    office.cabinet.setWarehouse(warehouse.id, { ...warehouse, name, officeId, officeChangedAt: moved ? now : warehouse.officeChangedAt });
    return done;
  }),

  endpoint({ ...HOST, verb: 'DELETE', path: '/api/v3/warehouses/{warehouseId}', writes: true }, (call) => {
    const { id } = named(call);
    call.office.cabinet.setWarehouse(id, undefined);
    dropStocks(call.office, id);
    return done;
  }),
];

function named({ office, params }: Call) {
  const warehouse = office.cabinet.warehouse(Number(params['warehouseId']));
  if (!warehouse) throw marketplaceProblem(404, 'NotFound', 'Склад не найден');
  return warehouse;
}

function requireOffice(id: number): void {
  if (!OFFICES.some((one) => one.id === id)) throw marketplaceProblem(404, 'NotFound', 'Офис не найден');
}

function dropStocks(office: Office, id: number): void {
  for (const card of office.cards.all()) {
    if (card.stocks[String(id)] === undefined) continue;
    const { [String(id)]: _gone, ...rest } = card.stocks;
    card.stocks = rest;
    office.cards.save(card);
  }
}
