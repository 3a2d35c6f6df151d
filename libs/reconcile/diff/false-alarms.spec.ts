import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { garbling } from './garbling.js';
import { believableCards } from './testing/believable-cards.js';
import { randomFrom } from './testing/random.js';

const CARDS = believableCards(31, 400);
const alarms = (texts: readonly (readonly [string, string | undefined])[]): readonly string[] =>
  texts.filter(([text, reference]) => garbling(text, reference).garbled).map(([text, reference]) => `${text.slice(0, 100)} | ${reference?.slice(0, 100) ?? ''}`);

describe('what an author writes is not called broken', () => {
  it('not believable cards by themselves', () => {
    expect(
      alarms(
        CARDS.flatMap(
          ({ title, description }) =>
            [
              [title, undefined],
              [description, undefined],
            ] as const,
        ),
      ),
    ).toEqual([]);
  });

  it('not another honest title or description in place of the expected one', () => {
    const random = randomFrom(5);
    const pairs = CARDS.flatMap((card) => {
      const other = random.pick(CARDS);
      return [
        [card.title, other.title],
        [card.description, other.description],
        [card.title, other.description],
      ] as const;
    });
    expect(alarms(pairs)).toEqual([]);
  });

  const honest: readonly (readonly [string, string, string | undefined])[] = [
    ['another brand', 'Чайник Xgimi', 'Чайник Bosch'],
    ['a brand of consonants', 'Рюкзак BRGR SPRNG', 'Рюкзак'],
    ['a model code', 'Пылесос RV-XRT72B', 'Пылесос'],
    ['a longer model code', 'Телефон SM-G998BZKHSER', 'Телефон SM-G991'],
    ['letters and figures in one', 'Аккумулятор 18650 Li-Ion 3.7V 2600mAh 3С', undefined],
    ['units in the other script', 'Чайник 1.7 l', 'Чайник 1.7 л'],
    ['power in words of both scripts', 'Фен 2,2 кBт', 'Фен 2,2 кВт'],
    ['lookalike letters of the other script', 'Koфe в зёрнax', 'Кофе в зёрнах'],
    ['an English title', 'Wireless headphones with noise cancelling', 'Беспроводные наушники с шумоподавлением'],
    ['a brand spelled in Latin', 'Кофеварка Braun', 'Кофеварка Браун'],
    ['a brand spelled in Cyrillic', 'Телефон Сяоми', 'Телефон Xiaomi'],
    ['emoji', '🔥🔥🔥 Плед мягкий 🧸 ❤️', 'Плед мягкий'],
    ['signs as bullets', '■ прочный ■ лёгкий ► моется ━━━━━━ ✔ не скользит', 'прочный'],
    ['a question', 'Ищете подарок??? Чайник — то, что нужно!', 'Чайник'],
    ['a question without a space after it', 'Нужен чайник?возьмите этот', 'Чайник'],
    ['shouting', 'ЧАЙНИК ЭЛЕКТРИЧЕСКИЙ СТЕКЛЯННЫЙ', 'Чайник электрический стеклянный'],
    ['accents', 'Шоколад Lindt Crème Brûlée, Café Müller', 'Шоколад'],
    ['abbreviations', 'ЛДСП, МДФ, ПВХ, ГОСТ, ТР ТС, НДС', undefined],
    ['a short word', 'Ёж', 'Уж'],
    ['one letter for another', 'Кот', 'Кит'],
    ['another colour', 'Плед, синий', 'Плед, белый'],
    ['words in another order', 'Bosch чайник электрический 1,7 л', 'Чайник электрический Bosch 1,7 л'],
    ['sentences in another order', 'Легко мыть в раковине. Не боится влаги и жары. Служит много лет.', 'Служит много лет. Легко мыть в раковине. Не боится влаги и жары.'],
    ['Chinese', '小米 电热水壶', 'Чайник Xiaomi'],
    ['Ukrainian letters', 'Чайник електричний, колір їжачка', 'Чайник электрический'],
    ['an ellipsis made a question', 'Почему?', 'Почему…'],
    ['a bullet made an asterisk', '* прочный * лёгкий', '• прочный • лёгкий'],
    ['a dash lost', 'Гарантия 12 месяцев', 'Гарантия — 12 месяцев'],
    ['emptied', '', 'Чайник'],
    ['an address', 'Сайт: https://shop.example/catalog?item=ab12&ref=qwrt', 'Сайт'],
    ['a hashtag', '#чайникстеклянный #подарокмаме', undefined],
  ];
  it.each(honest)('not %s', (_what, text, reference) => {
    expect(garbling(text, reference)).toMatchObject({ garbled: false });
  });

  it('not a model code of any letters and figures put into a title', () => {
    const code = fc.stringMatching(/^[A-Z]{1,5}[-/]?[0-9]{1,5}[A-Z]{0,3}$/);
    fc.assert(
      fc.property(fc.nat(CARDS.length - 1), code, (at, model) => {
        const title = CARDS[at]?.title ?? '';
        expect(garbling(`${title} ${model}`, title).garbled).toBe(false);
      }),
    );
  });

  it('not any number, unit or punctuation changed', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), fc.constantFrom('мл', 'г', 'см', 'шт.', 'Вт', 'ГБ'), (before, after, unit) => {
        expect(garbling(`Термос ${String(after)} ${unit}!`, `Термос, ${String(before)} ${unit}`).garbled).toBe(false);
      }),
    );
  });

  const catalog = join(process.cwd(), '..', 'shared', 'data', 'ru', 'catalog-ru-283.csv');
  const here = existsSync(catalog) ? it : it.skip;
  here(`not real cards of a real shop${existsSync(catalog) ? '' : ' (skipped: no ../shared/data/ru/catalog-ru-283.csv)'}`, () => {
    const rows: readonly { readonly name: string; readonly description: string }[] = parse(readFileSync(catalog), { columns: true, bom: true });
    const random = randomFrom(3);
    const texts = rows.flatMap(({ name, description }) => {
      const other = random.pick(rows);
      return [
        [name, undefined],
        [description, undefined],
        [name, other.name],
        [description, other.description],
      ] as const;
    });
    expect(texts.length).toBeGreaterThan(1000);
    expect(alarms(texts)).toEqual([]);
  });
});
