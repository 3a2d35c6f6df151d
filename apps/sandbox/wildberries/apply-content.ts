import { faultsOf } from './content-checks.js';
import { contentOf, mergedSizes, newSizes } from './content.js';
import type { Draft } from './drafts.js';
import { CONTENT_FACETS, FACETS, type Card } from './model.js';
import type { Office } from './office.js';
import { findSubject } from './subjects.js';
import type { Task } from './tasks.js';
import type { ContentInput, CreateWork, EditInput, EditWork } from './work.js';
import { beforeChange, meanings, noteFacets, noteWrite, touch } from './writes.js';
import { meaning } from './meaning.js';

/** Makes the cards of a group; what is wrong becomes drafts. */
export function applyCreate(office: Office, task: Task, work: CreateWork): void {
  const drafts: Record<string, Draft> = {};
  for (const input of work.variants) {
    const errors = faultsOf(office, work.subjectID, input);
    if (office.cards.byVendorCode(input.vendorCode)) errors.push('Артикул продавца уже используется в другой карточке');
    if (errors.length > 0) drafts[input.vendorCode] = { subjectID: work.subjectID, brand: input.brand ?? '', errors };
    else make(office, task, work, input);
  }
  office.drafts.add({ batchUUID: work.batch, updatedAt: office.clock.now(), drafts });
}

function make(office: Office, task: Task, work: CreateWork, input: ContentInput): void {
  const { cards, clock } = office;
  const nmID = cards.next('nmID');
  const card: Card = {
    ...contentOf(work.subjectID, input),
    nmID,
    imtID: work.imtID,
    nmUUID: cards.newUuid(nmID),
    vendorCode: input.vendorCode,
    subjectID: work.subjectID,
    needKiz: findSubject(work.subjectID)?.family === 'shoes',
    wholesale: { enabled: input.wholesale?.enabled ?? false, quantum: input.wholesale?.quantum ?? 0 },
    sizes: newSizes(cards, work.subjectID, input.sizes),
    pictures: [],
    video: '',
    tags: [],
    createdAt: clock.now(),
    updatedAt: clock.now(),
    trashedAt: 0,
    discount: 0,
    clubDiscount: 0,
    editableSizePrice: false,
    quarantine: null,
    forcedSale: false,
    stocks: {},
    blocked: '',
    shadowed: false,
    removed: false,
    lastDelaySeconds: task.seconds,
  };
  beforeChange(office, card);
  cards.save(card);
  const written = FACETS.filter((facet) => facet !== 'status' && facet !== 'stock' && facet !== 'media').map((facet) => ({ facet, before: '', after: meaning(card, facet) }));
  noteFacets(office, { key: task.key, method: task.method, taskId: task.id }, card.vendorCode, written);
}

/** Replaces cards; what is wrong becomes drafts and leaves the live card as it was. */
export function applyEdit(office: Office, task: Task, work: EditWork): void {
  const drafts: Record<string, Draft> = {};
  for (const input of work.cards) {
    const card = office.cards.byNmId(input.nmID);
    const errors = card ? faultsOf(office, card.subjectID, input, card) : [`Карточка ${input.nmID} не найдена`];
    const owner = office.cards.byVendorCode(input.vendorCode);
    if (owner && owner !== card) errors.push('Артикул продавца уже используется в другой карточке');
    if (!card || errors.length > 0) drafts[input.vendorCode] = { subjectID: card?.subjectID ?? 0, brand: input.brand ?? '', errors };
    else replace(office, task, card, input);
  }
  office.drafts.add({ batchUUID: work.batch, updatedAt: office.clock.now(), drafts });
}

function replace(office: Office, task: Task, card: Card, input: EditInput): void {
  const before = meanings(card, CONTENT_FACETS);
  beforeChange(office, card);
  Object.assign(card, contentOf(card.subjectID, input));
  card.sizes = mergedSizes(office.cards, card.sizes, input.sizes);
  if (input.wholesale) card.wholesale = { enabled: input.wholesale.enabled ?? false, quantum: input.wholesale.quantum ?? 0 };
  card.lastDelaySeconds = task.seconds;
  touch(office, card);
  if (input.vendorCode === card.vendorCode) office.cards.save(card);
  else office.cards.rename(card, input.vendorCode);
  noteWrite(office, { key: task.key, method: task.method, taskId: task.id }, card, before, true);
}
