import type { Store } from '../store.js';
import { makeToken } from './token.js';

export interface Key {
  value: string;
  revoked: boolean;
}

export interface Warehouse {
  id: number;
  name: string;
  officeId: number;
  /** 1 small goods, 2 oversized, 3 large. */
  cargoType: number;
  /** 1 the seller's own (FBS), 2 DBS, 3 DBW, 5 pickup, 6 EDBS. */
  deliveryType: number;
  isDeleting: boolean;
  /** Channel moment until which its stocks cannot be changed; 0 when they can. */
  processingUntil: number;
  /** Channel moment of the last change of its office; 0 for none. */
  officeChangedAt: number;
}

export type Seconds = [number, number];

export interface Cabinet {
  seller: string;
  name: string;
  keys: { A: Key; B: Key };
  currency: string;
  limits: 'on' | 'off';
  /** How many cards there may be, the trash included. */
  free_limits: number;
  paid_limits: number;
  /** How long the market works on what it answered 200 to. */
  create_seconds: Seconds;
  card_seconds: Seconds;
  media_seconds: Seconds;
  price_seconds: Seconds;
  /** Pictures below this width and height are refused. The published rule is 700 × 900. */
  least_picture: [number, number];
  /** The seller may not change stocks. */
  banned: boolean;
  /** Another currency is being introduced: no price is taken. */
  currency_switching: boolean;
  warehouses: Warehouse[];
}

export interface WarehouseChange {
  id: number;
  name: string;
}

/** What a caller of the control surface may set; everything else of a cabinet is the marketplace's own business. */
export interface CabinetChange extends Partial<Omit<Cabinet, 'seller' | 'keys' | 'warehouses'>> {
  keys?: { A?: string; B?: string };
  warehouses?: WarehouseChange[];
}

export const OFFICE = 15;

export function newWarehouse(id: number, name: string, officeId = OFFICE): Warehouse {
  return { id, name, officeId, cargoType: 1, deliveryType: 1, isDeleting: false, processingUntil: 0, officeChangedAt: 0 };
}

function newCabinet(now: number): Cabinet {
  const seller = '2f9d5e1c-7a31-4c56-9a0b-1c6f7e3d8a42';
  const key = (name: string): Key => ({ value: makeToken({ type: 'personal', seller, now, name: `0190f3a2-0000-7000-8000-00000000000${name}` }), revoked: false });
  return {
    seller,
    name: 'ООО «Берег»',
    keys: { A: key('a'), B: key('b') },
    currency: 'RUB',
    limits: 'on',
    free_limits: 1_000_000,
    paid_limits: 0,
    create_seconds: [60, 300],
    card_seconds: [20, 120],
    media_seconds: [5, 60],
    price_seconds: [5, 60],
    least_picture: [1, 1],
    banned: false,
    currency_switching: false,
    warehouses: [newWarehouse(1_501_001, 'Основной склад'), { ...newWarehouse(1_501_002, 'Запасной склад'), deliveryType: 2 }],
  };
}

export class CabinetOffice {
  private value: Cabinet;

  constructor(
    private readonly store: Store,
    now: number,
  ) {
    this.value = store.get<Cabinet>('meta', 'cabinet') ?? newCabinet(now);
    this.keep();
  }

  get current(): Readonly<Cabinet> {
    return this.value;
  }

  change(change: CabinetChange): void {
    const { keys, warehouses, ...plain } = change;
    Object.assign(this.value, plain);
    for (const name of ['A', 'B'] as const) {
      const value = keys?.[name];
      if (value !== undefined) this.value.keys[name] = { value, revoked: false };
    }
    if (warehouses) this.value.warehouses = warehouses.map(({ id, name }) => newWarehouse(id, name));
    this.keep();
  }

  warehouse(id: number): Warehouse | undefined {
    return this.value.warehouses.find((one) => one.id === id);
  }

  /** Adds, replaces or (without a next one) takes away a warehouse. */
  setWarehouse(id: number, next: Warehouse | undefined): void {
    const rest = this.value.warehouses.filter((one) => one.id !== id);
    this.value.warehouses = next ? [...rest, next].sort((a, b) => a.id - b.id) : rest;
    this.keep();
  }

  revoke(name: 'A' | 'B', revoked: boolean): void {
    this.value.keys[name].revoked = revoked;
    this.keep();
  }

  reset(now: number): void {
    this.value = newCabinet(now);
    this.keep();
  }

  private keep(): void {
    this.store.put('meta', 'cabinet', this.value);
  }
}
