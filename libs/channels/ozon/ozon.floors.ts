import { BrokenContract, readDoc, readFlag, readId, readList, readText } from '#kernel';
import type { FloorKeeper } from '#channels/contract';
import type { OzonClient } from './ozon.client.js';

const DAY_MS = 24 * 3_600_000;
/** Both methods name at most as many products. */
const BATCH = 1000;

/** A floor holds for thirty days at Ozon; a week before that is time enough for several tries. */
export function floorKeeper(client: OzonClient): FloorKeeper {
  return {
    batch: BATCH,
    renewBeforeMs: 7 * DAY_MS,
    async until(cards, run) {
      const { body } = await client.call('floorTimers', { product_ids: cards }, run);
      return new Map(
        readList(body['statuses'], 'timer status').map((value): [string, number] => {
          const status = readDoc(value, 'timer status');
          const on = readFlag(status['min_price_for_auto_actions_enabled']);
          return [readId(status['product_id'], 'timer status.product_id'), on ? endOf(readText(status['expired_at'])) : 0];
        }),
      );
    },
    async renew(cards, run) {
      await client.call('renewFloors', { product_ids: cards }, run);
    },
  };
}

/** Without a time there is no timer. */
function endOf(text: string): number {
  if (text === '') return 0;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new BrokenContract('timer status.expired_at: expected a time', text);
  return at;
}
