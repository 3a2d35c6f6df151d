import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { WOOCOMMERCE_TEXTS } from './woocommerce.diagnostics.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const codes = new Set(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && name !== 'woocommerce.diagnostics.ts')
    .flatMap((name) => [...readFileSync(`${FOLDER}${name}`, 'utf8').matchAll(/'(woocommerce\.[a-z-]+)'/g)].map((match) => match[1] ?? '')),
);

describe('what a person is told', () => {
  it('has a text for every code, and no text without one', () => {
    expect(codes.size).toBeGreaterThan(10);
    expect([...codes].sort()).toEqual(Object.keys(WOOCOMMERCE_TEXTS).sort());
  });

  it.each(Object.entries(WOOCOMMERCE_TEXTS))('%s says the same in three languages', (_code, { ru, en, zh }) => {
    const names = (text: string) =>
      [...text.matchAll(/\{(\w+)\}/g)]
        .map((match) => match[1])
        .filter((name, at, all) => all.indexOf(name) === at)
        .sort();
    expect([names(en), names(zh)]).toEqual([names(ru), names(ru)]);
    expect(ru).toMatch(/[а-яё]/i);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[а-яё]/i);
  });
});
