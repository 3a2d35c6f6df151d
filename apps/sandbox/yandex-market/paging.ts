import { digest } from '../digest.js';
import type { PageFault } from './endpoint.js';
import { badRequest } from './problem.js';

/** How long a page of a list may be. A longer one is cut in silence or refused. */
export interface PageSize {
  readonly usual: number;
  readonly most: number;
  readonly over: 'cut' | 'refuse';
}

export interface Page<T> {
  readonly items: T[];
  /** Members of the answer beside the list. */
  readonly paging: { nextPageToken?: string };
}

interface Query {
  readonly [name: string]: string;
}

/** What a request asks for of a list: from which place on, and how many. Throws 400 for what is not understood. */
export function asked(query: Query, list: string, filter: unknown, size: PageSize): { after: number; limit: number; token: (after: number) => string } {
  const mark = digest(JSON.stringify([list, filter ?? {}])).slice(0, 8);
  const token = query['pageToken'] ?? query['page_token'];
  return {
    after: token ? placeOf(token, mark) : 0,
    limit: limitOf(query['limit'], size),
    token: (after) => Buffer.from(JSON.stringify({ after, mark })).toString('base64url'),
  };
}

/** The items after a place that are wanted, at most `limit`, and where they end. */
export function take<T extends { readonly seq: number }>(
  items: Iterable<T>,
  { limit, token }: { limit: number; token: (after: number) => string },
  wanted: (item: T) => boolean,
): Page<T> {
  const page: T[] = [];
  for (const item of items) {
    if (!wanted(item)) continue;
    if (page.length === limit) return { items: page, paging: { nextPageToken: token((page.at(-1) as T).seq) } };
    page.push(item);
  }
  return { items: page, paging: {} };
}

function limitOf(text: string | undefined, { usual, most, over }: PageSize): number {
  if (text === undefined) return usual;
  const limit = Number(text);
  if (!Number.isInteger(limit)) throw badRequest(`Illegal input at 'limit'`);
  if (limit < 1) throw badRequest(`Parameter limit must be greater than or equal to '1' (rejected value: '${limit}')`);
  if (limit > most && over === 'refuse') throw badRequest(`Parameter limit must be less than or equal to '${most}' (rejected value: '${limit}')`);
  return Math.min(limit, most);
}

function placeOf(token: string, mark: string): number {
  try {
    const read = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { after?: unknown; mark?: unknown };
    if (typeof read.after === 'number' && read.mark === mark) return read.after;
  } catch {
    // Refused below.
  }
  throw badRequest('Bad page token');
}

/** A page as a fault spoils it: half of its items lost. */
export function spoiled<T>(fault: PageFault, items: readonly T[]): T[] {
  return fault === 'truncated_page' ? items.slice(0, items.length >> 1) : [...items];
}

/** Pages answered last, so that one of them can be answered again instead of the next. */
export class LastPages {
  private readonly pages = new Map<string, unknown>();

  /** `page`, or on order the one answered before it. */
  next(fault: PageFault, list: string, page: unknown): unknown {
    const last = this.pages.get(list);
    if (fault === 'duplicate_page' && last !== undefined) return last;
    this.pages.set(list, page);
    return page;
  }

  reset(): void {
    this.pages.clear();
  }
}
