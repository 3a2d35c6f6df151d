import { type ChannelError, type Diagnostic, BrokenContract, Refused, RetryLater, Throttled, Unauthorised, Unsupported, readDocOrEmpty, readText } from '#kernel';
import { facetOfField } from './woocommerce.diagnostics.js';

export interface SiteFailure {
  readonly path: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** A request that may have changed something. */
  readonly writes: boolean;
  /** Account clock, ms. */
  readonly now: number;
}

export const BUCKET = 'requests';

/** A host's wall in front of the site answers with pages, names no end, and is asked again after this. */
const WALL_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** The code of a site that read the key and does not take it; any other 401 is told to whoever comes without one. */
const KEY_READ = 'woocommerce_rest_authentication_error';

/** 401. `anonymous`: the site did not see a key at all, or sees one only in another form. */
export class KeyNotTaken extends Unauthorised {
  constructor(
    message: string,
    readonly anonymous: boolean,
  ) {
    super(message);
  }
}

/** Turned away by a wall in front of the site: for there being too many requests, or for what is in this one. */
export class Walled extends Throttled {}

/** A refused request as an error by recovery. Pure; see docs/channels/woocommerce.md, "Errors". */
export function siteError(failure: SiteFailure): ChannelError {
  const { status, path, body, now } = failure;
  const { code, message } = wordsOf(body);
  const said = `${path}: HTTP ${status}${code === '' ? '' : ` ${code}`}${message === '' ? '' : `: ${message}`}`;
  const answered = code !== '';

  if (status === 429) return new Throttled(said, now + (waitMs(failure) ?? WALL_MS), BUCKET);
  // WordPress being updated, or a host that is full: turned away before anything ran, as the header says.
  if (status === 503 && waitMs(failure) !== undefined) return new Throttled(said, now + (waitMs(failure) ?? WALL_MS), BUCKET);
  if ((status === 403 || status === 406) && !answered) return new Walled(`${said} (the host's own protection, not WooCommerce)`, now + WALL_MS, BUCKET);
  if (status === 401) return new KeyNotTaken(said, code !== KEY_READ);
  if (status === 403) return new Unauthorised(said);
  if (status >= 500 || status === 408) return new RetryLater(said, failure.writes);
  // Too many items or bytes, for the shop or for the server before it: turned away before anything ran.
  if (status === 413) return new RetryLater(said);
  if (status >= 300 && status < 400) return new Unsupported(`${said} (the site answers at ${addressIn(failure)}: give that address)`);
  if (status === 404 && (code === 'rest_no_route' || !answered)) return new Unsupported(`${said} (no such route: an older WooCommerce, or permalinks are "plain")`);
  if (status >= 400) return new Refused(said, [refusal(body)]);
  return new BrokenContract(`${path}: HTTP ${status}, which no method answers`, body);
}

/** What an error of the API says, of a whole request or of one item of a batch, and which facet it is about. */
export function refusal(error: unknown): Diagnostic {
  const { code, message, fields } = wordsOf(error);
  // Who has the name, the SKU or the code already.
  const owner = readText(readDocOrEmpty(readDocOrEmpty(error)['data'])['resource_id']);
  const detail = fields.map(([field, text]) => `${field}: ${text}`).join('; ');
  return {
    severity: 'error',
    path: facetOfField(code, fields[0]?.[0]),
    code: 'woocommerce.refused',
    params: {
      code,
      message: [message, detail]
        .filter((text) => text !== '')
        .join(' ')
        .slice(0, 500),
      ...(owner === '' ? {} : { resource_id: owner }),
    },
  };
}

/** `{code, message, data: {params: {field: text}}}`; a page of a host has none of them. */
export function wordsOf(body: unknown): { readonly code: string; readonly message: string; readonly fields: readonly (readonly [string, string])[] } {
  if (typeof body === 'string') return { code: '', message: titleOf(body), fields: [] };
  const doc = readDocOrEmpty(body);
  const params = readDocOrEmpty(readDocOrEmpty(doc['data'])['params']);
  return { code: readText(doc['code']), message: readText(doc['message']).slice(0, 300), fields: Object.entries(params).map(([field, text]) => [field, readText(text)] as const) };
}

/** Where a redirect leads, without what was asked for there. */
function addressIn({ headers }: SiteFailure): string {
  const told = headers['location'] ?? '';
  if (!URL.canParse(told)) return 'another address';
  const { origin, pathname } = new URL(told);
  return `${origin}${pathname.replace(/\/wp-json.*$/, '')}`;
}

function titleOf(page: string): string {
  return (/<title[^>]*>([^<]{0,120})/i.exec(page)?.[1] ?? '').trim();
}

/** Retry-After in seconds or as a date; undefined when the host does not tell. */
function waitMs({ headers, now }: SiteFailure): number | undefined {
  const told = headers['retry-after'];
  if (told === undefined || told === '') return undefined;
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now;
  return Number.isFinite(ms) ? Math.min(LONGEST_MS, Math.max(1000, ms)) : undefined;
}
