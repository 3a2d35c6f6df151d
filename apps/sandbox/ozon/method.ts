import type { Market } from './market.js';
import type { PageFault } from './pages.js';
import type { TaskOffice } from './tasks.js';

export interface Call {
  market: Market;
  tasks: TaskOffice;
  key: 'A' | 'B';
  pageFault: PageFault;
}

/** One API method: its body schema is checked before `run`, which answers an object or ready bytes. */
export interface Method {
  path: string;
  verb: 'GET' | 'POST';
  body?: object;
  run: (call: Call, body: never) => object | Buffer;
}

export function method<B>(path: string, body: object | undefined, run: (call: Call, body: B) => object | Buffer): Method {
  return { path, verb: 'POST', body, run };
}

/** Body schema of an object with these members. */
export function shape(properties: Record<string, object>, required: string[] = []): object {
  return { type: 'object', properties, required };
}

export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const flag = { type: 'boolean' } as const;
/** An id as number or decimal string. */
export const id = { type: ['integer', 'string'], pattern: '^\\d+$' } as const;
export const listOf = (items: object, maxItems: number, minItems = 0): object => ({ type: 'array', items, maxItems, minItems });
