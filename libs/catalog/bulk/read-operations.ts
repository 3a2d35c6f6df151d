import type { KnownChannels } from '../document/known-channels.js';
import { MEDIA_ROLES } from '../document/product-document.js';
import * as checks from '../document/value-checks.js';
import type { Check } from '../document/value-checks.js';
import { issueOf, type ValidationIssue } from '../faults/validation-issue.js';
import { BULK_OPERATIONS, type BulkOperation, PRICE_FIELDS, SETTABLE_FIELDS, TEXT_FIELDS } from './bulk-operation.js';
import { parseFactor } from './multiply-price.js';

const MOST = 20;
const { check, isRecord, isText, isWhole, optional, text } = checks;

const oneOf = (known: readonly string[]): Check => check((v) => typeof v === 'string' && known.includes(v), 'bulk-field', { fields: known.join(', ') });
const someOf = (known: readonly string[]): Check =>
  check((v) => Array.isArray(v) && v.length > 0 && v.every((one) => typeof one === 'string' && known.includes(one)), 'bulk-field', { fields: known.join(', ') });
const digest = check((v) => typeof v === 'string' && /^[0-9a-f]{64}$/.test(v), 'pictures');
const anything: Check = () => undefined;

/** What each operation is made of. Values set in a product are judged by the product's own checks, product by product. */
const SHAPES: Readonly<Record<BulkOperation['op'], Readonly<Record<string, Check>>>> = {
  set: { field: oneOf(SETTABLE_FIELDS), value: anything },
  'replace-text': { fields: someOf(TEXT_FIELDS), find: text(1_000, 1), replace: text(5_000), wildcards: optional(checks.yesNo), anyCase: optional(checks.yesNo) },
  'multiply-price': {
    fields: someOf(PRICE_FIELDS),
    factor: check((v) => typeof v === 'string' && parseFactor(v) !== undefined, 'percent'),
    step: optional(check((v) => isWhole(v, 1, 1_000_000), 'price-step', { max: 1_000_000 })),
  },
  'move-category': { from: optional(checks.category), to: checks.category },
  'add-media': {
    digest,
    role: optional(oneOf(MEDIA_ROLES)),
    at: optional(oneOf(['start', 'end'])),
  },
  'remove-media': { digest },
  'reorder-media': { digests: check((v) => Array.isArray(v) && v.length > 0 && v.length <= 100 && v.every((one) => digest(one) === undefined), 'pictures') },
  'set-attribute': { name: text(200, 1), value: checks.attribute },
  'remove-attribute': { name: text(200, 1) },
  'set-override': { channel: text(100, 1), field: oneOf(checks.OVERRIDE_FIELDS), value: anything },
  archive: { archived: checks.yesNo },
};

/** Reads operations as they come from outside: either all of them are good, or every fault is named by its place. Without `channels` an override may speak to any. */
export function readOperations(given: unknown, channels?: KnownChannels): { readonly operations: readonly BulkOperation[] } | { readonly issues: readonly ValidationIssue[] } {
  if (!Array.isArray(given) || given.length === 0 || given.length > MOST) return { issues: [issueOf('operations', given, 'list', { max: MOST })] };
  const issues = (given as unknown[]).flatMap((one, at) => faultsOf(one, `operations.${at}`, channels));
  return issues.length > 0 ? { issues } : { operations: given as BulkOperation[] };
}

function faultsOf(given: unknown, place: string, channels: KnownChannels | undefined): ValidationIssue[] {
  const op = isRecord(given) ? given['op'] : undefined;
  if (!isRecord(given) || !isText(op, 50) || !Object.hasOwn(SHAPES, op)) return [issueOf(`${place}.op`, op, 'bulk-operation', { operations: BULK_OPERATIONS.join(', ') })];
  const shape = SHAPES[op as BulkOperation['op']];
  const unknown = Object.keys(given).filter((field) => field !== 'op' && !Object.hasOwn(shape, field));
  const wrong = Object.entries(shape).flatMap(([field, one]) => {
    const found = one(given[field]);
    return found ? [issueOf(`${place}.${field}`, given[field], found.code, found.params)] : [];
  });
  const { channel } = given;
  const strange = typeof channel === 'string' && channels !== undefined && 'channel' in shape && !channels.has(channel);
  return [
    ...unknown.map((field) => issueOf(`${place}.${field.slice(0, 60)}`, given[field], 'unknown-field')),
    ...wrong,
    ...(strange ? [issueOf(`${place}.channel`, channel, 'channel-unknown', { known: [...channels].join(', ') })] : []),
  ];
}
