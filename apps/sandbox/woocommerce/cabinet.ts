import type { Store } from '../store.js';

export const KEYS = ['A', 'B'] as const;
export type KeyName = (typeof KEYS)[number];
export const PERMISSIONS = ['read', 'write', 'read_write'] as const;

export interface Key {
  consumer_key: string;
  consumer_secret: string;
  permissions: (typeof PERMISSIONS)[number];
  revoked: boolean;
}

/** What differs between two releases of the shop. */
export const RELEASES = {
  9: { woocommerce: '9.4.3', wordpress: '6.5.5', allVariations: false, galleries: false },
  11: { woocommerce: '11.0.1', wordpress: '7.1', allVariations: true, galleries: true },
} as const;

type Span = [number, number];

export interface Cabinet {
  name: string;
  release: keyof typeof RELEASES;
  keys: Record<KeyName, Key>;
  /** It takes every request for one over TLS, as behind a proxy that says so: Basic works. Without it only OAuth does. */
  tls: boolean;
  currency: string;
  decimal_separator: '.' | ',';
  weight_unit: string;
  dimension_unit: string;
  utc_offset_minutes: number;
  /** Pictures may come from private addresses and from any port. */
  private_media: boolean;
  /** Without it the shop counts no stock: a product is there or it is not. */
  manage_stock: boolean;
  batch_limit: number;
  /** `off`: no waiting, and the host refuses nobody. */
  limits: 'on' | 'off';
  /** Channel milliseconds that a request takes, and each item of a writing one besides. */
  request_ms: Span;
  item_ms: Span;
  /** Requests worked on at once; how many more may wait before the host answers 503. */
  workers: number;
  queue: number;
  /** The host answers 429 beyond it; 0 for no bound. */
  requests_per_minute: number;
  /** Seconds until a webhook is on its way; without visitors `cron` never runs. */
  cron: 'on' | 'off';
  cron_seconds: Span;
}

/** What a caller of the control surface may set. */
export type CabinetChange = Partial<Omit<Cabinet, 'keys'>> & { keys?: Partial<Record<KeyName, Partial<Omit<Key, 'revoked'>>>> };

function newCabinet(): Cabinet {
  const key = (letter: string): Key => ({ consumer_key: `ck_${letter.repeat(40)}`, consumer_secret: `cs_${letter.repeat(40)}`, permissions: 'read_write', revoked: false });
  return {
    name: 'Лавка «Берег»',
    release: 11,
    keys: { A: key('a'), B: key('b') },
    tls: false,
    currency: 'RUB',
    decimal_separator: '.',
    weight_unit: 'kg',
    dimension_unit: 'cm',
    utc_offset_minutes: 180,
    private_media: true,
    manage_stock: true,
    batch_limit: 100,
    limits: 'on',
    request_ms: [80, 250],
    item_ms: [25, 60],
    workers: 4,
    queue: 40,
    requests_per_minute: 0,
    cron: 'on',
    cron_seconds: [20, 120],
  };
}

export class CabinetOffice {
  private value: Cabinet;

  constructor(private readonly store: Store) {
    this.value = { ...newCabinet(), ...store.get<Partial<Cabinet>>('meta', 'cabinet') };
    this.keep();
  }

  get current(): Readonly<Cabinet> {
    return this.value;
  }

  get release(): (typeof RELEASES)[keyof typeof RELEASES] {
    return RELEASES[this.value.release];
  }

  change({ keys, ...plain }: CabinetChange): void {
    Object.assign(this.value, plain);
    for (const name of KEYS) {
      const change = keys?.[name];
      if (change) this.value.keys[name] = { ...this.value.keys[name], ...change, revoked: false };
    }
    this.keep();
  }

  revoke(name: KeyName, revoked: boolean): void {
    this.value.keys[name].revoked = revoked;
    this.keep();
  }

  reset(): void {
    this.value = newCabinet();
    this.keep();
  }

  private keep(): void {
    this.store.put('meta', 'cabinet', this.value);
  }
}
