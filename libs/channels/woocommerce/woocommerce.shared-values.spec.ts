import { describe, expect, it } from '@jest/globals';
import type { AttributeValue } from '#channels/contract';
import { shownAttributes, type AttributeEdit } from './woocommerce.attributes.js';
import { sharedNotes, type SharedNotes } from './woocommerce.meta.js';
import { answeredFor, sharedAttributes } from './woocommerce.shared-values.js';

const texts = (...values: string[]): readonly AttributeValue[] => values.map((text) => ({ text }));
const edit = (part: Partial<AttributeEdit>): AttributeEdit => ({ set: {}, drop: [], offer: {}, ...part });

/** A group on the site that keeps what it is sent. */
class Group {
  constructor(
    public live: unknown = [],
    public notes: SharedNotes = {},
  ) {}

  push(...members: { readonly sku: string; readonly edit: AttributeEdit }[]): void {
    const { attributes, meta } = sharedAttributes(this.live, this.notes, members);
    this.live = attributes;
    this.notes = sharedNotes({ meta_data: [meta] });
  }

  options(name: string): readonly string[] | undefined {
    return shownAttributes(this.live, true)[name]?.map((value) => value.text);
  }

  shownTo(sku: string): unknown {
    return Object.fromEntries(Object.entries(answeredFor(sku, shownAttributes(this.live, false), this.notes)).map(([name, values]) => [name, values.map((value) => value.text)]));
  }
}

describe('what the variations of a group share', () => {
  it('is shown for all of them, and each sees its own', () => {
    const group = new Group();
    group.push({ sku: 'S', edit: edit({ set: { Ткань: texts('лён'), Вес: texts('100 г') } }) }, { sku: 'M', edit: edit({ set: { Ткань: texts('лён'), Вес: texts('120 г') } }) });
    expect([group.options('Ткань'), group.options('Вес')]).toEqual([['лён'], ['100 г', '120 г']]);
    expect([group.shownTo('S'), group.shownTo('M')]).toEqual([
      { Ткань: ['лён'], Вес: ['100 г'] },
      { Ткань: ['лён'], Вес: ['120 г'] },
    ]);
  });

  it('comes to rest whoever changes what, in whatever order: nobody undoes another', () => {
    const group = new Group();
    group.push({ sku: 'S', edit: edit({ set: { Вес: texts('100 г') } }) });
    group.push({ sku: 'M', edit: edit({ set: { Вес: texts('120 г') } }) });
    group.push({ sku: 'S', edit: edit({ set: { Вес: texts('90 г') } }) });
    expect(group.options('Вес')).toEqual(['90 г', '120 г']);
    expect([group.shownTo('S'), group.shownTo('M')]).toEqual([{ Вес: ['90 г'] }, { Вес: ['120 г'] }]);
  });

  it('shows everybody a value that nobody wanted, and one repair takes it away', () => {
    const group = new Group();
    const wish = { sku: 'S', edit: edit({ set: { Вес: texts('100 г') } }) };
    group.push(wish, { sku: 'M', edit: edit({ set: { Вес: texts('120 г') } }) });
    group.live = [{ id: 0, name: 'Вес', visible: true, variation: false, options: ['кракозябры'] }];
    expect([group.shownTo('S'), group.shownTo('M')]).toEqual([{ Вес: ['кракозябры'] }, { Вес: ['кракозябры'] }]);
    group.push(wish);
    expect(group.options('Вес')).toEqual(['100 г', '120 г']);
  });

  it('goes when the last that wanted it drops it', () => {
    const group = new Group();
    group.push({ sku: 'S', edit: edit({ set: { Вес: texts('100 г') } }) }, { sku: 'M', edit: edit({ set: { Вес: texts('120 г') } }) });
    group.push({ sku: 'S', edit: edit({ drop: ['Вес'] }) });
    expect(group.options('Вес')).toEqual(['120 г']);
    group.push({ sku: 'M', edit: edit({ drop: ['Вес'] }) });
    expect(group.options('Вес')).toBeUndefined();
  });

  it('leaves alone what the site had before, and adds what new variations must be able to choose', () => {
    const group = new Group([
      { id: 5, name: 'Цвет', position: 3, visible: false, variation: true, options: ['Красный'] },
      { id: 0, name: 'Чужое', position: 7, visible: true, variation: false, options: ['не наше'] },
    ]);
    group.push({ sku: 'S', edit: edit({ offer: { цвет: texts('красный') } }) }, { sku: 'M', edit: edit({ offer: { Цвет: texts('Синий') } }) });
    expect(group.live).toEqual([
      { id: 5, position: 3, visible: false, variation: true, options: ['Красный', 'Синий'] },
      { name: 'Чужое', position: 7, visible: true, variation: false, options: ['не наше'] },
    ]);
  });
});
