import { type Doc, readDoc, readDocOrEmpty, readFlag, readId, readList, readText } from '#kernel';
import type { StatusCause, StatusValue } from '#channels/contract';
import { type OzonProblem, problemDiagnostic, refusesValue } from './ozon.diagnostics.js';

/*
 * Ozon does not enumerate the strings of `statuses`. Those below were met in the field (docs/channels/ozon.md, "Status");
 * any other is `unknown`, never good.
 */
const MODERATION: Readonly<Record<string, StatusValue['moderation']>> = {
  '': 'none',
  approved: 'approved',
  'in-moderating': 'pending',
  moderating: 'pending',
  pending: 'pending',
  postmoderation: 'pending',
  declined: 'declined',
};
const VALIDATION: Readonly<Record<string, 'none' | 'success' | 'pending' | 'fail'>> = {
  '': 'none',
  success: 'success',
  pending: 'pending',
  fail: 'fail',
  failed: 'fail',
};
const PENDING_STATUS: ReadonlySet<string> = new Set(['processing', 'moderating', 'processed', 'imported', 'pending']);
const FAILED_STATUS: ReadonlySet<string> = new Set(['failed_moderation', 'failed_validation', 'failed']);

type Cause = StatusValue['causes'][number];

/** The status of one item of `/v3/product/info/list`; `quarantined` is known from the list filter only. */
export function statusOf(item: Doc, quarantined: boolean): StatusValue {
  const statuses = readDocOrEmpty(item['statuses']);
  const status = readText(statuses['status']);
  const statusFailed = readText(statuses['status_failed']);
  const moderation = MODERATION[readText(statuses['moderate_status'])] ?? 'unknown';
  const validation = VALIDATION[readText(statuses['validation_status'])] ?? 'unknown';
  const visibility = readDocOrEmpty(item['visibility_details']);
  const problems = readList(item['errors'], 'info.errors').map(problemOf);
  const offer = offered(item);
  const sold = status === 'price_sent' && offer.state === 'AVAILABLE';

  const causes: Cause[] = [];
  const add = (code: StatusCause, detail = '') => causes.push(detail === '' ? { code } : { code, detail });

  if (readFlag(item['is_archived']) || readFlag(item['is_autoarchived'])) {
    add('archived', readFlag(item['is_autoarchived']) ? 'auto' : '');
  }
  const created = readFlag(statuses['is_created']);
  if (!created) add('not-created', readText(statuses['status_name']));
  if (offer.state === 'HIDDEN' || offer.state === 'UNAVAILABLE') add('hidden', offer.reason);
  if (quarantined) add('price-quarantine');
  if (moderation === 'declined' || statusFailed === 'declined' || status === 'failed_moderation') {
    add('moderation-declined', readText(statuses['status_description']));
  }
  // A card that is already sold stays on sale with its old content while an update is looked at.
  const settled = statusFailed !== '' && statusFailed !== 'none';
  if (!sold && !settled && (moderation === 'pending' || validation === 'pending' || PENDING_STATUS.has(status))) {
    add('moderation-pending', readText(statuses['status_name']));
  }
  if (statusFailed === 'imported') add('update-stuck', readText(statuses['status_name']));
  const blocking = problems.filter((problem) => problem.blocking === true);
  if (blocking.length > 0) {
    add('blocked-by-error', blocking.map((problem) => problem.code).join(', '));
  } else if (validation === 'fail' || status === 'failed_validation' || status === 'failed') {
    add('blocked-by-error', readText(statuses['status_description']));
  }
  if (!readFlag(visibility['has_price'])) add('no-price');
  if (!readFlag(visibility['has_stock'])) add('no-stock');

  const strange = unknowns(status, statusFailed, moderation, validation, statuses, problems, offer.state, created);
  const definite = causes.some((cause) => cause.code !== 'update-stuck');
  if (strange !== '') add('unknown', strange);
  else if (!definite && !sold) add('unknown', 'not on sale, and nothing says why');

  return {
    sellable: definite ? false : strange === '' && sold ? true : null,
    moderation,
    causes,
    refusals: problems.filter(refusesValue).map(problemDiagnostic),
  };
}

function unknowns(
  status: string,
  statusFailed: string,
  moderation: string,
  validation: string,
  statuses: Doc,
  problems: readonly OzonProblem[],
  availability: string,
  created: boolean,
): string {
  const found: string[] = [];
  const known = status === 'price_sent' || PENDING_STATUS.has(status) || FAILED_STATUS.has(status);
  if (!known && (created || status !== '')) found.push(`status=${status}`);
  if (!['', 'none', 'imported', 'declined'].includes(statusFailed)) found.push(`status_failed=${statusFailed}`);
  if (moderation === 'unknown') found.push(`moderate_status=${readText(statuses['moderate_status'])}`);
  if (validation === 'unknown') found.push(`validation_status=${readText(statuses['validation_status'])}`);
  if (availability === 'UNKNOWN') found.push('availability');
  for (const problem of problems) if (problem.blocking === undefined) found.push(`level of ${problem.code}`);
  return found.join(', ');
}

/** AVAILABLE when one storefront entry is; otherwise the reason that hides it. NONE: there is no entry yet. */
function offered(item: Doc): { readonly state: 'AVAILABLE' | 'HIDDEN' | 'UNAVAILABLE' | 'NONE' | 'UNKNOWN'; readonly reason: string } {
  const entries = readList(item['availabilities'], 'info.availabilities').map((entry) => readDoc(entry, 'info.availabilities'));
  if (entries.length === 0) return { state: 'NONE', reason: '' };
  const states = entries.map((entry) => readText(entry['availability']));
  if (states.includes('AVAILABLE')) return { state: 'AVAILABLE', reason: '' };
  const reason = entries
    .flatMap((entry) => readList(entry['reasons'], 'info.reasons').map(reasonText))
    .filter((text) => text !== '')
    .join('; ');
  if (states.includes('HIDDEN')) return { state: 'HIDDEN', reason };
  return { state: states.every((state) => state === 'UNAVAILABLE') ? 'UNAVAILABLE' : 'UNKNOWN', reason };
}

function reasonText(reason: unknown): string {
  const doc = readDocOrEmpty(reason);
  const text = readText(readDocOrEmpty(doc['human_text'])['text']);
  return text === '' ? readText(doc['id']) : text;
}

const BLOCKING: Readonly<Record<string, boolean>> = {
  ERROR_LEVEL_ERROR: true,
  ERROR_LEVEL_INTERNAL: true,
  ERROR_LEVEL_WARNING: false,
};

function problemOf(value: unknown): OzonProblem {
  const doc = readDoc(value, 'info.errors');
  const texts = readDocOrEmpty(doc['texts']);
  return {
    code: readText(doc['code']),
    message: readText(texts['message']) || readText(texts['short_description']) || readText(texts['description']),
    blocking: BLOCKING[readText(doc['level'])],
    attributeId: readId(doc['attribute_id'], 'info.errors.attribute_id'),
    attributeName: readText(texts['attribute_name']),
    field: readText(doc['field']),
  };
}
