import sharp from 'sharp';
import type { Fetched } from '../pictures/picture-house.js';
import type { Picture } from './model.js';
import type { Office } from './office.js';
import type { Task } from './tasks.js';
import type { MediaWork } from './work.js';
import { beforeChange, meanings, noteWrite, touch } from './writes.js';

const VIDEO = /\.(mp4|mov)(\?|$)/i;

export const isVideo = (url: string): boolean => VIDEO.test(url);

/** Fetches what a request names and puts it in place of all media of a card. One bad file, and nothing is loaded. */
export async function applyMedia(office: Office, task: Task, work: MediaWork): Promise<void> {
  const urls = work.urls.filter((url) => !isVideo(url));
  const loaded = await Promise.all(urls.map((url) => load(office, url)));
  const card = office.cards.byNmId(work.nmID);
  if (!card || loaded.some((one) => one === undefined)) return;
  const before = meanings(card, ['media']);
  beforeChange(office, card);
  card.pictures = loaded.flatMap((one) => one ?? []);
  card.video = work.urls.find(isVideo) ?? '';
  card.lastDelaySeconds = task.seconds;
  touch(office, card);
  office.cards.save(card);
  noteWrite(office, { key: task.key, method: task.method, taskId: task.id }, card, before);
  await office.store.flush();
}

/** A picture of the seller under an address of the market; one of the market's own addresses brings the same bytes. */
async function load(office: Office, url: string): Promise<Picture | undefined> {
  const own = office.pictures.cdnOf(url.replace(/\/images\/[^/]+\//, '/images/big/').replace(/\.webp$/, '.jpg'));
  const link = own === undefined ? undefined : office.pictures.linkOf(own);
  if (link) return office.pictures.host(link.hash, url);
  const fetched: Fetched = await office.pictures.fetch(url);
  if ('error' in fetched) return undefined;
  const picture = office.pictures.host(fetched.hash, url);
  return (await isLargeEnough(office, picture)) ? picture : undefined;
}

async function isLargeEnough(office: Office, picture: Picture): Promise<boolean> {
  const [least, high] = office.cabinet.current.least_picture;
  if (least <= 1 && high <= 1) return true;
  // The store shows a write only after its event turn.
  await office.store.flush();
  const bytes = await office.pictures.render(picture.cdn);
  const { width = 0, height = 0 } = bytes ? await sharp(bytes).metadata() : {};
  return width >= least && height >= high;
}
