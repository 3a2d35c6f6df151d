import type { Store } from '../store.js';

export interface ApiKey {
  value: string;
  /** Channel time, ms. */
  expiresAt: number;
  revoked: boolean;
}

export interface Warehouse {
  id: number;
  name: string;
  active: boolean;
}

export interface Cabinet {
  client_id: string;
  keys: { A: ApiKey; B: ApiKey };
  currency: string;
  /** -1 is unlimited. */
  total: number;
  daily_create: number;
  daily_update: number;
  per_minute: number;
  rps: number;
  limits: 'on' | 'off';
  task_seconds: [number, number];
  moderation_seconds: [number, number];
  warehouses: Warehouse[];
  /** Compress answers when the caller accepts gzip. */
  gzip: boolean;
}

/** A key lives three months. */
export const KEY_LIFE_MS = 90 * 24 * 3600_000;

export function newCabinet(now: number): Cabinet {
  const key = (value: string): ApiKey => ({ value, expiresAt: now + KEY_LIFE_MS, revoked: false });
  return {
    client_id: '1000001',
    keys: { A: key('sandbox-key-a'), B: key('sandbox-key-b') },
    currency: 'RUB',
    total: -1,
    daily_create: 20_000,
    daily_update: 20_000,
    per_minute: 300,
    rps: 50,
    limits: 'on',
    task_seconds: [5, 20],
    moderation_seconds: [60, 600],
    warehouses: [
      { id: 22142605386000, name: 'Основной склад', active: true },
      { id: 22142605386001, name: 'Запасной склад', active: false },
    ],
    gzip: false,
  };
}

/** What a caller of the control surface may set; everything else of a cabinet is the marketplace's own business. */
export interface CabinetChange {
  client_id?: string;
  keys?: { A?: string; B?: string };
  currency?: string;
  total?: number;
  daily_create?: number;
  daily_update?: number;
  per_minute?: number;
  rps?: number;
  limits?: 'on' | 'off';
  task_seconds?: [number, number];
  moderation_seconds?: [number, number];
  warehouses?: Warehouse[];
  gzip?: boolean;
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

  change(change: CabinetChange, now: number): void {
    const { keys, ...plain } = change;
    Object.assign(this.value, plain);
    for (const name of ['A', 'B'] as const) {
      const value = keys?.[name];
      if (value !== undefined) this.value.keys[name] = { value, expiresAt: now + KEY_LIFE_MS, revoked: false };
    }
    this.keep();
  }

  revoke(name: 'A' | 'B'): void {
    this.value.keys[name].revoked = true;
    this.keep();
  }

  restore(name: 'A' | 'B'): void {
    this.value.keys[name].revoked = false;
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
