import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { STATUS_CAUSES } from '#channels/contract';
import type { RecordedEvidence } from './evidence-entry.js';
import { HOLD_NAMES } from './hold-names.js';
import { storyLine, storyText } from './story-line.js';

const entry = (part: Partial<RecordedEvidence>): RecordedEvidence => ({ accountId: '1', seq: '7', recordedAt: new Date(0), hash: 'ab', at: 0, ...part }) as RecordedEvidence;
const told = (part: Partial<RecordedEvidence>): string => storyText(storyLine(entry(part)).text, 'ru');

describe('a card’s story in words', () => {
  it('names what is sent, which revision it carries, whose and from which file', () => {
    const body = { operation: 'import', purpose: 'change', facets: ['title', 'price'], writeSet: [], epoch: 1, prints: {}, request: {} } as const;
    expect(told({ kind: 'push.intent', body })).toBe('Готова отправка: Название, Цена');
    const revision = { revision: 3, author: 'Анна', cause: { kind: 'person' } };
    expect(told({ kind: 'push.intent', body: { ...body, revision } })).toBe('Готова отправка: Название, Цена; версия 3, автор Анна');
    const imported = { ...revision, cause: { kind: 'import', file: 'товары.csv' } };
    expect(told({ kind: 'push.intent', body: { ...body, revision: imported } })).toContain('версия 3 из файла «товары.csv»');
  });

  it('says why a repair was held, and what a person decided', () => {
    expect(told({ kind: 'drift.held', body: { part: '', reason: 'brake' } })).toBe('Исправление остановлено: сработал стоп-кран');
    const policy = (what: string, to: unknown) => told({ kind: 'policy.changed', facet: 'title', body: { what, from: null, to, author: 'Анна' } });
    expect(policy('title', 'approved')).toBe('Анна одобрил: Название');
    expect(policy('frozen-until', null)).toContain('снова разрешил');
    expect(policy('ignore-rule', { rule: '1', cards: 2 })).toContain('завёл правило');
    expect(policy('ignore-rule', null)).toContain('снято');
  });

  it('knows every reason that a guard holds for', () => {
    const guards = readFileSync(new URL('../decide/decide.ts', import.meta.url), 'utf8');
    const codes = [...guards.matchAll(/\bhold\('([a-z-]+)'\)/g)].map((match) => match[1]);
    expect(codes.length).toBeGreaterThan(8);
    for (const code of [...codes, ...STATUS_CAUSES]) expect(Object.keys(HOLD_NAMES)).toContain(code);
  });
});
