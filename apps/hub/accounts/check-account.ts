import { RetryLater, Throttled, Unauthorised, wallClock } from '#kernel';
import { type ChannelModule, type HealthReport, PRIORITY } from '#channels/contract';
import { createHttpClient } from '#platform';
import { AccountBudget } from '#reconcile';

export interface AccountCheck {
  readonly verdict: 'good' | 'refused' | 'unreachable';
  /** ISO time; null when the channel does not say. */
  readonly expires_at: string | null;
  readonly findings: HealthReport['diagnostics'];
}

const PATIENCE_MS = 10_000;

/** Asks the channel what this key may do and until when; nothing is kept. `hosts` are private addresses that may be asked. */
export async function checkAccount(module: ChannelModule, credentials: Readonly<Record<string, string>>, hosts: readonly string[] = []): Promise<AccountCheck> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const channel = module.connect(credentials, {
    http: createHttpClient({ allowPrivate: [...hosts], timeoutMs: PATIENCE_MS }),
    budget: new AccountBudget(module.descriptor.buckets, wallClock),
    clock: wallClock,
    onBrokenContract: () => undefined,
  });
  try {
    const { ok, expiresAt, diagnostics } = await channel.health({ signal, priority: PRIORITY.price });
    return { verdict: ok ? 'good' : 'refused', expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(), findings: diagnostics };
  } catch (error) {
    if (error instanceof Unauthorised) return { verdict: 'refused', expires_at: null, findings: [] };
    if (error instanceof RetryLater || error instanceof Throttled || signal.aborted) return { verdict: 'unreachable', expires_at: null, findings: [] };
    throw error;
  }
}
