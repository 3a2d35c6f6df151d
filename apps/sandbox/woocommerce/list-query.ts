import type { Call, Answer } from './endpoint.js';
import { API, homeOf } from './office.js';
import { checkParams, oneOf, text, type Shapes } from './params.js';

/** What every list takes. */
export const PAGING: Shapes = {
  page: { type: 'integer', low: 1, high: Number.MAX_SAFE_INTEGER },
  per_page: { type: 'integer', low: 1, high: 100 },
  offset: { type: 'integer' },
  order: oneOf(['asc', 'desc']),
  context: oneOf(['view', 'edit']),
  search: text,
};

const USUAL_PAGE = 10;

/** The numbers of a list in a query. */
export const idsIn = (value: string | undefined): number[] | undefined => (value === undefined || value === '' ? undefined : value.split(',').map(Number));

/** One page of what was found, with the headers that tell how much there is. Throws what the shop answers to impossible bounds. */
export function pageOf<T>(call: Call, shapes: Shapes, found: readonly T[], answer: (item: T) => unknown): Answer {
  const { query, office } = call;
  checkParams(query, { ...PAGING, ...shapes });
  const size = Number(query['per_page'] ?? USUAL_PAGE);
  const page = Number(query['page'] ?? 1);
  const from = query['offset'] === undefined ? (page - 1) * size : Number(query['offset']);
  const pages = Math.ceil(found.length / size);
  const list = `${call.name} ${call.key} ${JSON.stringify(call.ids)}`;
  const body = office.pages.next(call.pageFault, list, found.slice(from, from + size).map(answer));
  return { status: 200, body, headers: { 'x-wp-total': String(found.length), 'x-wp-totalpages': String(pages), ...links(call, page, pages) } };
}

function links(call: Call, page: number, pages: number): Record<string, string> {
  const to = (n: number, rel: string): string => {
    const query = new URLSearchParams(Object.entries(call.query).filter(([name]) => !name.startsWith('oauth_') && !name.startsWith('consumer_')));
    query.set('page', String(n));
    return `<${homeOf(call.office)}${API}${call.path}?${query.toString()}>; rel="${rel}"`;
  };
  const named = [...(page > 1 ? [to(Math.min(page - 1, Math.max(pages, 1)), 'prev')] : []), ...(page < pages ? [to(page + 1, 'next')] : [])];
  return named.length > 0 ? { link: named.join(', ') } : {};
}
