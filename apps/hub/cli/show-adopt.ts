import type { Say } from './cli-texts.js';
import { listAt, member, numberAt, textAt } from './json-reading.js';
import { short, table } from './lines.js';
import type { Show } from './show.js';
import { word } from './words.js';

const EXAMPLES = 5;

/** What connecting an account has shown, in the order a person asks: what is there, what is right, what differs, whose the rest is, what would be written. */
export const showReport: Show = (report, say) => {
  const n = (name: string): number => numberAt(report, name);
  const account = textAt(report, 'account');
  const unchecked = n('matched') - n('right') - n('differing') - n('failing');
  const counted = (code: string, count: number, more: Readonly<Record<string, number>> = {}): string[] => (count === 0 ? [] : [`  ${say(`adopt.${code}`, { count, ...more })}`]);
  const writes = Object.entries(Object(member(report, 'writes')) as Record<string, unknown>).map(([facet, count]) => `${word(say, 'facet', facet)} ${String(count)}`);
  return [
    say('adopt.report', { account, title: textAt(report, 'title') }),
    say(member(report, 'observes') === true ? 'adopt.observes' : 'adopt.writing'),
    ...(member(report, 'complete') === true ? [] : [say('adopt.reading')]),
    '',
    say('adopt.cards', { count: n('matched') + n('orphans') }),
    ...counted('right', n('right')),
    ...counted('differing', n('differing')),
    ...counted('failing', n('failing')),
    ...counted('unchecked', unchecked),
    ...counted('orphans', n('orphans'), { proposed: n('proposed'), strong: n('strong') }),
    ...(n('missing') === 0 ? [] : [say('adopt.missing', { count: n('missing') })]),
    ...(n('duplicates') === 0 ? [] : [say('adopt.duplicates', { count: n('duplicates') })]),
    ...differences(report, say),
    '',
    writes.length === 0 ? say('adopt.no-writes') : say('adopt.writes', { facets: writes.join(', ') }),
    ...(n('textless') + n('pictureless') === 0 ? [] : [say('adopt.unspoken', { texts: n('textless'), pictures: n('pictureless') })]),
    ...next(report, account, say),
  ].join('\n');
};

function differences(report: unknown, say: Say): string[] {
  const kinds = listAt(report, 'drifts');
  if (kinds.length === 0) return [];
  const rows = kinds.map((kind) => {
    const examples = listAt(kind, 'examples').map(String);
    const left = numberAt(kind, 'cards') - examples.length;
    return [`  ${word(say, 'kind', textAt(kind, 'kind'))}`, String(numberAt(kind, 'cards')), `${examples.slice(0, EXAMPLES).join(', ')}${left > 0 ? `, … +${left}` : ''}`];
  });
  return ['', say('adopt.differences'), table(rows)];
}

/** The commands that lead on, only those that have something to show. */
function next(report: unknown, account: string, say: Say): string[] {
  const has = (name: string): boolean => numberAt(report, name) > 0;
  const commands = [
    ...(has('differing') ? ['drift'] : []),
    ...(has('proposals') ? [`account proposals ${account}`] : []),
    ...(has('orphans') ? [`account orphans ${account}`] : []),
    ...(has('duplicates') ? [`account duplicates ${account}`] : []),
  ];
  return commands.length === 0 ? [] : [say('adopt.next', { commands: commands.join(' · ') })];
}

export const showOrphans: Show = (page, say) =>
  shown(page, say, (one) => {
    const proposals = numberAt(one, 'proposals');
    const told = proposals === 0 ? say('adopt.no-proposal') : say('adopt.best-proposal', { count: proposals, score: numberAt(one, 'best_score') });
    return [short(textAt(one, 'key'), 40), short(textAt(one, 'title') || '—', 70), told];
  });

export const showProposals: Show = (page, say) =>
  shown(page, say, (one) => [
    textAt(one, 'id'),
    String(numberAt(one, 'score')),
    `${short(textAt(one, 'key'), 40)} ${quoted(one, 'card_title', say)}`,
    '↔',
    `${short(textAt(one, 'sku'), 40)} ${quoted(one, 'product_title', say)}`,
    listAt(one, 'reasons')
      .map((reason) => say(`adopt.sign-${textAt(reason, 'code')}`, Object(member(reason, 'params')) as Record<string, string>))
      .join(', '),
  ]);

export const showDuplicates: Show = (page, say) =>
  listAt(page, 'items')
    .map((group) => {
      const cards = listAt(group, 'cards').map((card) => `  ${short(textAt(card, 'key'), 40)}  ${short(textAt(card, 'title') || '—', 70)}`);
      return [say(`adopt.same-${textAt(group, 'sign')}`, { value: short(textAt(group, 'value'), 70) }), ...cards].join('\n');
    })
    .join('\n') || say('adopt.none');

function quoted(value: unknown, name: string, say: Say): string {
  return say('adopt.quoted', { text: short(textAt(value, name), 60) });
}

function shown(page: unknown, say: Say, row: (item: unknown) => string[]): string {
  const items = listAt(page, 'items');
  if (items.length === 0) return say('adopt.none');
  return [table(items.map(row)), ...(textAt(page, 'next_cursor') === '' ? [] : [say('adopt.more')])].join('\n');
}
