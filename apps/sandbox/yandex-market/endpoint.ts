import type { Need } from './auth.js';
import type { Campaign } from './cabinet.js';
import type { Limit } from './limits.js';
import type { Office } from './office.js';

/** How a page of a list is spoiled on order. */
export type PageFault = 'truncated_page' | 'duplicate_page' | undefined;

export interface Call {
  readonly office: Office;
  readonly key: 'A' | 'B';
  readonly method: string;
  /** The store of the path; undefined where there is none. */
  readonly campaign: Campaign | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly pageFault: PageFault;
}

/** One method. Its body has passed `body` when `run` sees it; what it returns is the whole answer. */
export interface Endpoint {
  readonly verb: 'GET' | 'POST' | 'PUT';
  /** As in the specification, names of parameters in braces. */
  readonly path: string;
  readonly need: Need;
  readonly limit: Limit;
  /** Units of the limit that a request takes: one, or as many as items are sent. `returned`: as many as items come back. */
  readonly units?: ((body: never) => number) | 'returned';
  /** How many at once; together with every other method about the entity when absent. */
  readonly parallel?: number;
  readonly body?: object;
  /** A request without a body is a 400. */
  readonly bodyNeeded?: boolean;
  /** Since when calls fail at random, and when the method is gone (RFC 3339 dates). */
  readonly deprecated?: { readonly failsFrom: string; readonly goneFrom: string };
  readonly run: (call: Call, body: never) => Outcome | Promise<Outcome>;
}

export interface Outcome {
  readonly body: unknown;
  /** How many items came back, where the limit counts them. */
  readonly items?: number;
}

/** What an endpoint of this method answers, typed by its body. */
export function endpoint<B>(
  head: Omit<Endpoint, 'run' | 'units'> & { readonly units?: ((body: B) => number) | 'returned' },
  run: (call: Call, body: B) => Outcome | Promise<Outcome>,
): Endpoint {
  return { ...head, run } as Endpoint;
}

/** Success, with a result where the method has one. */
export const ok = (result?: object, items?: number): Outcome => ({ body: { status: 'OK', ...(result ? { result } : {}) }, ...(items === undefined ? {} : { items }) });

/** A list that is left out where it is empty. */
export const unlessEmpty = <T>(name: string, items: readonly T[]): Record<string, readonly T[]> => (items.length > 0 ? { [name]: items } : {});
