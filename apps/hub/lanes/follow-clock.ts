import { sleepWall, wallClock, type Clock } from '#kernel';
import { FollowedClock, parseClock, type Account } from '#listings';
import { createHttpClient, errorText, type Logger } from '#platform';

const FOLLOW_MS = 500;

/** The account's clock: the wall's, or a sandbox's read twice a second. Waits until the sandbox answers; ends with the signal. */
export async function accountClock(account: Account, signal: AbortSignal, log: Logger): Promise<Clock> {
  const url = account.clockUrl;
  if (url === null) return wallClock;
  const http = createHttpClient({ allowPrivate: [new URL(url).host], timeoutMs: 3_000, maxBytes: 10_000, maxSockets: 1 });
  const read = async () => parseClock((await http.request({ method: 'GET', url, signal })).body);
  const first = await read();
  if (!first) throw new Error('The sandbox does not tell its time.');
  const clock = new FollowedClock(first);
  void (async () => {
    while (!signal.aborted) {
      await sleepWall(FOLLOW_MS, signal);
      const next = await read().catch((error: unknown) => {
        log.debug({ reason: errorText(error) }, 'the sandbox did not tell its time');
        return undefined;
      });
      if (next) clock.follow(next);
    }
  })().catch(() => undefined);
  return clock;
}
