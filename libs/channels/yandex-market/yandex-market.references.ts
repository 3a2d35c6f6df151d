import { type Doc, Unsupported, readDoc, readDocOrEmpty, readFlag, readId, readKey, readList, readText } from '#kernel';
import type { Run } from '#channels/contract';
import type { CabinetReader } from './yandex-market.cabinet.js';
import { treeOf } from './yandex-market.categories.js';
import type { YandexClient } from './yandex-market.client.js';
import type { StockReader } from './yandex-market.stock-reading.js';

interface Unit {
  readonly id: string;
  readonly name: string;
}

/** One characteristic of a category. Limits are undefined where there are none. */
export interface Parameter {
  readonly id: string;
  readonly name: string;
  readonly type: 'TEXT' | 'ENUM' | 'BOOLEAN' | 'NUMERIC';
  readonly required: boolean;
  readonly multivalue: boolean;
  readonly customValues: boolean;
  readonly units: readonly Unit[];
  readonly defaultUnit: string;
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  readonly values: readonly { readonly id: string; readonly value: string }[];
}

export interface CabinetFacts {
  readonly currency: string;
}

/** Documents are plain JSON, so that they can be cached anywhere under these keys. */
export const referenceKey = {
  tree: 'tree',
  warehouses: 'warehouses',
  cabinet: 'cabinet',
  parameters: (category: string) => `parameters:${category}`,
} as const;

/** Fetches reference documents by key. The characteristics of a category are those of this cabinet: some differ by it. */
export class YandexReferences {
  /** Units have the same ids in all categories; cards tell only the id. */
  private readonly unitNames = new Map<string, string>();
  private readonly asked = new Set<string>();

  constructor(
    private readonly client: YandexClient,
    private readonly cabinet: CabinetReader,
    private readonly stocks: StockReader,
  ) {}

  async fetch(keys: readonly string[], run: Run): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    for (const key of keys) if (!found.has(key)) found.set(key, await this.one(key, run));
    return found;
  }

  /** The name of a unit that a card of a category uses; '' when its category does not know it. Each category is asked once. */
  async unitName(unit: string, category: string, run: Run): Promise<string> {
    if (!this.unitNames.has(unit) && category !== '' && !this.asked.has(category)) await this.parameters(category, run);
    return this.unitNames.get(unit) ?? '';
  }

  private async one(key: string, run: Run): Promise<unknown> {
    const [kind, category = ''] = key.split(':');
    switch (kind) {
      case 'tree':
        return treeOf(readDoc((await this.client.call('tree', { body: { language: 'RU' } }, run)).body['result'], 'categories'));
      case 'warehouses':
        return this.stocks.warehouses(run);
      case 'cabinet': {
        const { currency } = await this.cabinet.get(run);
        return { currency } satisfies CabinetFacts;
      }
      case 'parameters':
        return this.parameters(category, run);
      default:
        throw new Unsupported(`Yandex Market has no reference data "${key}"`);
    }
  }

  private async parameters(category: string, run: Run): Promise<readonly Parameter[]> {
    const { businessId } = await this.cabinet.get(run);
    const { body } = await this.client.call('parameters', { ids: { categoryId: category }, query: { businessId } }, run);
    const result = readDoc(body['result'], 'parameters.result');
    const found = readList(result['parameters'], 'parameters').map((value) => parameterOf(readDoc(value, 'parameters')));
    for (const parameter of found) for (const unit of parameter.units) this.unitNames.set(unit.id, unit.name);
    this.asked.add(category);
    return found;
  }
}

const TYPES: ReadonlySet<string> = new Set(['TEXT', 'ENUM', 'BOOLEAN', 'NUMERIC']);

function parameterOf(doc: Doc): Parameter {
  const unit = readDocOrEmpty(doc['unit']);
  const limits = readDocOrEmpty(doc['constraints']);
  const type = readText(doc['type']);
  return {
    id: readKey(doc['id'], 'parameters.id'),
    name: readText(doc['name']),
    // A type nobody has documented is sent as text.
    type: TYPES.has(type) ? (type as Parameter['type']) : 'TEXT',
    required: readFlag(doc['required']),
    multivalue: readFlag(doc['multivalue']),
    customValues: readFlag(doc['allowCustomValues']),
    units: readList(unit['units'], 'parameters.units').map((value) => {
      const one = readDoc(value, 'parameters.units');
      return { id: readId(one['id'], 'parameters.units.id'), name: readText(one['name']) };
    }),
    defaultUnit: readId(unit['defaultUnitId'], 'parameters.defaultUnitId'),
    ...(typeof limits['minValue'] === 'number' ? { min: limits['minValue'] } : {}),
    ...(typeof limits['maxValue'] === 'number' ? { max: limits['maxValue'] } : {}),
    ...(typeof limits['maxLength'] === 'number' ? { maxLength: limits['maxLength'] } : {}),
    values: readList(doc['values'], 'parameters.values').map((value) => {
      const one = readDoc(value, 'parameters.values');
      return { id: readId(one['id'], 'parameters.values.id'), value: readText(one['value']) };
    }),
  };
}
