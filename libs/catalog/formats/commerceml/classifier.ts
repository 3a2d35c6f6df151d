import { CategoryTree } from '../category-path.js';
import type { XmlElement } from '../xml/xml-element.js';
import type { XmlRecord } from '../xml/read-xml.js';
import { saidBy } from '../xml/xml-element.js';

interface Property {
  readonly name: string;
  kind: 'text' | 'number' | 'dictionary' | 'yes-no';
  readonly values: Map<string, string>;
}

const KINDS: Readonly<Record<string, Property['kind']>> = { Число: 'number', Справочник: 'dictionary', Булево: 'yes-no' };

/** The leaves that are read as records, so that a tree or a dictionary of any size passes in small pieces. */
const LEAVES: ReadonlySet<string> = new Set(['Ид', 'Наименование', 'ТипЗначений', 'Справочник']);

/**
 * What a set of files calls things: groups, properties with their dictionaries, price types, warehouses. Memory grows with the
 * dictionaries, not with the goods.
 */
export class Classifier {
  readonly groups = new CategoryTree();
  readonly properties = new Map<string, Property>();
  /** Names by id, in the order of the files. */
  readonly priceTypes = new Map<string, { readonly name: string; readonly currency?: string }>();
  readonly warehouses = new Map<string, string>();
  /** Ids of the elements that are open, by depth. */
  private readonly ids: string[] = [];

  /** Whether the element at this path belongs to the classifier's records. */
  static isRecord(path: readonly string[]): boolean {
    const name = path.at(-1) ?? '';
    const owner = path.at(-2);
    if (owner === 'Группа' || owner === 'Свойство' || owner === 'СвойствоНоменклатуры') return LEAVES.has(name);
    if (owner === 'ВариантыЗначений') return name === 'Справочник' || name === 'Значение';
    return Classifier.isOfOffers(path);
  }

  /** Price types and warehouses: in a file that holds goods and offers both they stand between the two. */
  static isOfOffers(path: readonly string[]): boolean {
    const [owner, name] = path.slice(-2);
    return (owner === 'ТипыЦен' && name === 'ТипЦены') || (owner === 'Склады' && name === 'Склад' && !path.includes('Предложение'));
  }

  learn({ path, element }: XmlRecord): void {
    const owner = path.at(-2);
    const depth = path.length - 1;
    if (owner === 'ТипыЦен') this.learnPriceType(element);
    else if (owner === 'Склады') this.named(element, (id, name) => this.warehouses.set(id, name));
    else if (owner === 'ВариантыЗначений') this.learnValue(element, this.ids[depth - 1]);
    else if (element.name === 'Ид') this.ids[depth] = element.text.trim();
    else if (owner === 'Группа') this.learnGroup(element, depth);
    else this.learnProperty(element, this.ids[depth]);
  }

  /** A group lies two steps deeper than the one above it: Группа / Группы / Группа. */
  private learnGroup(element: XmlElement, depth: number): void {
    const id = this.ids[depth];
    if (element.name === 'Наименование' && id !== undefined) this.groups.add(id, element.text, this.ids[depth - 2]);
  }

  private learnProperty(element: XmlElement, id: string | undefined): void {
    if (id === undefined) return;
    if (element.name === 'Наименование') this.properties.set(id, { name: element.text.replace(/\s+/g, ' ').trim(), kind: 'text', values: new Map() });
    const property = this.properties.get(id);
    if (element.name === 'ТипЗначений' && property) property.kind = KINDS[element.text.trim()] ?? 'text';
  }

  private learnValue(element: XmlElement, propertyId: string | undefined): void {
    const property = propertyId === undefined ? undefined : this.properties.get(propertyId);
    const id = saidBy(element, 'ИдЗначения');
    const value = saidBy(element, 'Значение');
    if (property && id !== undefined && value !== undefined) property.values.set(id, value);
  }

  private learnPriceType(element: XmlElement): void {
    this.named(element, (id, name) => {
      const currency = saidBy(element, 'Валюта');
      this.priceTypes.set(id, currency === undefined ? { name } : { name, currency });
    });
  }

  private named(element: XmlElement, add: (id: string, name: string) => void): void {
    const id = saidBy(element, 'Ид');
    if (id !== undefined) add(id, saidBy(element, 'Наименование') ?? id);
  }
}
