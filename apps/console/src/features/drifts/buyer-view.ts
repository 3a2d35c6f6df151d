import type { HubStatus } from '../overview/api/status';

/** Where a buyer sees the card. Only the sandbox shows one to sellers; undefined elsewhere. */
export function buyerViewUrl(status: HubStatus, accountId: string, key: string): string | undefined {
  const shop = status.demo?.accounts.find((account) => account.account_id === accountId)?.shop_url;
  return shop ? shop + encodeURIComponent(key) : undefined;
}
