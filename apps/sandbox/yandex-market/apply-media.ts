import type { CardPicture } from './model.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { MediaWork } from './work.js';
import { changeBy } from './writes.js';

/** Fetches what a card waits for; what cannot be had stays as failed. */
export async function applyMedia(office: Office, task: Task, { offerIds }: MediaWork): Promise<void> {
  for (const offerId of offerIds) {
    const waiting = office.cards.find(offerId)?.pictures.filter(({ state }) => state === 'UPLOADING') ?? [];
    const fetched = new Map(await Promise.all(waiting.map(async ({ source }) => [source, await office.pictures.fetch(source)] as const)));
    const card = office.cards.find(offerId);
    if (!card || fetched.size === 0) continue;
    changeBy(office, task, card, ['media'], () => {
      card.pictures = card.pictures.map((picture): CardPicture => {
        const outcome = picture.state === 'UPLOADING' ? fetched.get(picture.source) : undefined;
        if (!outcome) return picture;
        return 'error' in outcome ? { ...picture, state: 'FAILED' } : { ...office.pictures.host(outcome.hash, picture.source), state: 'UPLOADED' };
      });
    });
  }
  await office.store.flush();
}
