import { isVideo } from '../apply-media.js';
import { endpoint, listOf, ok, shape, text, whole, type Answer, type Call, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import { contentProblem } from '../problem.js';
import { beforeChange, meanings, noteWrite, touch } from '../writes.js';

const MOST_PICTURES = 30;
const taken: Answer = ok({ data: {}, error: false, errorText: '', additionalErrors: null });

/** Pictures and the video of a card, by address or as a file. */
export const mediaEndpoints: Endpoint[] = [
  endpoint<{ nmId?: number; data?: string[] }>(
    { verb: 'POST', host: 'content-api', path: '/content/v3/media/save', bucket: 'media', writes: true, body: shape({ nmId: whole, data: listOf(text, 1000) }) },
    ({ office, key, method }, { nmId, data = [] }) => {
      if (nmId === undefined) throw contentProblem(422, 'nmId is required', null);
      const card = office.cards.byNmId(nmId);
      if (!card) throw contentProblem(400, 'Карточка не найдена', null);
      const videos = data.filter(isVideo).length;
      if (data.length - videos > MOST_PICTURES || videos > 1) throw contentProblem(400, 'Превышено количество медиафайлов', null);
      if (!data.every((url) => URL.canParse(url))) throw contentProblem(409, 'Некорректная ссылка на медиафайл', null);
      office.tasks.add({ key, method, within: office.cabinet.current.media_seconds, work: { kind: 'media', nmID: nmId, urls: data } });
      return taken;
    },
  ),

  endpoint<Buffer>({ verb: 'POST', host: 'content-api', path: '/content/v3/media/file', bucket: 'media', writes: true }, async (call, bytes) => {
    const { office, headers } = call;
    const card = office.cards.byNmId(Number(headers['x-nm-id']));
    const place = Number(headers['x-photo-number']);
    if (!card || !Number.isInteger(place) || place < 1) throw contentProblem(400, 'Некорректный заголовок X-Nm-Id или X-Photo-Number', null);
    const file = await uploaded(headers['content-type'], bytes);
    if (!file) throw contentProblem(400, 'Файл uploadfile не передан', null);
    const kept = office.pictures.keep(file);
    if ('error' in kept) throw contentProblem(400, 'Неподдерживаемый формат файла', null);
    if (place > card.pictures.length && card.pictures.length >= MOST_PICTURES) throw contentProblem(400, 'Превышено количество медиафайлов', null);
    put(call, card, place, kept.hash);
    return taken;
  }),
];

function put({ office, key, method }: Call, card: Card, place: number, hash: string): void {
  const before = meanings(card, ['media']);
  beforeChange(office, card);
  const picture = office.pictures.host(hash, '');
  // A place beyond the last one means the end.
  card.pictures = place > card.pictures.length ? [...card.pictures, picture] : card.pictures.map((one, at) => (at === place - 1 ? picture : one));
  touch(office, card);
  office.cards.save(card);
  noteWrite(office, { key, method, taskId: 0 }, card, before);
}

async function uploaded(type: string | string[] | undefined, bytes: unknown): Promise<Buffer | undefined> {
  if (!Buffer.isBuffer(bytes) || typeof type !== 'string') return undefined;
  try {
    const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
    const file = form.get('uploadfile');
    return file instanceof Blob ? Buffer.from(await file.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
