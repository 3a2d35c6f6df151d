import type { KeyName } from './cabinet.js';
import type { Office } from './office.js';

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** How a page of a list is spoiled on order. */
export type PageFault = 'truncated_page' | 'duplicate_page' | undefined;
export type Body = Record<string, unknown>;

export interface Call {
  readonly office: Office;
  readonly key: KeyName;
  /** The endpoint's name, for the ledger. */
  readonly name: string;
  /** The address after /wp-json/wc/v3, without its query. */
  readonly path: string;
  /** Numbers of the path. */
  readonly ids: Readonly<Record<string, number>>;
  /** Texts of the path that are no numbers. */
  readonly params: Readonly<Record<string, string>>;
  /** Lists of a query as one text with commas. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly pageFault: PageFault;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a key without the right to do it is told: "you cannot list resources". */
export type Act = 'list' | 'view' | 'create' | 'edit' | 'delete' | 'batch';

export interface Endpoint {
  readonly verbs: readonly Verb[];
  /** After /wp-json/wc/v3, names of parameters in braces. */
  readonly path: string;
  readonly act: Act;
  /** Only releases from this one on know it. */
  readonly since?: number;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

export const READING: readonly Verb[] = ['GET'];
export const CREATING: readonly Verb[] = ['POST'];
/** A patch, whatever the verb. */
export const EDITING: readonly Verb[] = ['PUT', 'PATCH', 'POST'];
export const BATCHING: readonly Verb[] = ['POST', 'PUT', 'PATCH'];
export const DELETING: readonly Verb[] = ['DELETE'];

/** Under which name faults, figures and the ledger know it: "PUT /products/{id}". */
export const nameOf = ({ verbs, path }: Endpoint): string => `${verbs[0]} ${path}`;

export const ok = (body: unknown, headers?: Record<string, string>): Answer => ({ status: 200, body, headers });
export const created = (body: unknown): Answer => ({ status: 201, body });
