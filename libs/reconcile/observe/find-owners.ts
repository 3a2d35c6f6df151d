import type { PoolClient } from 'pg';
import { samePicture } from '#catalog';
import type { CardValues } from '#channels/contract';
import { bandProbesOf, bandsOf, type DriftPartner, type TextOwner } from '../diff/index.js';

const MOST_OWNERS = 400;

interface Candidate {
  readonly listingId: string;
  readonly sku: string;
  readonly values: CardValues;
}

/** Numbers under which a picture's perceptual hash is indexed: its four bands, told apart by place. */
export function pictureElements(phash: string): string[] {
  return bandsOf(phash).map((band, place) => String(place * 0x10000 + band));
}

function pictureProbes(phash: string): string[] {
  return bandProbesOf(phash).flatMap((bands, place) => bands.map((band) => String(place * 0x10000 + band)));
}

/** Listings of the account indexed under any of these elements, with what they desire. */
async function candidates(client: PoolClient, accountId: string, facet: string, elements: readonly string[]): Promise<(Candidate & { elements: readonly string[] })[]> {
  if (elements.length === 0) return [];
  const { rows } = await client.query<{ id: string; key: string; elements: string[]; values: CardValues }>(
    `SELECT l.id, l.key, e.elements, r.values
     FROM (SELECT x.listing_id, array_agg(x.element::text) AS elements FROM listing_element x
           WHERE x.account_id = $1 AND x.facet = $2 AND x.element = ANY($3::bigint[]) GROUP BY x.listing_id LIMIT $4) e
     JOIN listing l ON l.id = e.listing_id
     JOIN LATERAL (SELECT values FROM listing_render y WHERE y.listing_id = l.id ORDER BY y.revision DESC, y.rules_version DESC, y.projection DESC LIMIT 1) r ON true`,
    [accountId, facet, elements, MOST_OWNERS * 10],
  );
  return rows.map((row) => ({ listingId: row.id, sku: row.key, values: row.values, elements: row.elements }));
}

/** Answers who owns a text, for the elements asked for beforehand. */
export async function textOwners(
  client: PoolClient,
  accountId: string,
  facet: 'title' | 'description',
  elements: readonly string[],
): Promise<(asked: readonly string[], self: string) => TextOwner[]> {
  const found = await candidates(client, accountId, facet, elements);
  const byElement = new Map<string, TextOwner[]>();
  for (const { listingId, sku, values, elements: under } of found) {
    const owner: TextOwner = { listingId, sku, text: values[facet] ?? '' };
    for (const element of under) {
      const list = byElement.get(element);
      if (list) list.push(owner);
      else byElement.set(element, [owner]);
    }
  }
  return (asked, self) => {
    const owners = new Map<string, TextOwner>();
    for (const element of asked) for (const owner of byElement.get(element) ?? []) if (owner.listingId !== self) owners.set(owner.listingId, owner);
    return [...owners.values()].slice(0, MOST_OWNERS);
  };
}

export interface PicturePrint {
  readonly phash: string;
  readonly colour: Buffer;
}

/** Whose master picture each of these live pictures is: all owners, confirmed on colour. */
export async function pictureOwners(
  client: PoolClient,
  accountId: string,
  prints: readonly PicturePrint[],
): Promise<(print: PicturePrint, self: string) => (DriftPartner & { readonly digest: string })[]> {
  const found = await candidates(client, accountId, 'media', [...new Set(prints.flatMap((print) => pictureProbes(print.phash)))]);
  const digests = [...new Set(found.flatMap((candidate) => candidate.values.media ?? []))];
  const { rows } = await client.query<{ digest: string; phash: string; colour: Buffer }>('SELECT digest, phash, colour FROM media WHERE digest = ANY($1)', [digests]);
  const owned = new Map(rows.map((row) => [row.digest, row]));
  return (print, self) => {
    const same = new Map([...owned].filter(([, own]) => samePicture(print, own)));
    return found
      .filter((candidate) => candidate.listingId !== self)
      .flatMap(({ listingId, sku, values }) => (values.media ?? []).filter((digest) => same.has(digest)).map((digest) => ({ listingId, sku, digest })));
  };
}
