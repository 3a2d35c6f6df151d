import { contentProblem } from './problem.js';
import type { Card } from './model.js';
import type { Office } from './office.js';
import { characteristicOf, characteristicsOf } from './subjects.js';
import type { ContentInput } from './work.js';

const TITLE_LENGTH = 60;
const DESCRIPTION_LENGTH = 2000;
const ARTICLE_LENGTH = 72;
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d-]+\.\p{L}{2,}/u;

/** Throws what is answered at once when a card lacks what its subject requires. */
export function requireCharacteristics(cards: readonly { subjectID: number; input: ContentInput }[]): void {
  const lacking: Record<string, string> = {};
  for (const { subjectID, input } of cards) {
    const given = new Set((input.characteristics ?? []).filter(({ value }) => !isEmpty(value)).map(({ id }) => id));
    const missing = characteristicsOf(subjectID).filter((one) => one.required && !given.has(one.id));
    if (missing.length > 0) lacking[input.vendorCode] = `missing required characteristics with ids: ${missing.map((one) => `{${one.id}}`).join(', ')}`;
  }
  if (Object.keys(lacking).length > 0) throw contentProblem(400, 'some items lacks required characteristics. please fill them and try again.', lacking);
}

/** Throws when cards of one group do not differ. `imtID` is named where the group is there already. */
export function requireDifference(subjectID: number, group: readonly { name: string; characteristics: readonly { id: number; value: unknown }[] }[], imtID?: number): void {
  const variable = characteristicsOf(subjectID).filter((one) => one.variable);
  if (group.length < 2 || variable.length === 0) return;
  const ids = variable.map((one) => `{${one.id}}`).join(', ');
  const seen = new Set<string>();
  const alike: Record<string, string> = {};
  for (const { name, characteristics } of group) {
    const values = JSON.stringify(variable.map((one) => [characteristics.find(({ id }) => id === one.id)?.value ?? []].flat().sort()));
    if (seen.has(values)) {
      alike[name] =
        imtID === undefined ? `non unique characteristics in group with ids: ${ids}` : `non unique characteristics in group id: {${imtID}} with characteristic ids: ${ids}`;
    }
    seen.add(values);
  }
  if (Object.keys(alike).length > 0) throw contentProblem(400, 'non unique characteristics in one group', alike);
}

/** What the market finds wrong with a card after it answered, in its words; `self` is the card that is being changed. */
export function faultsOf(office: Pick<Office, 'cards' | 'faults'>, subjectID: number, input: ContentInput, self?: Card): string[] {
  const found = [...textFaults(input), ...characteristicFaults(subjectID, input), ...sizeFaults(office, input, self)];
  if (input.vendorCode.length > ARTICLE_LENGTH) found.push(`Артикул продавца не может быть длиннее ${ARTICLE_LENGTH} символов`);
  const { length = 0, width = 0, height = 0, weightBrutto = 0 } = input.dimensions ?? {};
  if ([length, width, height, weightBrutto].some((x) => x < 0)) found.push('Габариты и вес не могут быть отрицательными');
  if (office.faults.failsItem(input.vendorCode)) found.push('Внутренняя ошибка сервиса. Повторите отправку карточки');
  return found;
}

function textFaults({ title = '', description = '', brand = '' }: ContentInput): string[] {
  const found: string[] = [];
  if (title.length > TITLE_LENGTH) found.push(`Наименование не может быть длиннее ${TITLE_LENGTH} символов`);
  if (description.length > DESCRIPTION_LENGTH) found.push(`Описание не может быть длиннее ${DESCRIPTION_LENGTH} символов`);
  if (EMAIL.test(title)) found.push('Запрещено использовать E-Mail в поле Наименование');
  if (EMAIL.test(description)) found.push('Запрещено использовать E-Mail в поле Описание');
  if (EMAIL.test(brand)) found.push('Запрещено использовать E-Mail в поле Бренд');
  return found;
}

function characteristicFaults(subjectID: number, { characteristics = [] }: ContentInput): string[] {
  return characteristics.flatMap(({ id, value }) => {
    const schema = characteristicOf(subjectID, id);
    if (!schema) return [`Характеристика ${id} недоступна для предмета`];
    const values = [value].flat();
    if (schema.type === 4) return values.length > 1 || !values.every(isNumber) ? [`Характеристика «${schema.name}»: ожидается одно число`] : [];
    if (schema.most > 0 && values.length > schema.most) return [`Характеристика «${schema.name}»: не больше ${schema.most} значений`];
    return values.every((one) => typeof one === 'string') ? [] : [`Характеристика «${schema.name}»: ожидается текст`];
  });
}

function sizeFaults(office: Pick<Office, 'cards'>, { sizes = [] }: ContentInput, self: Card | undefined): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { skus = [] } of sizes) {
    for (const sku of skus) {
      const owner = office.cards.byBarcode(sku);
      if (seen.has(sku) || (owner && owner !== self)) found.push(`Баркод ${sku} уже используется`);
      seen.add(sku);
    }
  }
  for (const size of self ? sizes : []) {
    const known = self?.sizes.find((one) => one.chrtID === size.chrtID);
    if (size.chrtID !== undefined && !known) found.push(`Размер с chrtID ${size.chrtID} не найден в карточке`);
    // Without its id a size is taken for a new one, and that article already has it.
    if (size.chrtID === undefined && self?.sizes.some((one) => one.techSize === (size.techSize ?? '0'))) {
      found.push('Карточка с таким размером уже существует. Измените артикул продавца');
    }
  }
  return found;
}

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

const isNumber = (value: unknown): boolean => (typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')) && Number.isFinite(Number(value));
