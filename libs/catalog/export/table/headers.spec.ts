import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '../../faults/fault-texts.js';
import { meaningText } from '../../import/table/column-meaning.js';
import { headerMeaning } from '../../import/table/header-meaning.js';
import { HEADERS, JSON_FIELDS, jsonHeader, PLAIN_COLUMNS } from './headers.js';

const UNITS: Readonly<Record<string, readonly string[]>> = {
  weight: ['weight:g', 'weight:г'],
  length: ['length:mm', 'length:мм'],
  width: ['width:mm', 'width:мм'],
  height: ['height:mm', 'height:мм'],
};

describe('the headers of an exported table', () => {
  it.each(LANGUAGES.flatMap((language) => PLAIN_COLUMNS.map((column) => [language, column] as const)))('in %s: the import takes that of %s for what it is', (language, column) => {
    const { meaning, doubt } = headerMeaning(HEADERS[language][column]);
    expect(doubt).toBeUndefined();
    expect(UNITS[column] ?? [column]).toContain(meaningText(meaning));
  });

  it.each(LANGUAGES)('in %s name warehouses so that the import finds them', (language) => {
    expect(headerMeaning(`${HEADERS[language].stock}: Склад 2`).meaning).toEqual({ kind: 'stock', warehouse: 'Склад 2' });
  });

  it.each([...JSON_FIELDS])('name the JSON of %s', (field) => expect(headerMeaning(jsonHeader(field)).meaning).toEqual({ kind: 'json', field }));
});
