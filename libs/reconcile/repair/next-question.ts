/** No call is asked after again sooner than this. */
const SOONEST_MS = 5_000;
/** The longer a call is under way, the longer it is left alone: about half of the time that it has taken so far. */
const SHARE = 0.5;

/**
 * When to ask again after a call that is still under way; both times and the answer are the account's clock, ms. Steps double, and
 * lie on one grid for all calls: what was sent at different times is asked after together, for a channel answers many cards at once.
 */
export function nextQuestion(now: number, sentAt: number): number {
  const steps = Math.max(1, ((now - sentAt) * SHARE) / SOONEST_MS);
  const step = SOONEST_MS * 2 ** Math.floor(Math.log2(steps));
  return Math.ceil((now + SOONEST_MS) / step) * step;
}
