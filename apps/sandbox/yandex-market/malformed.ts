import { badRequest, type Problem } from './problem.js';

/** What a validator says of the first thing wrong with a body. */
export interface Complaint {
  readonly instancePath?: string;
  /** Where the broken rule stands in the shape of the body ("#/properties/offerIds/minItems"). */
  readonly schemaPath?: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Where nothing bounds a list. */
const MOST = 2_147_483_647;
const SIZES = /^(min|max)(Items|Length)$/;

/** A body that does not have the shape of its method, told as the market tells it. */
export function malformed(body: unknown, shape: object, complaint: Complaint | undefined): Problem {
  if (!complaint) return badRequest('JSON: unreadable body');
  const { keyword, params } = complaint;
  const steps = (complaint.instancePath ?? '').split('/').slice(1);
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : step)).join('.');
  const field = path.replaceAll('.[', '[');
  const value = valueAt(body, steps);
  const sized = SIZES.exec(keyword)?.[2];
  if (sized !== undefined) {
    const rules = valueAt(shape, (complaint.schemaPath ?? '').split('/').slice(1, -1)) as Record<string, unknown> | undefined;
    const size = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
    return badRequest(`'${field}' size must be between '${String(rules?.[`min${sized}`] ?? 0)}' and '${String(rules?.[`max${sized}`] ?? MOST)}' (rejected size: '${size}')`);
  }
  switch (keyword) {
    case 'required': {
      const member = String(params['missingProperty']);
      return badRequest(`'${field === '' ? member : `${field}.${member}`}' must not be null (rejected value: null)`);
    }
    case 'pattern':
      return badRequest(`'${field}' must match '${String(params['pattern'])}' (rejected value: '${String(value)}')`);
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
      return badRequest(`'${field}' ${complaint.message ?? 'is out of bounds'} (rejected value: '${String(value)}')`);
    default:
      return badRequest(`JSON: Illegal input at '${field}'`);
  }
}

function valueAt(body: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined), body);
}
