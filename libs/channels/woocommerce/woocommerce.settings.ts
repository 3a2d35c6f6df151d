import { BrokenContract, readDoc, readKey, readPresentList, readText } from '#kernel';
import type { Dimensions, Run } from '#channels/contract';
import type { WooClient } from './woocommerce.client.js';

/** What the shop keeps once for all its products. */
export interface ShopSettings {
  /** ISO 4217; a shop has one. */
  readonly currency: string;
  readonly weightUnit: WeightUnit;
  readonly lengthUnit: LengthUnit;
  /** false: no product is counted, whatever is sent; it is in stock or it is not. */
  readonly countsStock?: boolean;
}

/** Grams in one. */
const WEIGHT = { kg: 1000, g: 1, lbs: 453.59237, oz: 28.349523125 } as const;
/** Millimetres in one. */
const LENGTH = { m: 1000, cm: 10, mm: 1, in: 25.4, yd: 914.4 } as const;
export type WeightUnit = keyof typeof WEIGHT;
export type LengthUnit = keyof typeof LENGTH;

/** Sizes as the site holds them: decimal texts in the shop's units; empty where nobody said. */
export interface SiteSizes {
  readonly weight: string;
  readonly length: string;
  readonly width: string;
  readonly height: string;
}

type Side = 'length' | 'width' | 'height';

/** Throws `BrokenContract` for a unit nobody has documented. */
export async function readSettings(client: WooClient, run: Run): Promise<ShopSettings> {
  const currency = readDoc((await client.call('GET', '/settings/general/woocommerce_currency', {}, run)).body, 'woocommerce_currency');
  const { body } = await client.call('GET', '/settings/products', { query: { per_page: 100 } }, run);
  const products = readPresentList(body, 'settings').map((value) => readDoc(value, 'settings'));
  const valueOf = (id: string) => products.find((setting) => readText(setting['id']) === id)?.['value'];
  const unit = <T extends string>(id: string, known: Readonly<Record<T, number>>): T => {
    const value = readKey(valueOf(id), `settings.${id}`);
    if (!Object.hasOwn(known, value)) throw new BrokenContract(`settings.${id}: an unknown unit`, value);
    return value as T;
  };
  return {
    currency: readKey(currency['value'], 'woocommerce_currency.value'),
    weightUnit: unit('woocommerce_weight_unit', WEIGHT),
    lengthUnit: unit('woocommerce_dimension_unit', LENGTH),
    countsStock: valueOf('woocommerce_manage_stock') !== 'no',
  };
}

/** Whole millimetres and grams; 0 where the site has no figure. */
export function dimensionsOf(sizes: SiteSizes, { weightUnit, lengthUnit }: ShopSettings): Dimensions {
  const side = (text: string) => Math.round(amountOf(text) * LENGTH[lengthUnit]);
  return { length: side(sizes.length), width: side(sizes.width), height: side(sizes.height), weight: Math.round(amountOf(sizes.weight) * WEIGHT[weightUnit]) };
}

/** As the API wants them: texts, never numbers. */
export function sizesOf(value: Dimensions, { weightUnit, lengthUnit }: ShopSettings): { readonly weight: string; readonly dimensions: Readonly<Record<Side, string>> } {
  const side = (millimetres: number) => decimal(millimetres / LENGTH[lengthUnit]);
  return { weight: decimal(value.weight / WEIGHT[weightUnit]), dimensions: { length: side(value.length), width: side(value.width), height: side(value.height) } };
}

function amountOf(text: string): number {
  const value = Number(text.trim().replace(',', '.'));
  return Number.isFinite(value) && value > 0 ? value : 0;
}

/** Enough digits to come back as the same millimetre and gram from any unit. */
function decimal(value: number): string {
  return value <= 0 ? '' : value.toFixed(6).replace(/\.?0+$/, '');
}
