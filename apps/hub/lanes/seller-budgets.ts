import type { Clock } from '#kernel';
import type { AccountBudget } from '#reconcile';

/** What a channel counts for a seller as a whole: his time there and what is left of his limits. */
export interface SellerShare {
  readonly clock: Clock;
  readonly budget: AccountBudget;
}

interface Kept {
  readonly made: Promise<SellerShare>;
  readonly end: AbortController;
  holders: number;
}

/** One budget for all accounts of a seller that this process runs; it lives as long as one of them does. */
export class SellerBudgets {
  private readonly kept = new Map<string, Kept>();

  /** `make` is asked when nobody holds the seller's share; its signal ends when the last holder has let go. Call `letGo` once. */
  async share(seller: string, make: (signal: AbortSignal) => Promise<SellerShare>): Promise<SellerShare & { letGo(): void }> {
    const kept = this.kept.get(seller) ?? this.begin(seller, make);
    kept.holders++;
    try {
      return { ...(await kept.made), letGo: () => this.letGo(seller, kept) };
    } catch (error) {
      this.letGo(seller, kept);
      throw error;
    }
  }

  private begin(seller: string, make: (signal: AbortSignal) => Promise<SellerShare>): Kept {
    const end = new AbortController();
    const kept = { made: make(end.signal), end, holders: 0 };
    this.kept.set(seller, kept);
    return kept;
  }

  private letGo(seller: string, kept: Kept): void {
    if (--kept.holders > 0) return;
    kept.end.abort(new Error('Nobody needs the budget of this seller any more.'));
    if (this.kept.get(seller) === kept) this.kept.delete(seller);
  }
}
