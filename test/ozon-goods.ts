import type { AccountRules, MasterAttribute, ProductSnapshot } from '#channels/contract';
import type { CategoryTree } from '#channels/ozon';
import { ozon } from '#channels/ozon';
import { run, type OzonWorld } from './ozon-world.js';

export const RULES: AccountRules = { categories: {}, attributes: {}, currency: 'RUB' };

interface Schema {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly collection: boolean;
  readonly dictionaryId: string;
}

/** Reference documents of the account, fetched as far as `needs` names them. */
export class KnownReferences {
  readonly documents = new Map<string, unknown>();
  readonly get = (key: string): unknown => this.documents.get(key);

  constructor(private readonly world: OzonWorld) {}

  async fetch(keys: readonly string[]): Promise<void> {
    const missing = keys.filter((key) => !this.documents.has(key));
    for (const [key, value] of await this.world.channel.references(missing, run())) this.documents.set(key, value);
  }

  /** Everything that rendering this product asks for. */
  async prepare(product: ProductSnapshot): Promise<void> {
    for (;;) {
      const needs = ozon.needs as (product: ProductSnapshot, rules: AccountRules, references: (key: string) => unknown) => readonly string[];
      const keys = needs(product, RULES, this.get).filter((key) => !this.documents.has(key));
      if (keys.length === 0) return;
      await this.fetch(keys);
    }
  }

  async leaves(): Promise<CategoryTree> {
    await this.fetch(['tree']);
    return this.documents.get('tree') as CategoryTree;
  }
}

/** A product of a category with a value for every attribute of its schema, named as the schema names it. */
export async function productOf(known: KnownReferences, leaf: CategoryTree[number], sku: string, part: Partial<ProductSnapshot> = {}): Promise<ProductSnapshot> {
  await known.fetch([`attributes:${leaf.id}`]);
  const schema = known.get(`attributes:${leaf.id}`) as readonly Schema[];
  const attributes: Record<string, MasterAttribute> = {};
  for (const attribute of schema) {
    if (['85', '4180', '4191', '9048', '9024', '4389'].includes(attribute.id)) continue;
    attributes[attribute.name] = await valueFor(known, attribute, leaf.id);
  }
  return {
    sku,
    revision: 1,
    title: `${leaf.names.at(-1) ?? ''} «Проба» ${sku}`,
    description: `Описание товара ${sku}.<br>Второй абзац & конец.`,
    brand: 'Ясень',
    category: leaf.names.join(' / '),
    country: 'Россия',
    vat: 22,
    attributes,
    media: [{ digest: 'red' }, { digest: 'green' }],
    dimensions: { length: 200, width: 150, height: 250 },
    weight: 1200,
    barcodes: ['2000000000015'],
    price: { minor: 1990_00, currency: 'RUB' },
    oldPrice: { minor: 2990_00, currency: 'RUB' },
    stock: { main: 7 },
    archived: false,
    ...part,
  };
}

async function valueFor(known: KnownReferences, attribute: Schema, leaf: string): Promise<MasterAttribute> {
  if (attribute.dictionaryId !== '') {
    const key = `values:${attribute.id}:${leaf}`;
    await known.fetch([key]);
    const values = (known.get(key) as { values: readonly { value: string }[] }).values.map((value) => value.value);
    return attribute.collection ? values.slice(0, 2) : (values[0] ?? '');
  }
  if (attribute.type === 'Boolean') return true;
  if (attribute.type === 'Integer') return '12';
  if (attribute.type === 'Decimal') return { value: 2.5 };
  if (attribute.id === '11254') return '{"content":[],"version":0.3}';
  if (attribute.id === '23171') return 'проба тест';
  return 'Пробное значение';
}
