import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import type { AttributeValue, ChannelOverride, MediaRef } from './product-document.js';
import { barcodeFault } from './barcode.js';
import { Rule } from './rule.decorator.js';
import { hasUnsafeCharacters } from './safe-text.js';

const CLEAN = 'remove control characters and broken symbols, and shorten the text';
const MAX_MINOR = 100_000_000_000;
const MAX_PIECES = 10_000_000;
/** Millimetres. */
export const MAX_SIZE = 100_000;
export const MAX_GRAMS = 100_000_000;
const VAT_RATES: readonly unknown[] = [0, 5, 7, 10, 20, 22];
const CURRENCY = /^[A-Z]{3}$/;

const Text = (max: number, min = 0) => Rule('text', (v) => isText(v, max, min), `must be a text of ${min} to ${max} characters without control characters`, CLEAN);

const Whole = (max: number, what: string) => Rule('whole', (v) => isWhole(v, 1, max), `must be a whole number of ${what} from 1 to ${max}`, `give whole ${what}, more than 0`);

const Keyed = (max: number, test: (value: unknown) => boolean, reason: string, remedy: string) => Rule('keyed', (v) => everyEntry(v, max, test), reason, remedy);

function isText(value: unknown, max: number, min = 0): boolean {
  return typeof value === 'string' && value.length <= max && value.trim().length >= min && !hasUnsafeCharacters(value);
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function everyEntry(value: unknown, max: number, test: (value: unknown) => boolean): boolean | string {
  if (!isRecord(value)) return 'not an object';
  const entries = Object.entries(value);
  if (entries.length > max) return `more than ${max} entries`;
  const bad = entries.find(([key, inner]) => !isText(key, 200, 1) || !test(inner));
  return bad ? `"${bad[0].slice(0, 60)}"` : true;
}

function isAttribute(value: unknown): value is AttributeValue {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'string') return isText(value, 20_000, 1);
  if (Array.isArray(value)) return value.length > 0 && value.length <= 100 && value.every((v) => isText(v, 2_000, 1));
  if (!isRecord(value) || Object.keys(value).some((key) => key !== 'value' && key !== 'unit')) return false;
  const { value: amount, unit } = value;
  return typeof amount === 'number' && Number.isFinite(amount) && Math.abs(amount) <= 1e12 && (unit === undefined || isText(unit, 30, 1));
}

function isMoney(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).some((key) => key !== 'minor' && key !== 'currency')) return false;
  return isWhole(value.minor, 0, MAX_MINOR) && typeof value.currency === 'string' && CURRENCY.test(value.currency);
}

function isMediaList(value: unknown): value is MediaRef[] {
  if (!Array.isArray(value) || value.length > 100) return false;
  const digests = value.map((item: unknown) => (isRecord(item) && Object.keys(item).length === 1 ? item.digest : undefined));
  return digests.every((d) => typeof d === 'string' && /^[0-9a-f]{64}$/.test(d)) && new Set(digests).size === digests.length;
}

function isCategoryPath(value: unknown): boolean {
  return (
    isText(value, 500) &&
    (value === '' ||
      String(value)
        .split(' / ')
        .every((part) => part.trim() === part && part !== ''))
  );
}

const OVERRIDE_TESTS: Readonly<Record<keyof ChannelOverride, (value: unknown) => boolean>> = {
  title: (v) => isText(v, 500, 1),
  description: (v) => isText(v, 50_000),
  category: isCategoryPath,
  attributes: (v) => everyEntry(v, 300, isAttribute) === true,
  media: isMediaList,
  price: isMoney,
};

function isOverride(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const tests: Readonly<Record<string, (value: unknown) => boolean>> = OVERRIDE_TESTS;
  return Object.entries(value).every(([field, inner]) => inner === undefined || tests[field]?.(inner) === true);
}

function isTranslation(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).some((key) => key !== 'title' && key !== 'description')) return false;
  return (value.title === undefined || isText(value.title, 500, 1)) && (value.description === undefined || isText(value.description, 50_000));
}

function barcodesFault(value: unknown): boolean | string {
  if (!Array.isArray(value) || value.length > 100) return 'not a list of at most 100';
  if (new Set(value).size !== value.length) return 'a barcode stands twice';
  for (const code of value as unknown[]) {
    const fault = typeof code === 'string' ? barcodeFault(code) : 'digits';
    if (fault) return `"${String(code).slice(0, 40)}", ${fault}`;
  }
  return true;
}

const MONEY_RULE = [
  'money',
  isMoney,
  'must be {minor, currency}: whole minor units (kopecks, cents) and three capital letters',
  'give e.g. {"minor": 129900, "currency": "RUB"}',
] as const;

class DimensionsDto {
  @Whole(MAX_SIZE, 'millimetres') length!: number;
  @Whole(MAX_SIZE, 'millimetres') width!: number;
  @Whole(MAX_SIZE, 'millimetres') height!: number;
}

class ModelDto {
  @Text(100, 1) code!: string;
  @Rule(
    'axes',
    (v) => Array.isArray(v) && v.length <= 5 && v.every((axis) => isText(axis, 200, 1)),
    'must be a list of at most 5 attribute names',
    'name the attributes in which the variants differ',
  )
  axes!: string[];
  @IsOptional() @Text(500, 1) title?: string;
}

/** A product document as it comes from outside; mirrors `ProductDocument` field by field. */
export class ProductDocumentDto {
  @Rule(
    'sku',
    (v) => isText(v, 50, 1) && v === String(v).trim() && !/[\r\n\t]/.test(String(v)),
    'must be a text of 1 to 50 characters without spaces at its ends',
    'give the article under which the seller knows the product',
  )
  sku!: string;
  @Rule('title', (v) => isText(v, 500, 1), 'must be a text of 1 to 500 characters without control characters', 'give a title; remove control characters and broken symbols')
  title!: string;
  @Text(50_000) description!: string;
  @IsOptional() @Text(200, 1) brand?: string;
  @Rule('category', isCategoryPath, 'must be names from the root to the leaf joined by " / ", at most 500 characters', 'write it like "Дом и сад / Столовая посуда / Кружка"')
  category!: string;
  @IsOptional() @Text(100, 1) country?: string;
  @IsOptional()
  @Rule('vat', (v) => VAT_RATES.includes(v), 'must be a rate in percent that exists', 'use one of 0, 5, 7, 10, 20, 22')
  vat?: number;
  @Keyed(300, isAttribute, 'must hold texts, yes/no, lists of texts or {value, unit}, none empty', 'correct or remove this attribute')
  attributes!: Record<string, AttributeValue>;
  @Rule('media', isMediaList, 'must be a list of at most 100 different pictures as {"digest": 64 hex digits}', 'upload the pictures first and name each once')
  media!: MediaRef[];
  @IsOptional() @ValidateNested() @Type(() => DimensionsDto) dimensions?: DimensionsDto;
  @IsOptional() @Whole(MAX_GRAMS, 'grams') weight?: number;
  @Rule('barcodes', barcodesFault, 'must be EAN-8, UPC-A, EAN-13 or ITF-14 with a right check digit', 'compare with the package, or remove the barcode')
  barcodes!: string[];
  @IsOptional() @Rule(...MONEY_RULE) price?: unknown;
  @IsOptional() @Rule(...MONEY_RULE) oldPrice?: unknown;
  @IsOptional() @Rule(...MONEY_RULE) minPrice?: unknown;
  @Keyed(200, (v) => isWhole(v, 0, MAX_PIECES), `must hold whole pieces from 0 to ${MAX_PIECES} by warehouse code`, 'give the pieces on hand as a whole number')
  stock!: Record<string, number>;
  @IsOptional() @ValidateNested() @Type(() => ModelDto) model?: ModelDto;
  @IsOptional()
  @Keyed(20, isTranslation, 'must hold {title, description} by language code', 'correct or remove this language')
  translations?: Record<string, unknown>;
  @IsOptional()
  @Keyed(50, (v) => isText(v, 200, 1), 'must hold texts by system name', 'correct or remove this id')
  externalIds?: Record<string, string>;
  @IsOptional()
  @Keyed(50, isOverride, 'must hold title, description, category, attributes, media or price by channel', 'correct or remove the fields of this channel')
  overrides?: Record<string, unknown>;
  @Rule('archived', (v) => typeof v === 'boolean', 'must be true or false', 'give true or false')
  archived!: boolean;
}
