import { badRequest, type Problem } from './problem.js';

/** What a validator says of the first thing wrong with a body. */
export interface Complaint {
  readonly instancePath?: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

const SIZES: Readonly<Record<string, 'min' | 'max'>> = { minItems: 'min', minLength: 'min', maxItems: 'max', maxLength: 'max' };

/** A body that does not have the shape of its method, told as the market tells it. */
export function malformed(body: unknown, complaint: Complaint | undefined): Problem {
  if (!complaint) return badRequest('JSON: unreadable body');
  const { keyword, params } = complaint;
  const steps = (complaint.instancePath ?? '').split('/').slice(1);
  const path = steps.map((step) => (/^\d+$/.test(step) ? `[${step}]` : step)).join('.');
  const field = path.replaceAll('.[', '[');
  const value = valueAt(body, steps);
  const bound = SIZES[keyword];
  if (bound) {
    const limit = String(params['limit']);
    const size = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
    return badRequest(`'${field}' size must be between '${bound === 'min' ? limit : '0'}' and '${bound === 'max' ? limit : 'unbounded'}' (rejected size: '${size}')`);
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
