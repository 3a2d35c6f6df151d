import type { PoolClient } from 'pg';
import type { Diagnostic } from '#kernel';
import type { WriteOperation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence, type EvidenceEntry } from '../evidence/index.js';
import { saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { lockListings } from '../observe/listing-view.js';
import type { ComposedCall } from './compose-intents.js';
import { forgetRefusedParts } from './forget-refused-parts.js';
import { backToWaiting, refuse, settle } from './facet-outcomes.js';
import { patienceWith } from './patience.js';
import { refusedPaths } from './refused-paths.js';
import type { Answers } from './send-calls.js';

/** A lost answer is read back after this (account clock). */
const READ_BACK_MS = 5_000;

interface IntentEnd {
  readonly id: string;
  readonly phase: 'accepted' | 'done' | 'refused' | 'unknown' | 'lost' | 'superseded';
  readonly receipt?: string;
  readonly answer?: unknown;
  readonly dueAt: number | null;
}

/** Writes down what the channel answered to each call: accepted settles but for what it left out, refused stops, unsure is read back, not sent waits. */
export async function recordAnswers(ctx: AccountContext, operation: WriteOperation, calls: readonly ComposedCall[], answers: Answers): Promise<void> {
  const now = ctx.clock.now();
  const firstQuestion = patienceWith(ctx.channel).firstQuestion(operation, now);
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(
      client,
      ctx.account.id,
      calls.map((call) => call.listingId),
      now,
    );
    const byId = new Map(listings.map((listing) => [listing.id, listing]));
    const changed: FacetRow[] = [];
    const ends: IntentEnd[] = [];
    const entries: EvidenceEntry[] = [];
    const refusals: { listingId: string; diagnostics: readonly Diagnostic[] }[] = [];
    const leftOut: typeof refusals = [];
    calls.forEach((call, index) => {
      const outcome = answers.outcomes[index] ?? { kind: 'unsure' as const, why: 'no answer for this item' };
      const rows = (byId.get(call.listingId)?.rows ?? []).filter((row) => row.intentId === call.intentId);
      changed.push(...rows);
      const subject = { at: now, listingId: call.listingId, intentId: call.intentId };
      switch (outcome.kind) {
        case 'accepted': {
          const done = operation.immediate || outcome.receipt === undefined;
          settle(rows, call.facets, { now, until: now + operation.settleMs, ended: done });
          ends.push({ id: call.intentId, phase: done ? 'done' : 'accepted', receipt: outcome.receipt, answer: outcome.answer, dueAt: firstQuestion });
          leftOut.push({ listingId: call.listingId, diagnostics: outcome.refusals ?? [] });
          entries.push({ ...subject, kind: 'push.answer', body: { outcome: 'accepted', receipt: outcome.receipt, answer: outcome.answer } });
          break;
        }
        case 'refused':
          refuse(rows, now);
          refusals.push({ listingId: call.listingId, diagnostics: outcome.diagnostics });
          ends.push({ id: call.intentId, phase: 'refused', answer: outcome.answer ?? outcome.diagnostics, dueAt: null });
          entries.push({ ...subject, kind: 'push.refused', body: { diagnostics: outcome.diagnostics, answer: outcome.answer } });
          break;
        case 'unsure':
          ends.push({ id: call.intentId, phase: 'unknown', answer: outcome.why, dueAt: now + READ_BACK_MS });
          entries.push({ ...subject, kind: 'push.unknown', body: { why: outcome.why } });
          break;
        case 'not-sent':
          backToWaiting(rows, { now, dueAt: outcome.until, reason: outcome.why, failed: false });
          ends.push({ id: call.intentId, phase: 'lost', answer: outcome.why, dueAt: null });
          break;
      }
    });
    await endIntents(client, ends, now);
    await refusedPaths(client, ctx, [...refusals, ...leftOut]);
    forgetRefusedParts(listings, leftOut, changed, now);
    await saveFacetRows(client, ctx.account.id, changed);
    await appendEvidence(client, ctx.account.id, entries);
  });
}

export async function endIntents(client: PoolClient, ends: readonly IntentEnd[], now: number): Promise<void> {
  if (ends.length === 0) return;
  await client.query(
    `UPDATE push_intent i SET phase = u.phase, receipt = coalesce(u.receipt, i.receipt), answer = coalesce(u.answer, i.answer), due_at = u.due_at,
       answered_at = coalesce(i.answered_at, $2), ended_at = CASE WHEN u.phase IN ('done', 'refused', 'lost', 'superseded') THEN $2 ELSE NULL END
     FROM jsonb_to_recordset($1::jsonb) AS u(id bigint, phase text, receipt text, answer jsonb, due_at timestamptz)
     WHERE i.id = u.id AND i.phase IN ('planned', 'sent', 'accepted', 'unknown')`,
    [
      JSON.stringify(ends.map((end) => ({ id: end.id, phase: end.phase, receipt: end.receipt, answer: end.answer, due_at: end.dueAt === null ? null : new Date(end.dueAt) }))),
      new Date(now),
    ],
  );
}
