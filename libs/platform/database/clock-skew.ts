import type { Pool } from 'pg';
import { FatalStartError } from '../process/fatal-start-error.js';

/** Leases and queue locks compare times of this process with times of others; beyond this they would break. */
export const MAX_CLOCK_SKEW_MS = 2_000;

/** Clock of the database minus clock of this process, ms; the time on the way is taken as equal both ways. */
export async function clockSkewMs(pool: Pool): Promise<number> {
  const sent = Date.now();
  const { rows } = await pool.query<{ at: string }>(`select (extract(epoch from clock_timestamp()) * 1000)::bigint as at`);
  const received = Date.now();
  return Number(rows[0]?.at) - (sent + received) / 2;
}

/** @throws FatalStartError when the clocks differ by more than 2 seconds */
export async function assertClocksAgree(pool: Pool): Promise<void> {
  const skew = await clockSkewMs(pool);
  if (Math.abs(skew) <= MAX_CLOCK_SKEW_MS) return;
  throw new FatalStartError(
    `The clock of this machine and the clock of the database differ by ${(Math.abs(skew) / 1000).toFixed(1)} seconds.`,
    'Switch on time synchronisation (NTP) on both machines and start again.',
    { told: { code: 'clocks-differ', params: { seconds: (Math.abs(skew) / 1000).toFixed(1) } } },
  );
}
