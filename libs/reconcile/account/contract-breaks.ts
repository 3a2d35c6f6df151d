import type { Pool } from 'pg';
import { BrokenContract, Unsupported } from '#kernel';
import { redactEvidence } from '../evidence/redact-evidence.js';

const LONGEST_TEXT = 300;
const LONGEST_BODY = 20_000;
/** A break that did not come again for so long (account clock) is over: what failed is tried at least every five minutes. */
const OVER_MS = 15 * 60_000;

export function isContractBreak(error: unknown): error is BrokenContract | Unsupported {
  return error instanceof BrokenContract || error instanceof Unsupported;
}

/**
 * Keeps an answer that does not fit what is known of the channel's API, with its body, redacted and cut to 20,000 characters. The same
 * complaint again only counts up; one that was over begins anew. `now` is the account's clock, ms.
 */
export async function recordContractBreak(pool: Pool, accountId: string, now: number, error: BrokenContract | Unsupported): Promise<void> {
  const message = error.message.slice(0, LONGEST_TEXT);
  const kind = error instanceof Unsupported ? 'switched-off' : 'answer';
  const body = error instanceof BrokenContract && error.body !== undefined ? JSON.stringify(bounded(redactEvidence({ answer: error.body }))) : null;
  await pool.query(
    `INSERT INTO contract_break AS b (account_id, subject, kind, message, body, first_at, last_at, times) VALUES ($1, $2, $3, $4, $5, $6, $6, 1)
     ON CONFLICT (account_id, subject) DO UPDATE SET kind = excluded.kind, message = excluded.message, body = coalesce(excluded.body, b.body),
       first_at = CASE WHEN b.last_at < $7 THEN excluded.first_at ELSE b.first_at END, last_at = greatest(b.last_at, excluded.last_at),
       times = CASE WHEN b.last_at < $7 THEN 1 ELSE b.times + 1 END`,
    [accountId, message.replace(/\d+/g, '#'), kind, message, body, new Date(now), new Date(now - OVER_MS)],
  );
}

/** Moment before which a last sighting means that a break is over. */
export const overBefore = (now: number): Date => new Date(now - OVER_MS);

function bounded(body: unknown): unknown {
  const text = JSON.stringify(body);
  return text.length <= LONGEST_BODY ? body : { cut: text.slice(0, LONGEST_BODY) };
}
