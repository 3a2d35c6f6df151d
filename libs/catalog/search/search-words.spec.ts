import { describe, expect, it } from '@jest/globals';
import { wordForms } from './search-words.js';

describe('the forms a word is looked for by', () => {
  it.each([
    ['кружек', ['кружек', 'кружк']],
    ['Досок', ['Досок', 'Доск']],
    ['огурец', ['огурец', 'огурц']],
    ['кружка', ['кружка', 'кружек', 'кружок']],
    ['огурцы', ['огурцы', 'огурец', 'огуроц']],
    ['лейка', ['лейка']],
    ['сок', ['сок']],
    ['Samsung', ['Samsung']],
  ])('%s', (word, forms) => expect(wordForms(word)).toEqual(forms));
});
