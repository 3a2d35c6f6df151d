import type { FaultCode, FaultParams } from '../faults/fault-texts.js';
import { barcodeFault } from './barcode.js';
import { MEDIA_ROLES, type ChannelOverride } from './product-document.js';
import { hasUnsafeCharacters } from './safe-text.js';

/** Millimetres and grams of the largest thing anyone ships. */
export const MAX_SIZE = 100_000;
export const MAX_GRAMS = 100_000_000;
export const MAX_MINOR = 100_000_000_000;
/** The longest article that any channel takes; a channel that takes less holds the card back. */
export const MAX_SKU = 255;
const MAX_PIECES = 10_000_000;
const MAX_COMPONENTS = 100;
const MAX_QUANTITY = 10_000;
const CURRENCY = /^[A-Z]{3}$/;
const VAT_RATES: readonly unknown[] = [0, 5, 7, 10, 20, 22];

/** What a check found wrong: its code, and the place and value inside the field when the field is a whole of many. */
export interface Found {
  readonly code: FaultCode;
  readonly params?: FaultParams;
  /** Place below the field ("Цвет"); absent: the field itself. */
  readonly at?: string;
  readonly value?: unknown;
}

/** Answers what is wrong with a value, or undefined. */
export type Check = (value: unknown) => Found | undefined;

export function optional(inner: Check): Check {
  return (value) => (value === undefined ? undefined : inner(value));
}

/** A check that answers one code when the test fails. */
export function check(test: (value: unknown) => boolean, code: FaultCode, params?: FaultParams): Check {
  return (value) => (test(value) ? undefined : { code, params });
}

export const text = (max: number, min = 0): Check => check((v) => isText(v, max, min), 'text', { min, max });

export function isText(value: unknown, max: number, min = 0): value is string {
  return typeof value === 'string' && value.length <= max && value.trim().length >= min && !hasUnsafeCharacters(value);
}

function isName(key: string): boolean {
  return isText(key, 200, 1);
}

export function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function hasOnly(value: Record<string, unknown>, keys: readonly string[]): boolean {
  return Object.keys(value).every((key) => keys.includes(key));
}

/** Every entry of a keyed value; what is found wrong is placed at its key. */
export function keyed(max: number, each: Check): Check {
  return (value) => {
    if (!isRecord(value)) return { code: 'object' };
    const keys = Object.keys(value);
    if (keys.length > max) return { code: 'too-many', params: { max } };
    for (const key of keys) {
      const inner = value[key];
      if (!isName(key)) return { code: 'key', at: key.slice(0, 60), value: key };
      const found = each(inner);
      if (found) return placed(found, key, inner);
    }
    return undefined;
  };
}

function placed(found: Found, key: string, value: unknown): Found {
  return { value, ...found, at: found.at === undefined ? key : `${key}.${found.at}` };
}

export const sku = check((v) => isText(v, MAX_SKU, 1) && v === v.trim() && !/[\r\n\t]/.test(v), 'sku');
export const title = check((v) => isText(v, 500, 1), 'title');
export const vat = check((v) => VAT_RATES.includes(v), 'vat', { rates: VAT_RATES.join(', ') });
export const yesNo = check((v) => typeof v === 'boolean', 'yes-no');
export const pieces = check((v) => isWhole(v, 0, MAX_PIECES), 'pieces', { max: MAX_PIECES });
export const grams = (max: number): Check => check((v) => isWhole(v, 1, max), 'grams', { max });
export const axes = check((v) => Array.isArray(v) && v.length <= 5 && v.every((axis) => isText(axis, 200, 1)), 'axes');
export const category = check((v) => isText(v, 500) && (v === '' || v.split(' / ').every((part) => part.trim() === part && part !== '')), 'category');

export const money = check(
  (v) => isRecord(v) && hasOnly(v, ['minor', 'currency']) && isWhole(v['minor'], 0, MAX_MINOR) && typeof v['currency'] === 'string' && CURRENCY.test(v['currency']),
  'money',
);

export const attribute = check((value) => {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'string') return isText(value, 20_000, 1);
  if (Array.isArray(value)) return value.length > 0 && value.length <= 100 && value.every((v) => isText(v, 2_000, 1));
  if (!isRecord(value) || !hasOnly(value, ['value', 'unit'])) return false;
  const { value: amount, unit } = value;
  return typeof amount === 'number' && Number.isFinite(amount) && Math.abs(amount) <= 1e12 && (unit === undefined || isText(unit, 30, 1));
}, 'attribute');

/** Pictures in their order; one of them may be the main one. */
export const media: Check = (value) => {
  if (!Array.isArray(value) || value.length > 100) return { code: 'pictures' };
  const digests = new Set<unknown>();
  let mains = 0;
  for (const [at, item] of (value as unknown[]).entries()) {
    if (!isRecord(item) || !hasOnly(item, ['digest', 'role'])) return { code: 'pictures' };
    const { digest, role } = item;
    if (typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest) || digests.has(digest)) return { code: 'pictures' };
    if ((role !== undefined && !(MEDIA_ROLES as readonly unknown[]).includes(role)) || (role === 'main' && ++mains > 1)) {
      return { code: 'picture-role', params: { roles: MEDIA_ROLES.join(', ') }, at: `${at}.role`, value: role };
    }
    digests.add(digest);
  }
  return undefined;
};

const OVERRIDE_CHECKS: Readonly<Record<keyof ChannelOverride, Check>> = {
  title,
  description: text(50_000),
  brand: text(200, 1),
  category,
  country: text(100, 1),
  vat,
  attributes: keyed(300, attribute),
  media,
  dimensions: (v) => dimensions(v),
  weight: grams(MAX_GRAMS),
  barcodes: (v) => barcodes(v),
  price: money,
  oldPrice: money,
  minPrice: money,
  stock: keyed(200, pieces),
  archived: yesNo,
};

export const OVERRIDE_FIELDS = Object.keys(OVERRIDE_CHECKS);

/** What one channel is told differently: only fields that a channel can be told, each by its own check. */
export const override: Check = (value) => {
  if (!isRecord(value)) return { code: 'object' };
  const checks: Readonly<Record<string, Check>> = OVERRIDE_CHECKS;
  for (const [field, inner] of Object.entries(value)) {
    if (inner === undefined) continue;
    const one = Object.hasOwn(checks, field) ? checks[field] : undefined;
    const found: Found | undefined = one ? one(inner) : { code: 'override' };
    if (found) return placed(found, field, inner);
  }
  return undefined;
};

export function dimensions(value: unknown): Found | undefined {
  const max = MAX_SIZE;
  if (!isRecord(value) || !hasOnly(value, ['length', 'width', 'height'])) return { code: 'object' };
  const bad = ['length', 'width', 'height'].find((side) => !isWhole(value[side], 1, max));
  return bad === undefined ? undefined : { code: 'millimetres', params: { max }, at: bad, value: value[bad] };
}

export const model: Check = (value) => {
  if (!isRecord(value)) return { code: 'object' };
  const parts: Readonly<Record<string, Check>> = { code: text(100, 1), axes, title: optional(text(500, 1)) };
  const unknown = Object.keys(value).find((key) => !Object.hasOwn(parts, key));
  if (unknown !== undefined) return { code: 'unknown-field', at: unknown.slice(0, 60), value: value[unknown] };
  for (const [part, one] of Object.entries(parts)) {
    const found = one(value[part]);
    if (found) return { value: value[part], ...found, at: part };
  }
  return undefined;
};

export const translation: Check = (value) => {
  if (!isRecord(value) || !hasOnly(value, ['title', 'description'])) return { code: 'translation' };
  const found = value['title'] === undefined ? undefined : title(value['title']);
  if (found) return { ...found, at: 'title' };
  const wrong = value['description'] === undefined ? undefined : text(50_000)(value['description']);
  return wrong && { ...wrong, at: 'description' };
};

export const components: Check = (value) => {
  const bad: Found = { code: 'component', params: { max: MAX_QUANTITY } };
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_COMPONENTS) return bad;
  const seen = new Set<string>();
  for (const [at, item] of (value as unknown[]).entries()) {
    const right = isRecord(item) && hasOnly(item, ['sku', 'quantity']) && isText(item['sku'], MAX_SKU, 1) && isWhole(item['quantity'], 1, MAX_QUANTITY) && !seen.has(item['sku']);
    if (!right) return { ...bad, at: String(at), value: item };
    seen.add(String(item['sku']));
  }
  return undefined;
};

export function barcodes(value: unknown): Found | undefined {
  if (!Array.isArray(value) || value.length > 100) return { code: 'list', params: { max: 100 } };
  const codes = value as unknown[];
  for (const [at, code] of codes.entries()) {
    const fault = typeof code === 'string' ? barcodeFault(code) : 'digits';
    const barcode = String(code).slice(0, 40);
    if (fault) return { code: `barcode-${fault}`, params: { barcode } };
    if (codes.indexOf(code) !== at) return { code: 'barcode-twice', params: { barcode } };
  }
  return undefined;
}
