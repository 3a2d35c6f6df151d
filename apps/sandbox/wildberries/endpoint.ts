import type { BucketName } from './limits.js';
import type { Office } from './office.js';
import type { Family } from './problem.js';
import type { Scope, TokenType } from './token.js';

/** Hosts of the real API; here each is a folder under /wildberries. */
export const HOSTS = {
  'content-api': { family: 'content', scope: 'content', sandbox: true },
  'discounts-prices-api': { family: 'prices', scope: 'prices', sandbox: true },
  'marketplace-api': { family: 'marketplace', scope: 'marketplace', sandbox: true },
  'seller-analytics-api': { family: 'analytics', scope: 'analytics', sandbox: false },
  'common-api': { family: 'analytics', scope: 'any', sandbox: false },
} as const satisfies Record<string, { family: Family; scope: Scope; sandbox: boolean }>;
export type Host = keyof typeof HOSTS;

/** How a page of a list is spoiled on order. */
export type PageFault = 'truncated_page' | 'duplicate_page' | undefined;

export interface Call {
  readonly office: Office;
  readonly key: 'A' | 'B';
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly pageFault: PageFault;
}

/** `body` is absent where the answer is empty. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One method. Its body has passed `body` when `run` sees it. */
export interface Endpoint {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly host: Host;
  /** As in the specification, names of parameters in braces. */
  readonly path: string;
  readonly bucket: BucketName;
  /** Writes what a read-only token may not. */
  readonly writes?: boolean;
  /** The only types of token that may ask; any when absent. */
  readonly types?: readonly TokenType[];
  readonly body?: object;
  readonly run: (call: Call, body: never) => Answer | Promise<Answer>;
}

/** What an endpoint of this method and host answers, typed by its body. */
export function endpoint<B>(head: Omit<Endpoint, 'run'>, run: (call: Call, body: B) => Answer | Promise<Answer>): Endpoint {
  return { ...head, run: run as Endpoint['run'] };
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const done: Answer = { status: 204 };

/** JSON schemas of bodies. */
export const shape = (properties: Record<string, object>, required: string[] = []): object => ({ type: 'object', properties, required });
export const listOf = (items: object, maxItems: number, minItems = 0): object => ({ type: 'array', items, maxItems, minItems });
export const text = { type: 'string' } as const;
export const whole = { type: 'integer' } as const;
export const number = { type: 'number' } as const;
export const flag = { type: 'boolean' } as const;

/** A whole number of a query within bounds; undefined when it is not one. */
export function queryNumber(value: string | undefined, otherwise: number | undefined, least: number, most: number): number | undefined {
  if (value === undefined || value === '') return otherwise;
  const n = Number(value);
  return Number.isInteger(n) && n >= least && n <= most ? n : undefined;
}
