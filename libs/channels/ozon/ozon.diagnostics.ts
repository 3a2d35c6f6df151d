import type { Diagnostic } from '#kernel';
import { ATTRIBUTE } from './ozon.attribute-ids.js';

/** An error as Ozon reports it, from a task or from a card. `blocking` is undefined when the level is not a known one. */
export interface OzonProblem {
  readonly code: string;
  readonly message: string;
  readonly blocking: boolean | undefined;
  readonly attributeId: string;
  readonly attributeName: string;
  readonly field: string;
}

const FIELD_FACETS: Readonly<Record<string, string>> = {
  name: 'title',
  title: 'title',
  description: 'description',
  annotation: 'description',
  images: 'media',
  image: 'media',
  primary_image: 'media',
  color_image: 'media',
  price: 'price',
  old_price: 'price',
  min_price: 'price',
  vat: 'price',
  currency_code: 'price',
  stock: 'stock',
  barcode: 'barcodes',
  barcodes: 'barcodes',
  depth: 'dimensions',
  width: 'dimensions',
  height: 'dimensions',
  weight: 'dimensions',
  dimension_unit: 'dimensions',
  weight_unit: 'dimensions',
  description_category_id: 'category',
  type_id: 'category',
};

/** Codes whose wording, not a field, tells which facet they speak of. */
const CODE_FACETS: readonly (readonly [RegExp, string])[] = [
  [/^(all|some)_image|^pics_|image/i, 'media'],
  [/^name_too_long$/i, 'title'],
  [/price|discount/i, 'price'],
  [/^(missing_dimension|Incorrect_density|VALUE_MAX_LIMIT|ML_INCORRECT_VOLUME_WEIGHT)$/i, 'dimensions'],
  [/^(description_category|description_type|levels_category)/i, 'category'],
  [/^BR_hashtag/i, `attributes.${ATTRIBUTE.hashtags}`],
  [/^invalid_rich_content_json$/i, `attributes.${ATTRIBUTE.richContent}`],
  [/stock/i, 'stock'],
  [/barcode/i, 'barcodes'],
];

/** Where a problem belongs, facet first ("attributes.11254"); '' when it is about the card as a whole. */
export function pathOf(problem: Pick<OzonProblem, 'code' | 'attributeId' | 'field'>): string {
  if (problem.attributeId === ATTRIBUTE.description) return 'description';
  if (problem.attributeId === ATTRIBUTE.title) return 'title';
  if (problem.attributeId !== '') return `attributes.${problem.attributeId}`;
  const byField = FIELD_FACETS[problem.field.toLowerCase()];
  if (byField !== undefined) return byField;
  return CODE_FACETS.find(([pattern]) => pattern.test(problem.code))?.[1] ?? '';
}

export function problemDiagnostic(problem: OzonProblem): Diagnostic {
  return {
    severity: problem.blocking === false ? 'warning' : 'error',
    path: pathOf(problem),
    code: 'ozon.reported',
    params: {
      code: problem.code,
      message: problem.message.slice(0, 500),
      ...(problem.attributeName === '' ? {} : { name: problem.attributeName }),
    },
  };
}

/** Codes that say a value was cut, erased or declined: repeating it would only be declined again. */
const REFUSING =
  /^(erased_attribute_value|EMPTY_REQUIRED_AFTER_WARNING_DELETING|DESCRIPTION_DECLINE|name_too_long|invalid_rich_content_json|BR_hashtag.*|(error|warning)_attribute_values_(empty|out_of_range)|ATTRIBUTE_VALUE_COUNT_EXCEEDED|CONDITIONAL_ATTRIBUTE_ERROR|all_image_failed|all_image_unprocessed|some_image_failed|pics_http_error|price_out_of_range|invalid_cat\s?egory_price|VALUE_MAX_LIMIT|Incorrect_density|vat_invalid)$/i;

export function refusesValue(problem: OzonProblem): boolean {
  return REFUSING.test(problem.code);
}

/**
 * Refusals that pass by themselves (a limit for one card, a card in the wrong state): reading the card back and trying
 * later is right, giving up until the next revision is not.
 */
const PASSING =
  /too_many_requests|updated too frequently|limit exceeded|error limiting|product_is_not_created|product_is_archived|has_not_been_tagged_yet|not_found|offer_id_not_found|source_type_not_found|invalid_state|internal/i;

export function passesByItself(problem: OzonProblem): boolean {
  return PASSING.test(problem.code) || (problem.code === '' && PASSING.test(problem.message));
}
