import { PRIORITY } from '#channels/contract';
import type { Confirmation } from '#channels/contract';
import type { AccountContext } from '../account/account-context.js';
import { inTransaction } from '../account/in-transaction.js';
import { appendEvidence, type EvidenceEntry } from '../evidence/index.js';
import { saveFacetRows, type FacetRow } from '../observe/facet-row.js';
import { lockListings } from '../observe/listing-view.js';
import { refuse } from './facet-outcomes.js';
import { dueIntents, postpone, type Intent } from './intent.js';
import { forgetRefusedParts } from './forget-refused-parts.js';
import { nextQuestion } from './next-question.js';
import { patienceWith } from './patience.js';
import { endIntents } from './record-answers.js';
import { refusedPaths } from './refused-paths.js';

const BATCH = 1_000;

interface Told {
  readonly intent: Intent;
  readonly verdict: Confirmation;
}

/**
 * Follows accepted calls to their verdict. A task's end is not the proof (an observation is), but readings that start after it count.
 * A task the channel has lost, or that runs past its deadline, is treated as an unknown answer and read back.
 */
export async function confirmTasks(ctx: AccountContext): Promise<number> {
  const intents = await dueIntents(ctx, ['accepted'], BATCH);
  if (intents.length === 0) return 0;
  const receipts = intents.map((intent) => ({ key: intent.key, operation: intent.operation, receipt: intent.receipt ?? '' }));
  const verdicts = await ctx.channel.confirm(receipts, { signal: ctx.signal, priority: PRIORITY.identity });
  const now = ctx.clock.now();
  const told = intents.map((intent, index): Told => ({ intent, verdict: inTime(intent, verdicts[index] ?? { kind: 'running' }, now) }));
  learnFrom(ctx, told, now);
  await askLater(
    ctx,
    told.flatMap(({ intent, verdict }) => (verdict.kind === 'running' ? [intent] : [])),
    now,
  );
  const ended = told.flatMap(({ intent, verdict }) => (verdict.kind === 'running' ? [] : [{ intent, verdict }]));
  await recordVerdicts(ctx, ended);
  return ended.length;
}

function inTime({ deadlineAt }: Intent, verdict: Confirmation, now: number): Confirmation {
  if (verdict.kind !== 'running' || deadlineAt === null || deadlineAt >= now) return verdict;
  return { kind: 'lost', why: 'the task ran past its deadline' };
}

/** What all calls of one receipt tell together about how long such a task takes. */
function learnFrom(ctx: AccountContext, told: readonly Told[], now: number): void {
  const patience = patienceWith(ctx.channel);
  const tasks = new Map<string, { readonly intent: Intent; readonly kinds: Set<Confirmation['kind']> }>();
  for (const { intent, verdict } of told) {
    const name = `${intent.operation} ${intent.receipt ?? ''}`;
    const task = tasks.get(name) ?? { intent, kinds: new Set() };
    task.kinds.add(verdict.kind);
    tasks.set(name, task);
  }
  for (const [name, { intent, kinds }] of tasks) {
    const operation = ctx.module.descriptor.operations.find(({ id }) => id === intent.operation);
    if (!operation) continue;
    if (kinds.has('running')) patience.running(operation, name);
    else if (kinds.has('done') || kinds.has('refused')) patience.over(operation, name, now - (intent.answeredAt ?? intent.sentAt));
    else patience.forget(name);
  }
}

async function askLater(ctx: AccountContext, running: readonly Intent[], now: number): Promise<void> {
  const together = new Map<number, string[]>();
  for (const { id, sentAt } of running) together.set(nextQuestion(now, sentAt), [...(together.get(nextQuestion(now, sentAt)) ?? []), id]);
  for (const [until, ids] of together) await postpone(ctx, ids, until);
}

async function recordVerdicts(ctx: AccountContext, ended: readonly { readonly intent: Intent; readonly verdict: Exclude<Confirmation, { kind: 'running' }> }[]): Promise<void> {
  if (ended.length === 0) return;
  const now = ctx.clock.now();
  await inTransaction(ctx.pool, async (client) => {
    const listings = await lockListings(
      client,
      ctx.account.id,
      ended.map(({ intent }) => intent.listingId),
      now,
    );
    const byId = new Map(listings.map((listing) => [listing.id, listing]));
    const changed: FacetRow[] = [];
    const entries: EvidenceEntry[] = [];
    const refusals: Parameters<typeof refusedPaths>[2][number][] = [];
    const ends: Parameters<typeof endIntents>[1][number][] = [];
    for (const { intent, verdict } of ended) {
      const rows = (byId.get(intent.listingId)?.rows ?? []).filter((row) => row.intentId === intent.id);
      changed.push(...rows);
      const subject = { at: now, listingId: intent.listingId, intentId: intent.id };
      if (verdict.kind === 'done') {
        for (const row of rows) {
          row.intentId = null;
          row.pushEndedAt = Date.now();
        }
        refusals.push({ listingId: intent.listingId, diagnostics: verdict.refusals });
        ends.push({ id: intent.id, phase: 'done', answer: verdict.answer, dueAt: null });
        entries.push({ ...subject, kind: 'push.confirmed', body: { receipt: intent.receipt ?? undefined, diagnostics: verdict.diagnostics, answer: verdict.answer } });
      } else if (verdict.kind === 'refused') {
        refuse(rows, now);
        refusals.push({ listingId: intent.listingId, diagnostics: verdict.diagnostics });
        ends.push({ id: intent.id, phase: 'refused', answer: verdict.answer ?? verdict.diagnostics, dueAt: null });
        entries.push({ ...subject, kind: 'push.refused', body: { diagnostics: verdict.diagnostics, answer: verdict.answer } });
      } else {
        ends.push({ id: intent.id, phase: 'unknown', answer: verdict.why, dueAt: now });
        entries.push({ ...subject, kind: 'push.unknown', body: { why: verdict.why } });
      }
    }
    await endIntents(client, ends, now);
    await refusedPaths(client, ctx, refusals);
    forgetRefusedParts(listings, refusals, changed, now);
    await saveFacetRows(client, ctx.account.id, changed);
    await appendEvidence(client, ctx.account.id, entries);
  });
}
