import { requireCharacteristics, requireDifference } from '../content-checks.js';
import { endpoint, flag, listOf, number, ok, shape, text, whole, type Answer, type Call, type Endpoint } from '../endpoint.js';
import type { Office } from '../office.js';
import { contentProblem } from '../problem.js';
import { seeded } from '../../random.js';
import { findSubject } from '../subjects.js';
import type { ContentInput, EditInput } from '../work.js';

const MOST_IN_GROUP = 30;
const taken: Answer = ok({ data: null, error: false, errorText: '', additionalErrors: {} });

const size = shape({ chrtID: whole, techSize: text, wbSize: text, price: { type: 'integer', minimum: 0 }, skus: listOf(text, 1000) });
const card = {
  vendorCode: text,
  brand: text,
  title: text,
  description: text,
  kizMarked: flag,
  wholesale: shape({ enabled: flag, quantum: whole }),
  dimensions: shape({ length: whole, width: whole, height: whole, weightBrutto: number }),
  characteristics: listOf(shape({ id: whole, value: {} }, ['id', 'value']), 1000),
  sizes: listOf(size, 500),
  documents: shape({ items: listOf({ type: 'object' }, 1000), excludeDocuments: flag }),
};
// A missing article has an answer of its own.
const variant = shape(card);

interface Group {
  subjectID: number;
  variants: ContentInput[];
}

/** Creation, additions to a group and updates: all are answered at once and carried out later. */
export const writingEndpoints: Endpoint[] = [
  endpoint<Group[]>(
    {
      ...{ verb: 'POST', host: 'content-api', path: '/content/v2/cards/upload', bucket: 'upload', writes: true },
      body: listOf(shape({ subjectID: whole, variants: listOf(variant, MOST_IN_GROUP, 1) }, ['subjectID', 'variants']), 100, 1),
    },
    (call, groups) => {
      const { office } = call;
      const all = groups.flatMap(({ subjectID, variants }) => variants.map((input) => ({ subjectID, input })));
      for (const { subjectID } of groups) requireSubject(subjectID);
      requireNew(
        office,
        all.map(({ input }) => input),
      );
      requireCharacteristics(all);
      for (const { subjectID, variants } of groups) requireDifference(subjectID, variants.map(asMember));
      for (const { subjectID, variants } of groups) create(call, subjectID, office.cards.next('imtID'), variants);
      return taken;
    },
  ),

  endpoint<{ imtID: number; cardsToAdd: ContentInput[] }>(
    {
      ...{ verb: 'POST', host: 'content-api', path: '/content/v2/cards/upload/add', bucket: 'upload-add', writes: true },
      body: shape({ imtID: whole, cardsToAdd: listOf(variant, MOST_IN_GROUP - 1, 1) }, ['imtID', 'cardsToAdd']),
    },
    (call, { imtID, cardsToAdd }) => {
      const { office } = call;
      const group = office.cards.group(imtID);
      const [first] = group;
      if (!first) throw contentProblem(400, 'Указан несуществующий imt', { error: 'Указан несуществующий imt' });
      if (group.length + cardsToAdd.length > MOST_IN_GROUP) throw contentProblem(400, 'В группу можно объединить не больше 30 карточек. В результате запроса будет превышен лимит');
      requireNew(office, cardsToAdd);
      requireCharacteristics(cardsToAdd.map((input) => ({ subjectID: first.subjectID, input })));
      const members = group.map(({ vendorCode: name, characteristics }) => ({ name, characteristics }));
      requireDifference(first.subjectID, [...members, ...cardsToAdd.map(asMember)], imtID);
      create(call, first.subjectID, imtID, cardsToAdd);
      return taken;
    },
  ),

  endpoint<EditInput[]>(
    {
      ...{ verb: 'POST', host: 'content-api', path: '/content/v2/cards/update', bucket: 'update', writes: true },
      body: listOf(shape({ nmID: whole, ...card }, ['nmID', 'vendorCode', 'sizes']), 3000, 1),
    },
    (call, cards) => {
      const { office, key, method } = call;
      const known = cards.flatMap((input) => {
        const live = office.cards.byNmId(input.nmID);
        return live ? [{ subjectID: live.subjectID, input, live }] : [];
      });
      requireCharacteristics(known);
      for (const { input, live } of known) {
        const others = office.cards.group(live.imtID).filter((one) => one !== live);
        requireDifference(live.subjectID, [...others.map(({ vendorCode: name, characteristics }) => ({ name, characteristics })), asMember(input)], live.imtID);
      }
      office.drafts.forget(cards.map(({ vendorCode }) => vendorCode));
      office.tasks.add({ key, method, within: office.cabinet.current.card_seconds, work: { kind: 'edit', batch: newBatch(office), cards } });
      return taken;
    },
  ),
];

function create({ office, key, method }: Call, subjectID: number, imtID: number, variants: ContentInput[]): void {
  office.drafts.forget(variants.map(({ vendorCode }) => vendorCode));
  office.tasks.add({ key, method, within: office.cabinet.current.create_seconds, work: { kind: 'create', batch: newBatch(office), subjectID, imtID, variants } });
}

const asMember = ({ vendorCode: name, characteristics = [] }: ContentInput): { name: string; characteristics: { id: number; value: unknown }[] } => ({ name, characteristics });

function requireSubject(id: number): void {
  if (!findSubject(id)) throw contentProblem(400, 'This category does not exist', { id: String(id) });
}

/** Every article is named, free, and not on its way already; and there is room for the cards. */
function requireNew(office: Office, inputs: readonly ContentInput[]): void {
  if (inputs.some(({ vendorCode }) => !vendorCode)) throw contentProblem(400, 'A card cannot be created without a vendorCode');
  const coming = new Set<string>();
  for (const { work } of office.tasks.all()) if (work.kind === 'create') for (const { vendorCode } of work.variants) coming.add(vendorCode);
  const total = office.cards.size + coming.size + inputs.length;
  for (const { vendorCode } of inputs) {
    if (coming.has(vendorCode) || office.cards.byVendorCode(vendorCode)) {
      throw contentProblem(400, "bad request; Unexpected the specified card's vendor code is used in other cards");
    }
    coming.add(vendorCode);
  }
  const { free_limits: free, paid_limits: paid } = office.cabinet.current;
  if (total > free + paid) throw contentProblem(400, 'Превышен лимит создания карточек');
}

function newBatch(office: Office): string {
  const random = seeded(office.seed(), 'batch', office.tasks.nextId());
  const part = (length: number): string => Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
  return `${part(8)}-${part(4)}-4${part(3)}-9${part(3)}-${part(12)}`;
}
