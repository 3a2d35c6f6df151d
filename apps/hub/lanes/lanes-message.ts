import type { BudgetLeft, KillPoint, SabotageName } from '#reconcile';
import type { AppConfig } from '#platform';

/** What the lanes thread is started with: plain data, copied into the thread. */
export interface LanesData {
  readonly config: AppConfig;
  readonly databaseUrl: string;
  /** Base address under which this hub serves its pictures. */
  readonly hubUrl: string;
  readonly killAt: KillPoint | undefined;
  readonly sabotage: readonly SabotageName[];
}

export interface AccountLoopHealth {
  readonly accountId: string;
  readonly budget: readonly BudgetLeft[];
}

export type ToThread = { readonly kind: 'stop' } | { readonly kind: 'health'; readonly ask: number };

export type FromThread =
  { readonly kind: 'ready' } | { readonly kind: 'stopped' } | { readonly kind: 'health'; readonly ask: number; readonly accounts: readonly AccountLoopHealth[] };
