import { BrokenContract, type Doc, readDoc, readDocOrEmpty, readFlag, readId, readKey, readList, readNumber, readText, sendId } from '#kernel';
import type { Run } from '#channels/contract';
import { treeOf } from './ozon.categories.js';
import type { OzonClient } from './ozon.client.js';
import { readWarehouses } from './ozon.stock-reading.js';

/** One attribute of a category and type. `dictionaryId` is '' for free text; `maxValues` 0 means no limit is given. */
export interface AttributeSchema {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly collection: boolean;
  readonly maxValues: number;
  readonly dictionaryId: string;
  readonly categoryDependent: boolean;
  readonly aspect: boolean;
  readonly complexId: string;
}

export interface DictionaryValue {
  readonly id: string;
  readonly value: string;
}

/** The first page of a dictionary; `complete: false` when there is more, to be searched value by value. */
export interface Dictionary {
  readonly complete: boolean;
  readonly values: readonly DictionaryValue[];
}

export interface SellerFacts {
  readonly currency: string;
}

/** Documents are plain JSON, so that they can be cached anywhere under these keys. */
export const referenceKey = {
  tree: 'tree',
  warehouses: 'warehouses',
  seller: 'seller',
  attributes: (category: string) => `attributes:${category}`,
  values: (attribute: string, category: string) => `values:${attribute}:${category}`,
  value: (attribute: string, category: string, text: string) => `value:${attribute}:${category}:${text}`,
} as const;

const DICTIONARY_PAGE = 2000;
const SEARCH_PAGE = 100;
/** How long one fetched dictionary answers for all categories. */
const SHARED_MS = 10 * 60_000;

/** Fetches reference documents. Dictionaries that do not depend on the category are fetched once for all of them. */
export class OzonReferences {
  private readonly shared = new Map<string, { readonly at: number; readonly dictionary: Dictionary }>();
  private readonly independent = new Map<string, boolean>();

  constructor(
    private readonly client: OzonClient,
    private readonly now: () => number,
  ) {}

  async fetch(keys: readonly string[], run: Run): Promise<ReadonlyMap<string, unknown>> {
    const out = new Map<string, unknown>();
    for (const key of keys) if (!out.has(key)) out.set(key, await this.one(key, run));
    return out;
  }

  private async one(key: string, run: Run): Promise<unknown> {
    const [kind, first = '', second = '', third = '', ...rest] = key.split(':');
    switch (kind) {
      case 'tree':
        return treeOf((await this.client.call('tree', { language: 'RU' }, run)).body);
      case 'warehouses':
        return readWarehouses(this.client, run);
      case 'seller':
        return sellerOf((await this.client.call('seller', {}, run)).body);
      case 'attributes':
        return this.attributes(first, second, run);
      case 'values':
        return this.values(first, second, third, run);
      case 'value':
        return this.search(first, second, third, rest.join(':'), run);
      default:
        throw new BrokenContract(`No such reference: ${key}`);
    }
  }

  private async attributes(category: string, type: string, run: Run): Promise<readonly AttributeSchema[]> {
    const body = { description_category_id: sendId(category), type_id: sendId(type), language: 'RU' };
    const answer = await this.client.call('attributeSchema', body, run);
    const found = readList(answer.body['result'], 'attribute schema').map(attributeSchemaOf);
    for (const attribute of found) this.independent.set(attribute.id, !attribute.categoryDependent);
    return found;
  }

  private async values(attribute: string, category: string, type: string, run: Run): Promise<Dictionary> {
    const shared = this.independent.get(attribute) === true;
    const known = shared ? this.shared.get(attribute) : undefined;
    if (known !== undefined && this.now() - known.at < SHARED_MS) return known.dictionary;
    const answer = await this.client.call(
      'attributeValues',
      {
        attribute_id: sendId(attribute),
        description_category_id: sendId(category),
        type_id: sendId(type),
        last_value_id: 0,
        limit: DICTIONARY_PAGE,
        language: 'RU',
      },
      run,
    );
    const found = { complete: !readFlag(answer.body['has_next']), values: dictionaryValues(answer.body) };
    if (shared) this.shared.set(attribute, { at: this.now(), dictionary: found });
    return found;
  }

  private async search(attribute: string, category: string, type: string, text: string, run: Run): Promise<readonly DictionaryValue[]> {
    if (text.length < 2) return [];
    const answer = await this.client.call(
      'attributeValueSearch',
      {
        attribute_id: sendId(attribute),
        description_category_id: sendId(category),
        type_id: sendId(type),
        value: text,
        limit: SEARCH_PAGE,
      },
      run,
    );
    return dictionaryValues(answer.body);
  }
}

function attributeSchemaOf(value: unknown): AttributeSchema {
  const doc = readDoc(value, 'attribute schema');
  return {
    id: readId(doc['id'], 'attribute schema.id'),
    name: readKey(doc['name'], 'attribute schema.name'),
    type: readText(doc['type']),
    required: readFlag(doc['is_required']),
    collection: readFlag(doc['is_collection']),
    maxValues: readNumber(doc['max_value_count'], 'attribute schema.max_value_count'),
    dictionaryId: readId(doc['dictionary_id'], 'attribute schema.dictionary_id'),
    categoryDependent: readFlag(doc['category_dependent']),
    aspect: readFlag(doc['is_aspect']),
    complexId: readId(doc['attribute_complex_id'], 'attribute schema.attribute_complex_id'),
  };
}

function dictionaryValues(body: Doc): readonly DictionaryValue[] {
  return readList(body['result'], 'dictionary').map((value) => {
    const doc = readDoc(value, 'dictionary');
    return { id: readId(doc['id'], 'dictionary.id'), value: readText(doc['value']) };
  });
}

export function sellerOf(body: Doc): SellerFacts {
  return { currency: readText(readDocOrEmpty(body['company'])['currency']) };
}
