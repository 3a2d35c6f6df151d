import type { Store } from '../store.js';

export interface Key {
  value: string;
  name: string;
  scopes: string[];
  revoked: boolean;
}

/** One store of the cabinet, with one model of work and one warehouse. */
export interface Campaign {
  id: number;
  domain: string;
  placementType: 'FBS' | 'FBY' | 'DBS' | 'LAAS';
  apiAvailability: 'AVAILABLE' | 'DISABLED_BY_INACTIVITY' | 'DISABLED_BY_NO_ACTIVE_CONTRACT' | 'MANUALLY_DISABLED' | 'DISABLED_BY_NO_PLACEMENT_TYPE';
  warehouse: { id: number; name: string };
}

export type Seconds = [number, number];

export interface Cabinet {
  business: { id: number; name: string };
  campaigns: Campaign[];
  keys: { A: Key; B: Key };
  limits: 'on' | 'off';
  subscription: 'NONE' | 'LIGHT' | 'MEDIUM';
  /** Stores have no prices of their own. */
  only_default_price: boolean;
  /** The stores' warehouses form one group: what is sent for one holds for all. */
  warehouse_groups: boolean;
  /** Every write answers 423. */
  migrating: boolean;
  /** How many percent a price may fall at once; as many times it may rise as that leaves parts of it. */
  quarantine_percent: number;
  /** How long the market works on what it answered OK to. */
  catalog_seconds: Seconds;
  card_seconds: Seconds;
  media_seconds: Seconds;
  price_seconds: Seconds;
  stock_seconds: Seconds;
  visibility_seconds: Seconds;
}

/** What a caller of the control surface may set; everything else of a cabinet is the marketplace's own business. */
export interface CabinetChange extends Partial<Omit<Cabinet, 'business' | 'keys' | 'campaigns'>> {
  name?: string;
  keys?: { A?: string; B?: string };
  scopes?: { A?: string[]; B?: string[] };
  campaigns?: Pick<Campaign, 'id' | 'apiAvailability'>[];
}

const BUSINESS = 9_000_001;
/** A store of somebody else. */
export const FOREIGN_CAMPAIGN = 29_000_001;
export const CURRENCY = 'RUR';

function newCabinet(): Cabinet {
  const key = (name: string, letter: string): Key => ({ value: `ACMA:${letter.repeat(40)}:${letter.repeat(8)}`, name, scopes: ['all-methods'], revoked: false });
  return {
    business: { id: BUSINESS, name: 'ООО «Берег»' },
    campaigns: [
      { id: 21_000_001, domain: 'Берег', placementType: 'FBS', apiAvailability: 'AVAILABLE', warehouse: { id: 555_001, name: 'Основной склад' } },
      { id: 21_000_002, domain: 'Берег: своя доставка', placementType: 'DBS', apiAvailability: 'AVAILABLE', warehouse: { id: 555_002, name: 'Запасной склад' } },
    ],
    keys: { A: key('Хаб', 'a'), B: key('Другая программа', 'b') },
    limits: 'on',
    subscription: 'NONE',
    only_default_price: true,
    warehouse_groups: false,
    migrating: false,
    quarantine_percent: 50,
    catalog_seconds: [30, 180],
    card_seconds: [60, 300],
    media_seconds: [10, 120],
    price_seconds: [20, 120],
    stock_seconds: [10, 90],
    visibility_seconds: [30, 180],
  };
}

export class CabinetOffice {
  private value: Cabinet;

  constructor(private readonly store: Store) {
    this.value = store.get<Cabinet>('meta', 'cabinet') ?? newCabinet();
    this.keep();
  }

  get current(): Readonly<Cabinet> {
    return this.value;
  }

  change({ name, keys, scopes, campaigns, ...plain }: CabinetChange): void {
    Object.assign(this.value, plain);
    if (name !== undefined) this.value.business.name = name;
    for (const letter of ['A', 'B'] as const) {
      const key = this.value.keys[letter];
      const value = keys?.[letter];
      if (value !== undefined) Object.assign(key, { value, revoked: false });
      key.scopes = scopes?.[letter] ?? key.scopes;
    }
    for (const { id, apiAvailability } of campaigns ?? []) {
      const campaign = this.campaign(id);
      if (campaign) campaign.apiAvailability = apiAvailability;
    }
    this.keep();
  }

  campaign(id: number): Campaign | undefined {
    return this.value.campaigns.find((one) => one.id === id);
  }

  warehouse(id: number): Campaign['warehouse'] | undefined {
    return this.value.campaigns.find((one) => one.warehouse.id === id)?.warehouse;
  }

  revoke(letter: 'A' | 'B', revoked: boolean): void {
    this.value.keys[letter].revoked = revoked;
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
