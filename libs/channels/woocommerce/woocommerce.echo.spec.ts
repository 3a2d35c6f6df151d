import { describe, expect, it } from '@jest/globals';
import type { Facet, FacetValue } from '#channels/contract';
import { isEcho } from './woocommerce.echo.js';
import { normalise } from './woocommerce.normalise.js';

const pictures = { same: (url: string, digest: string) => (url.includes('unseen') ? undefined : url.includes(digest)) };
const echo = (facet: Facet, desired: FacetValue, observed: FacetValue) => isEcho(facet, desired, observed, pictures);

describe('what counts as equal on a site', () => {
  it.each<[string, Facet, FacetValue, FacetValue, string]>([
    ['a name with mark-up and entities', 'title', 'Чайник & чашка', 'Чайник &amp; <b>чашка</b>', 'yes'],
    ['another name', 'title', 'Чайник', 'Чашка', 'no'],
    ['one of several places', 'category', 'Дом / Чайники', 'Акции | дом / чайники', 'yes'],
    ['another place', 'category', 'Дом / Чайники', 'Акции', 'no'],
    ['attributes nobody asked for', 'attributes', { Цвет: [{ text: 'красный' }] }, { Цвет: [{ id: '3', text: 'Красный' }], Чужое: [{ text: 'x' }] }, 'yes'],
    ['one value less', 'attributes', { Цвет: [{ text: 'красный' }, { text: 'синий' }] }, { Цвет: [{ text: 'Красный' }] }, 'no'],
    ['a side the master does not know', 'dimensions', { length: 0, width: 0, height: 0, weight: 500 }, { length: 90, width: 10, height: 10, weight: 500 }, 'yes'],
    ['another weight', 'dimensions', { length: 0, width: 0, height: 0, weight: 500 }, { length: 0, width: 0, height: 0, weight: 5000 }, 'no'],
    ['the first picture where there is room for one', 'media', ['a', 'b'], ['https://x/a.jpg#only'], 'yes'],
    ['a wrong picture where there is room for one', 'media', ['a', 'b'], ['https://x/b.jpg#only'], 'no'],
    ['one that was not looked at', 'media', ['a', 'b'], ['https://x/unseen.jpg#only'], 'unverified'],
    ['a gallery that lost a picture', 'media', ['a', 'b'], ['https://x/a.jpg'], 'no'],
  ])('%s', (_name, facet, desired, observed, expected) => {
    expect(echo(facet, desired, observed)).toBe(expected);
  });

  it('has one canonical form of attributes', () => {
    const once = normalise('attributes', { Я: [{ text: '  a   b ' }], А: [{ text: '' }], Б: [{ id: '3', text: 'x' }] });
    expect(JSON.stringify(once)).toBe('{"Б":[{"id":"3","text":"x"}],"Я":[{"text":"a b"}]}');
    expect(normalise('attributes', once)).toEqual(once);
  });
});
