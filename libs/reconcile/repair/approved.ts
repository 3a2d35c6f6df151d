/** The reason of a row a person let through. It lasts until the call has left, whatever the row has to wait for meanwhile. */
export const APPROVED = 'approved';

/** The reason to write on a row that goes on waiting. */
export function waitingReason(current: string | null, reason: string): string {
  return current === APPROVED ? APPROVED : reason;
}
