import type { PoolClient } from 'pg';
import type { Facet, Presence, StatusValue } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import type { Situation } from '../decide/decide.js';
import type { FacetRow } from '../observe/facet-row.js';
import type { ListingView } from '../observe/listing-view.js';
import type { CreationGuards } from '../adopt/hold-creations.js';
import { APPROVED } from './approved.js';
import type { IntentFacet } from './intent.js';

const DAY_MS = 86_400_000;

/** What a channel that shows no status is taken to say: nothing stands against selling. */
const NO_STATUS: StatusValue = { sellable: null, moderation: 'none', causes: [], refusals: [] };

/** Phases of a call that did leave: what never left, or was read back as not applied, was no repair. */
const LEFT: ReadonlySet<string> = new Set(['accepted', 'unknown', 'done', 'superseded']);

/** Facts about the cards of one batch that the guards need, read together. */
export interface CardFacts {
  readonly presence: Situation['presence'];
  readonly status: StatusValue | undefined;
  readonly frozenUntil: number | null;
  /** The newest repair that the channel moderated, and the revision it carried. */
  readonly moderatedRepair: { readonly at: number; readonly revision: number } | null;
  readonly repairs: ReadonlyMap<string, number>;
  /** Operation id → times it was sent to this card, newest last (account clock). */
  readonly sent: ReadonlyMap<string, readonly number[]>;
  /** Facets that a call without a known end may still change. */
  readonly busy: ReadonlySet<Facet>;
  /** Ids of the attributes the card shows. */
  readonly shownAttributes: ReadonlySet<string>;
}

interface StoredFacts {
  id: string;
  presence: Presence | null;
  status: StatusValue | null;
  frozen_until: Date | null;
  attributes: string[] | null;
  sent: { operation: string; at: string; purpose: string; phase: string; revision: number | null; facets: readonly IntentFacet[] }[] | null;
}

export async function cardFacts(
  client: PoolClient,
  ctx: AccountContext,
  listingIds: readonly string[],
  busy: ReadonlyMap<string, ReadonlySet<Facet>>,
): Promise<Map<string, CardFacts>> {
  const dayAgo = new Date(ctx.clock.now() - DAY_MS);
  const { rows } = await client.query<StoredFacts>(
    `SELECT l.id, l.frozen_until,
       (SELECT d.body #>> '{}' FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'presence') AS presence,
       (SELECT d.body FROM observed_document d WHERE d.listing_id = l.id AND d.facet = 'status') AS status,
       (SELECT array_agg(k) FROM observed_document d CROSS JOIN LATERAL jsonb_object_keys(d.body) AS k WHERE d.listing_id = l.id AND d.facet = 'attributes') AS attributes,
       (SELECT jsonb_agg(jsonb_build_object('operation', i.operation, 'at', i.sent_at, 'purpose', i.purpose, 'phase', i.phase, 'revision', i.revision, 'facets', i.facets) ORDER BY i.sent_at)
          FROM push_intent i WHERE i.listing_id = l.id AND i.sent_at > $2) AS sent
     FROM listing l WHERE l.id = ANY($1::bigint[])`,
    [listingIds, dayAgo],
  );
  const moderating = new Set(ctx.module.descriptor.operations.filter((operation) => operation.moderates).map((operation) => operation.id));
  return new Map(
    rows.map((row) => {
      const sent = new Map<string, number[]>();
      const repairs = new Map<string, number>();
      let moderatedRepair: CardFacts['moderatedRepair'] = null;
      for (const entry of row.sent ?? []) {
        const at = Date.parse(entry.at);
        sent.set(entry.operation, [...(sent.get(entry.operation) ?? []), at]);
        if (entry.purpose !== 'repair' || !LEFT.has(entry.phase)) continue;
        if (moderating.has(entry.operation)) moderatedRepair = { at, revision: entry.revision ?? 0 };
        for (const { facet, part } of entry.facets) repairs.set(`${facet}/${part}`, (repairs.get(`${facet}/${part}`) ?? 0) + 1);
      }
      return [
        row.id,
        {
          presence: row.presence ?? 'unknown',
          status: row.status ?? undefined,
          frozenUntil: row.frozen_until?.getTime() ?? null,
          moderatedRepair,
          repairs,
          sent,
          busy: busy.get(row.id) ?? new Set(),
          shownAttributes: new Set(row.attributes ?? []),
        },
      ];
    }),
  );
}

/** The guards' view of one waiting facet row. */
export function situationOf(ctx: AccountContext, listing: ListingView, row: FacetRow, facts: CardFacts, sweepOver: boolean, creations: CreationGuards): Situation {
  // A facet with a call of its own that is not moderated (a price) never waits for moderation, though a wider call could set it too.
  const writers = ctx.module.descriptor.operations.filter((operation) => operation.writes.includes(row.facet));
  const moderates = writers.length > 0 && writers.every((operation) => operation.moderates);
  return {
    now: ctx.clock.now(),
    facet: row.facet,
    state: row.state === 'drifted' ? 'drifted' : 'pending',
    approved: row.reason === APPROVED,
    mode: ctx.account.modes[row.facet] ?? 'observe',
    accountState: ctx.account.state,
    pauseUntil: ctx.account.pauseUntil?.getTime() ?? null,
    quietHours: ctx.account.quietHours,
    frozenUntil: facts.frozenUntil,
    presence: facts.presence,
    wantsArchive: listing.desired?.presence === 'archived',
    everListed: listing.externalId !== null,
    status: facts.status ?? (ctx.module.descriptor.facets.includes('status') ? undefined : NO_STATUS),
    curesUnderway: listing.rows.some((other) => other.facet !== 'status' && other.facet !== 'stock' && ['drifted', 'sending', 'settling', 'pending'].includes(other.state)),
    repairsToday: facts.repairs.get(`${row.facet}/${row.part}`) ?? 0,
    moderatedRepairAt: moderates && !editedSince(row, facts) ? (facts.moderatedRepair?.at ?? null) : null,
    sweepOver,
    picturesUnseen: moderates && listing.rows.some((other) => other.facet === 'media' && other.state === 'unverified'),
    moderating: moderates && row.settleUntil !== null && row.settleUntil > ctx.clock.now() && facts.status?.moderation === 'pending',
    unread: row.observed === null && listing.externalId !== null && !listing.rows.some((other) => other.facet === 'presence' && other.pushEndedAt !== null),
    picturesReachable: ctx.freshPictureUrl('') !== undefined,
    maybeExists: creations.maybeExisting.has(listing.id) ? 'maybe' : creations.unmatched || creations.newer.has(listing.id) ? 'not-known-yet' : 'no',
    writable: writers.some((operation) => operation.when !== 'absent'),
    liftable: new Set(writers.flatMap((operation) => operation.lifts ?? [])),
  };
}

/** A person's newer value is not one more repair of the same: it does not wait for the next day. */
function editedSince(row: FacetRow, { moderatedRepair }: CardFacts): boolean {
  return moderatedRepair !== null && row.desiredRevision !== null && row.desiredRevision > moderatedRepair.revision;
}
