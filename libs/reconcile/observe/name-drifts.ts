import type { PoolClient } from 'pg';
import type { CardValues, FacetValues } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import {
  causeOf,
  lookupElements,
  nameAttributesDrift,
  nameBarcodesDrift,
  nameCategoryDrift,
  nameDimensionsDrift,
  nameMediaDrift,
  namePresenceDrift,
  namePriceDrift,
  nameStatusDrift,
  nameStockDrift,
  nameTextDrift,
  type NamedDrift,
} from '../diff/index.js';
import type { KnownPictures } from '../pictures/known-pictures.js';
import { isShown } from './dropped-attributes.js';
import { pictureOwners, textOwners } from './find-owners.js';
import type { Deviation } from './judge-listings.js';
import { valueOf } from './projection.js';

interface Earlier {
  readonly revision: number;
  readonly values: CardValues;
}

type Owners = {
  readonly title: Awaited<ReturnType<typeof textOwners>>;
  readonly description: Awaited<ReturnType<typeof textOwners>>;
  readonly pictures: Awaited<ReturnType<typeof pictureOwners>>;
};

/** Names every deviation: kind, partners, and whose doing it is by the record of our own writes. Reads only. */
export async function nameDrifts(client: PoolClient, ctx: AccountContext, deviations: readonly Deviation[], pictures: KnownPictures): Promise<NamedDrift[]> {
  const earlier = await earlierRenders(client, deviations);
  const owners: Owners = {
    title: await ownersOfTexts(client, ctx, deviations, 'title'),
    description: await ownersOfTexts(client, ctx, deviations, 'description'),
    pictures: await pictureOwners(client, ctx.account.id, livePrints(deviations, pictures)),
  };
  return deviations.map((deviation) => {
    const older = earlier.get(deviation.listing.id) ?? [];
    const named = nameOne(deviation, owners, pictures, older);
    return { ...named, ...attribute(ctx, deviation, named, older) };
  });
}

function nameOne(deviation: Deviation, owners: Owners, pictures: KnownPictures, older: readonly Earlier[]): NamedDrift {
  const { listing, row, live, desired } = deviation;
  const fallback: NamedDrift = { kind: 'attribute-changed', cause: 'unknown', paths: [row.facet], confidence: 0.5 };
  switch (row.facet) {
    case 'title':
    case 'description': {
      const facet = row.facet;
      return nameTextDrift({
        facet,
        desired: desired as string,
        observed: live as string,
        owners: (elements) => owners[facet](elements, listing.id),
        olderOwn: older.flatMap(({ revision, values }) => (values[facet] === undefined ? [] : [{ revision, text: values[facet] }])),
      });
    }
    case 'media': {
      const wanted = desired as readonly string[];
      const naming = nameMediaDrift({
        desired: wanted,
        observed: live as readonly string[],
        pictureKnown: (url) => pictures.same(url, '') !== undefined,
        verdict: (url) => {
          const print = pictures.printOf(url);
          return { ownDigest: wanted.find((digest) => pictures.same(url, digest)), owners: print ? owners.pictures(print, listing.id) : [] };
        },
        olderOwn: older.flatMap(({ revision, values }) => (values.media === undefined ? [] : [{ revision, media: values.media }])),
      });
      return naming.state === 'drift' ? naming.drift : { ...fallback, kind: 'photo-replaced' };
    }
    case 'attributes':
      return nameAttributesDrift(desired as FacetValues['attributes'], live as FacetValues['attributes']) ?? fallback;
    case 'category':
      return nameCategoryDrift(desired as string, live as string) ?? fallback;
    case 'dimensions':
      return nameDimensionsDrift(desired as FacetValues['dimensions'], live as FacetValues['dimensions']) ?? { ...fallback, kind: 'dimensions-changed' };
    case 'barcodes':
      return nameBarcodesDrift(desired as readonly string[], live as readonly string[]) ?? fallback;
    case 'price':
      return namePriceDrift(desired as FacetValues['price'], live as FacetValues['price']) ?? { ...fallback, kind: 'price' };
    case 'stock':
      return nameStockDrift(desired as number, live as number) ?? { ...fallback, kind: 'stock' };
    case 'presence':
      return namePresenceDrift(desired as FacetValues['presence'], live as FacetValues['presence']) ?? { ...fallback, kind: 'missing' };
    case 'status':
      return nameStatusDrift(desired as FacetValues['status'], live as FacetValues['status']) ?? { ...fallback, kind: 'not-buyable' };
  }
}

/**
 * Self-blame first. A facet that was seen right after our last write of it and differs now was changed by somebody else;
 * the proof is `expectedFor = desired` with no intent of ours open.
 */
function attribute(ctx: AccountContext, { row, live, listing }: Deviation, named: NamedDrift, older: readonly Earlier[]): Pick<NamedDrift, 'cause' | 'revision'> {
  if (named.cause === 'ours-older') return { cause: named.cause, revision: named.revision };
  const facet = row.facet;
  const blind = { same: () => undefined };
  const match =
    facet === 'stock' || facet === 'status' || facet === 'presence'
      ? undefined
      : older.find(({ values }) => {
          const value = valueOf(values, facet, row.part);
          return value !== undefined && isShown(ctx.module, facet, value, live, blind) === 'yes' && valueOf(listing.desired, facet, row.part) !== value;
        });
  const cause = causeOf({
    olderRevision: match?.revision,
    lastWriteCarriedLive: false,
    verifiedSinceLastWrite: row.expectedFor !== null && row.expectedFor === row.desired,
  });
  return { cause, revision: cause === 'ours-older' ? match?.revision : named.revision };
}

function livePrints(deviations: readonly Deviation[], pictures: KnownPictures) {
  return deviations.filter(({ row }) => row.facet === 'media').flatMap(({ live }) => (live as readonly string[]).flatMap((url) => pictures.printOf(url) ?? []));
}

async function ownersOfTexts(client: PoolClient, ctx: AccountContext, deviations: readonly Deviation[], facet: 'title' | 'description') {
  const elements = deviations.filter(({ row }) => row.facet === facet).flatMap(({ desired, live }) => lookupElements(facet, desired as string, live as string));
  return textOwners(client, ctx.account.id, facet, [...new Set(elements)]);
}

async function earlierRenders(client: PoolClient, deviations: readonly Deviation[]): Promise<Map<string, Earlier[]>> {
  const { rows } = await client.query<{ listing_id: string; revision: number; values: CardValues }>(
    `SELECT r.listing_id, r.revision, r.values FROM listing_render r
     WHERE r.listing_id = ANY($1::bigint[]) AND r.revision < (SELECT max(x.revision) FROM listing_render x WHERE x.listing_id = r.listing_id)
     ORDER BY r.listing_id, r.revision DESC LIMIT 20000`,
    [[...new Set(deviations.map(({ listing }) => listing.id))]],
  );
  const earlier = new Map<string, Earlier[]>();
  for (const row of rows) {
    const list = earlier.get(row.listing_id) ?? [];
    list.push({ revision: row.revision, values: row.values });
    earlier.set(row.listing_id, list);
  }
  return earlier;
}
