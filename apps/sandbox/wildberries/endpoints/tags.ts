import { endpoint, listOf, ok, shape, text, whole, type Answer, type Endpoint } from '../endpoint.js';
import { contentProblem } from '../problem.js';
import { touch } from '../writes.js';

const MOST_TAGS = 15;
const MOST_LETTERS = 15;
const COLOURS = new Set(['D1CFD7', 'FEE0E0', 'ECDAFF', 'E4EAFF', 'DEF1DD', 'FFECC7']);
const done: Answer = ok({ data: null, error: false, errorText: '', additionalErrors: null });
const head = { host: 'content-api', bucket: 'tags' } as const;
const body = shape({ color: text, name: text });

interface Written {
  color?: string;
  name?: string;
}

/** The seller's labels. */
export const tagEndpoints: Endpoint[] = [
  endpoint({ ...head, verb: 'GET', path: '/content/v2/tags' }, ({ office }) => ok({ data: office.tags.all(), error: false, errorText: '', additionalErrors: null })),

  endpoint<Written>({ ...head, verb: 'POST', path: '/content/v2/tag', writes: true, body }, ({ office }, { color = 'D1CFD7', name = '' }) => {
    if (office.tags.all().length >= MOST_TAGS) throw contentProblem(400, 'Превышен лимит ярлыков');
    check(color, name);
    office.tags.save({ id: office.tags.nextId(), color, name });
    return done;
  }),

  endpoint<Written>({ ...head, verb: 'PATCH', path: '/content/v2/tag/{id}', writes: true, body }, ({ office, params }, change) => {
    const tag = office.tags.get(Number(params['id']));
    if (!tag) throw contentProblem(400, 'Ярлык не найден');
    const next = { ...tag, ...change };
    check(next.color, next.name);
    office.tags.save({ id: tag.id, color: next.color, name: next.name });
    return done;
  }),

  endpoint({ ...head, verb: 'DELETE', path: '/content/v2/tag/{id}', writes: true }, ({ office, params }) => {
    const tag = office.tags.get(Number(params['id']));
    if (!tag) throw contentProblem(400, 'Ярлык не найден');
    office.tags.remove(tag.id);
    return done;
  }),

  endpoint<{ nmID: number; tagsIDs: number[] }>(
    { ...head, verb: 'POST', path: '/content/v2/tag/nomenclature/link', writes: true, body: shape({ nmID: whole, tagsIDs: listOf(whole, MOST_TAGS) }, ['nmID', 'tagsIDs']) },
    ({ office }, { nmID, tagsIDs }) => {
      const card = office.cards.byNmId(nmID);
      if (!card || tagsIDs.some((id) => !office.tags.get(id))) throw contentProblem(400, 'Карточка или ярлык не найдены');
      card.tags = [...new Set(tagsIDs)];
      touch(office, card);
      office.cards.save(card);
      return done;
    },
  ),
];

function check(color: string, name: string): void {
  if (name === '' || name.length > MOST_LETTERS) throw contentProblem(400, 'Недопустимое название ярлыка');
  if (!COLOURS.has(color)) throw contentProblem(400, 'Недопустимый цвет ярлыка');
}
