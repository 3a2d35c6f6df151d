import type { HubStatus } from '../overview/api/status';

/** Where a buyer sees the card. Only the sandbox shows one to sellers; undefined elsewhere. */
export function buyerViewUrl(status: HubStatus, accountId: string, key: string): string | undefined {
  const { demo } = status;
  if (demo === undefined || demo.sandbox_url === null || demo.account_id !== accountId) return undefined;
  return `${demo.sandbox_url}/ozon-shop/${encodeURIComponent(key)}`;
}
