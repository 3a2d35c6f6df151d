import type { Say } from './cli-texts.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { moment, short, table } from './lines.js';
import type { Show } from './show.js';
import { causeWords, fieldWords, valueWords, word } from './words.js';

export const showProducts: Show = (page, say) => {
  const items = listAt(page, 'items');
  if (items.length === 0) return say('product.none');
  const lines = table(
    items.map((item) => [textAt(item, 'sku'), `r${textAt(item, 'revision')}`, short(textAt(item, 'document', 'title'), 60), short(textAt(item, 'document', 'category'), 60)]),
  );
  const next = textAt(page, 'next_cursor');
  return next === '' ? lines : `${lines}\n${say('product.next', { cursor: next })}`;
};

/** A fault of a product in one line: where, what, why, what to do. */
export function issueLine(sku: string, issue: unknown, say: Say): string {
  const value = textAt(issue, 'value');
  return `${sku}  ${fieldWords(say, textAt(issue, 'field'))}${value === '' ? '' : ` ${short(value, 60)}`} — ${textAt(issue, 'reason')}; ${textAt(issue, 'remedy')}`;
}

/** Item by item what became of a batch; of a stale one what it was based on, what stands and what was wanted. */
export const showBatch: Show = (answer, say) =>
  listAt(answer, 'items')
    .flatMap((one) => {
      const sku = textAt(one, 'sku');
      const revision = numberAt(one, 'revision') || numberAt(one, 'current');
      const side = (field: unknown, name: string): string => valueWords(say, textAt(field, 'field'), member(field, name), 80);
      return [
        `${sku}  ${revision === 0 ? '' : `r${revision}  `}${word(say, 'batchOutcome', textAt(one, 'kind'))}`,
        ...listAt(one, 'fields').map(
          (field) =>
            `  ${fieldWords(say, textAt(field, 'field'))}: ${say('product.stale', { base: side(field, 'base'), current: side(field, 'current'), proposed: side(field, 'proposed') })}`,
        ),
        ...listAt(one, 'issues').map((issue) => `  ${issueLine(sku, issue, say)}`),
      ];
    })
    .join('\n');

export const showProduct: Show = (answer, say) =>
  table([
    [fieldWords(say, 'revision'), textAt(answer, 'revision')],
    [fieldWords(say, 'approved_revision'), textAt(answer, 'approved_revision')],
    ...Object.entries(Object(member(answer, 'document')) as Record<string, unknown>)
      .flatMap(([field, value]) => spread(field, value, LINE_BY_LINE[field] ?? 0))
      .filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
      .map(([path, value]) => [fieldWords(say, path), valueWords(say, path, value, 300)]),
  ]);

/** Fields that hold one value a name, and how many names deep. */
const LINE_BY_LINE: Readonly<Record<string, number>> = { attributes: 1, stock: 1, externalIds: 1, overrides: 2 };

function spread(path: string, value: unknown, depth: number): (readonly [string, unknown])[] {
  if (depth === 0) return [[path, value]];
  return Object.entries(Object(value) as Record<string, unknown>).flatMap(([name, one]) => spread(`${path}.${name}`, one, depth - 1));
}

/** Each field as a channel is told it, and where that comes from. */
export const showView: Show = (answer, say) =>
  table(
    listAt(answer, 'fields').map((field) => {
      const path = textAt(field, 'field');
      const category = textAt(field, 'category');
      const from = word(say, 'source', textAt(field, 'from'));
      return [fieldWords(say, path), category === '' ? from : `${from} (${category})`, valueWords(say, path, member(field, 'value'), 200)];
    }),
  );

export const showHistory: Show = (answer, say) =>
  table(
    listAt(answer, 'items').map((one) => [
      `r${textAt(one, 'revision')}`,
      moment(textAt(one, 'created_at')),
      textAt(one, 'author'),
      short(causeWords(say, member(one, 'cause')), 160),
    ]),
  );

export const showChanges: Show = (answer, say) => {
  const changes = listAt(answer, 'changes');
  if (changes.length === 0) return say('diff.none');
  return changes
    .map((change) => {
      const path = textAt(change, 'field');
      const side = (name: string): string => valueWords(say, path, member(change, name), 300);
      return `${fieldWords(say, path)}\n  - ${side('before')}\n  + ${side('after')}`;
    })
    .join('\n');
};

/** What is missing before the product can be sold: of the catalog's own declarations, then account by account. */
export const showCompleteness: Show = (answer, say) => {
  const hints = listAt(answer, 'hints').map((hint) => `  ${fieldWords(say, textAt(hint, 'field'))}: ${textAt(hint, 'reason')} — ${textAt(hint, 'remedy')}`);
  const accounts = listAt(answer, 'accounts').flatMap((account) => [
    `${textAt(account, 'account_id')}  ${textAt(account, 'title')}${member(account, 'complete') === true ? `: ${say('word.complete')}` : ''}`,
    ...listAt(account, 'missing').map((finding) => `  ${fieldWords(say, textAt(finding, 'path'))}: ${textAt(finding, 'text') || textAt(finding, 'code')}`),
  ]);
  const lines = [...hints, ...accounts];
  return lines.length === 0 ? say('word.complete') : lines.join('\n');
};

export const showConflicts: Show = (answer, say) => {
  const items = listAt(answer, 'items');
  return items.length === 0 ? say('word.no-conflicts') : items.map(conflictLine(say)).join('\n');
};

function conflictLine(say: Say): (conflict: unknown) => string {
  return (conflict) => {
    const sides = listAt(conflict, 'sides').map((side) => [textAt(side, 'sku'), textAt(side, 'card')].filter(Boolean).join(' → ') || '—');
    return `${word(say, 'conflictKind', textAt(conflict, 'kind'))}: ${textAt(conflict, 'value')} (${sides.join('; ')})`;
  };
}

export const showDrafts: Show = (page, say) => (listAt(page, 'items').length === 0 ? say('word.no-drafts') : showProducts(page, say));

export const showDraftOutcomes: Show = (answer, say) =>
  table(
    listAt(answer, 'items').map((one) => [
      textAt(one, 'sku'),
      numberAt(one, 'revision') === 0 ? '' : `r${textAt(one, 'revision')}`,
      word(say, 'draftOutcome', textAt(one, 'kind')),
    ]),
  );
