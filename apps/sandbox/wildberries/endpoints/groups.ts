import { requireDifference } from '../content-checks.js';
import { endpoint, listOf, ok, shape, whole, type Answer, type Endpoint } from '../endpoint.js';
import type { Card } from '../model.js';
import type { Office } from '../office.js';
import { contentProblem, type Problem } from '../problem.js';
import { beforeChange, meanings, noteWrite, touch } from '../writes.js';

const MOST_IN_GROUP = 30;
const done: Answer = ok({ data: null, error: false, errorText: '', additionalErrors: {} });
const refused = (text: string): Problem => contentProblem(400, text, { error: text });
const nmIDs = listOf(whole, 1000, 1);

/** Merging and splitting of groups, the trash. These are carried out at once. */
export const groupEndpoints: Endpoint[] = [
  endpoint<{ targetIMT?: number; nmIDs: number[] }>(
    {
      verb: 'POST',
      host: 'content-api',
      path: '/content/v2/cards/moveNm',
      bucket: 'content',
      writes: true,
      body: shape({ targetIMT: whole, nmIDs: listOf(whole, MOST_IN_GROUP, 1) }, ['nmIDs']),
    },
    ({ office }, { targetIMT, nmIDs: ids }) => {
      const cards = known(office, ids);
      const target = targetIMT === undefined ? [] : office.cards.group(targetIMT);
      if (targetIMT !== undefined && target.length === 0) throw refused('Указан несуществующий imt');
      const group = [...new Set([...target, ...cards])];
      if (group.some((card) => card.subjectID !== group[0]?.subjectID)) throw refused('Объединение товаров с разными предметами невозможно');
      if (group.length > MOST_IN_GROUP) throw refused('В группу можно объединить не больше 30 карточек. В результате запроса будет превышен лимит');
      if (targetIMT !== undefined && cards.every((card) => card.imtID === targetIMT)) throw refused('Все карточки находятся в одной группе');
      if (group[0])
        requireDifference(
          group[0].subjectID,
          group.map(({ vendorCode: name, characteristics }) => ({ name, characteristics })),
          targetIMT,
        );
      // Split together, they stay together.
      const imtID = targetIMT ?? office.cards.next('imtID');
      for (const card of cards) {
        card.imtID = imtID;
        touch(office, card);
        office.cards.save(card);
      }
      return done;
    },
  ),

  endpoint<{ nmIDs: number[] }>(
    { verb: 'POST', host: 'content-api', path: '/content/v2/cards/delete/trash', bucket: 'trash', writes: true, body: shape({ nmIDs }, ['nmIDs']) },
    ({ office, key, method }, { nmIDs: ids }) => {
      for (const card of known(office, ids)) {
        if (card.trashedAt > 0) continue;
        const before = meanings(card, ['presence']);
        beforeChange(office, card);
        card.trashedAt = Math.max(1, office.clock.now());
        card.imtID = office.cards.next('imtID');
        office.cards.save(card);
        noteWrite(office, { key, method, taskId: 0 }, card, before);
      }
      return done;
    },
  ),

  endpoint<{ nmIDs: number[] }>(
    { verb: 'POST', host: 'content-api', path: '/content/v2/cards/recover', bucket: 'recover', writes: true, body: shape({ nmIDs }, ['nmIDs']) },
    ({ office, key, method }, { nmIDs: ids }) => {
      for (const card of known(office, ids)) {
        const before = meanings(card, ['presence']);
        beforeChange(office, card);
        card.trashedAt = 0;
        card.lastDelaySeconds = 0;
        touch(office, card);
        office.cards.save(card);
        noteWrite(office, { key, method, taskId: 0 }, card, before);
      }
      return done;
    },
  ),
];

function known(office: Office, ids: readonly number[]): Card[] {
  if (new Set(ids).size !== ids.length) throw refused('Недопустимо отправлять дублирующиеся запросы!');
  return ids.map((nmID) => {
    const card = office.cards.byNmId(nmID);
    if (!card) throw refused('Указан несуществующий nmID карточки товара');
    return card;
  });
}
